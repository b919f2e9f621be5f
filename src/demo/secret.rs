//! Texts nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::sessions::random_id;

/// 96 bits as 16 characters out of letters, digits, `-` and `_`: enough to name something.
pub(crate) fn name() -> String {
    text::<12>()
}

/// 192 bits as 32 characters out of letters, digits, `-` and `_`.
pub(crate) fn secret() -> String {
    text::<24>()
}

fn text<const BYTES: usize>() -> String {
    let mut bytes = [0_u8; BYTES];
    if getrandom::fill(&mut bytes).is_err() {
        // A machine without random bytes still has the randomly keyed hasher that session ids come from.
        for (byte, drawn) in bytes.iter_mut().zip(Sha256::digest(random_id())) {
            *byte = drawn;
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The S256 challenge of a PKCE verifier (RFC 7636).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn texts_have_their_length_and_differ() {
        assert_eq!((name().len(), secret().len()), (16, 32));
        assert_ne!(secret(), secret());
        assert!(!secret().contains([':', '/', '+', '=']));
    }
}
