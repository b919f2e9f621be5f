//! How faults are read and written: a name, and after `=` an argument where one is needed.

use std::fmt;
use std::str::FromStr;

use super::{Fault, FaultError, Scope};

impl Fault {
    /// The faults that take no argument.
    const PLAIN: [Self; 25] = [
        Self::JsonReplies,
        Self::NoGet,
        Self::NoMcp,
        Self::ExpireSession400,
        Self::SilentStream,
        Self::Keepalive,
        Self::ServerErrorOnce,
        Self::WrongRegion,
        Self::ReadOnly,
        Self::ExtraTool,
        Self::CompactJson,
        Self::Structured,
        Self::SplitText,
        Self::HtmlLogin,
        Self::NotAcceptable,
        Self::ResourceMetadata,
        Self::CursorExpires,
        Self::CursorRepeats,
        Self::NoTotals,
        Self::DocumentFetch,
        Self::Rest216,
        Self::NumericIds,
        Self::OverEagerSchemas,
        Self::SseSilent,
        Self::SseCloses,
    ];

    fn plain(name: &str) -> Option<Self> {
        Self::PLAIN.into_iter().find(|fault| fault.name() == name)
    }

    /// A fault that takes an argument; `None` when the argument does not fit or no fault has this name.
    fn with_argument(name: &str, argument: &str) -> Option<Self> {
        let count = || argument.parse::<u64>().ok().filter(|count| *count > 0);
        match name {
            "expire-session-after" => argument.parse().ok().map(Self::ExpireSessionAfter),
            "slow" => argument.parse().ok().map(Self::Slow),
            "cut-stream-after" => argument.parse().ok().map(Self::CutStreamAfter),
            "rate-limit" => {
                let (calls, seconds) = argument.split_once('/')?;
                let seconds = seconds.parse().ok().filter(|seconds| *seconds > 0)?;
                Some(Self::RateLimit { calls: calls.parse().ok()?, seconds })
            }
            "server-error-every" => count().map(Self::ServerErrorEvery),
            "tools" => argument.parse().ok().filter(|count| matches!(count, 6 | 13 | 14)).map(Self::Tools),
            "clock-skew" => {
                // A hundred years either way keeps every date printable.
                let fits = |skew: &i64| skew.unsigned_abs() <= 3_155_760_000;
                argument.parse().ok().filter(fits).map(Self::ClockSkew)
            }
            "large-thread" => {
                argument.parse().ok().filter(|parts| *parts <= 1_000_000).map(Self::LargeThread)
            }
            "forbids" => {
                let found = Scope::ALL.iter().find(|(word, _)| *word == argument);
                found.map(|(_, scope)| Self::Forbids(*scope))
            }
            _ => None,
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(written: &str) -> Result<Self, FaultError> {
        let (name, argument) = match written.split_once('=') {
            Some((name, argument)) => (name, Some(argument)),
            None => (written, None),
        };
        let form = Self::NAMES
            .iter()
            .map(|(form, _)| *form)
            .find(|form| form.split_once('=').map_or(*form, |(before, _)| before) == name)
            .ok_or_else(|| FaultError::Unknown(name.to_owned()))?;
        let found = match argument {
            None => Self::plain(name),
            Some(argument) => Self::with_argument(name, argument),
        };
        found.ok_or_else(|| FaultError::Argument { given: written.to_owned(), form })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        if let Self::RateLimit { calls, seconds } = self {
            return write!(out, "={calls}/{seconds}");
        }
        if let Self::Forbids(scope) = self {
            return write!(out, "={}", scope.word());
        }
        if let Self::ClockSkew(seconds) = self {
            return write!(out, "={seconds}");
        }
        if let Self::Tools(count) = self {
            return write!(out, "={count}");
        }
        if let Self::ExpireSessionAfter(count) | Self::Slow(count) | Self::ServerErrorEvery(count) = self {
            return write!(out, "={count}");
        }
        if let Self::CutStreamAfter(count) | Self::LargeThread(count) = self {
            return write!(out, "={count}");
        }
        Ok(())
    }
}
