//! What is cut here agrees with a plain look at the row.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::conversation::{Fin, Priority, Sla, Tag};
use crate::domain::id::TeamId;

/// A row of plain facts.
#[derive(Clone, Debug)]
struct Facts {
    waits: Option<i64>,
    wakes: Option<i64>,
    created: Option<i64>,
    admin: Option<&'static str>,
    team: Option<&'static str>,
    tags: Vec<&'static str>,
    priority: Priority,
    sla: Option<&'static str>,
    fin: Option<&'static str>,
    rating: Option<u8>,
}

fn facts() -> impl Strategy<Value = Facts> {
    let ids = || prop::option::of(select(vec!["7001001", "7001002"]));
    let hours = || prop::option::of((0..60_i64).prop_map(|halves| halves * 1_800));
    let priorities =
        [Priority::None, Priority::Low, Priority::Medium, Priority::High, Priority::Urgent].to_vec();
    let levels = prop::option::of(select(vec!["missed", "active", "hit", "cancelled"]));
    let outcomes = select(vec!["", "escalated", "routed_to_team", "assumed_resolution", "abandoned"]);
    let tags = prop::collection::vec(select(vec!["vip", "Billing", "船"]), 0..3);
    let people = (ids(), ids(), tags, select(priorities));
    let rest = (levels, prop::option::of(outcomes), prop::option::of(1..=5_u8));
    (hours(), hours(), hours(), people, rest).prop_map(
        |(waits, wakes, created, (admin, team, tags, priority), (sla, fin, rating))| Facts {
            waits,
            wakes,
            created,
            admin,
            team,
            tags,
            priority,
            sla,
            fin,
            rating,
        },
    )
}

fn whole(facts: &Facts) -> ConversationRow {
    ConversationRow {
        waiting_since: facts.waits.map(|seconds| Unix(NOW - seconds)),
        snoozed_until: facts.wakes.map(|seconds| Unix(NOW - 54_000 + seconds)),
        created_at: facts.created.map(|seconds| Unix(NOW - seconds)),
        admin: facts.admin.and_then(AdminId::read),
        team: facts.team.and_then(TeamId::read),
        tags: facts.tags.iter().map(|name| Tag { id: "".into(), name: Clean::line(name) }).collect(),
        priority: facts.priority,
        sla: facts.sla.map(|status| Sla { name: Clean::line("First reply"), status: Clean::line(status) }),
        fin: facts.fin.map(|word| Fin { resolution: Clean::line(word), last_answer: Clean::default() }),
        rating: facts.rating,
        ..row()
    }
}

type Holds = fn(&Facts) -> bool;

const QUERIES: [(&str, Holds); 34] = [
    ("waiting:>4h", |f| f.waits.is_some_and(|s| s >= 14_400)),
    ("waiting:<=90m", |f| f.waits.is_some_and(|s| s <= 5_400)),
    ("waiting:yes", |f| f.waits.is_some()),
    ("waiting:no", |f| f.waits.is_none()),
    ("waiting_since:<-4h", |f| f.waits.is_some_and(|s| s >= 14_400)),
    ("due:yes", |f| f.wakes.is_some_and(|s| s <= 54_000)),
    ("due:no", |f| f.wakes.is_some_and(|s| s >= 54_000)),
    ("due:<+2h", |f| f.wakes.is_some_and(|s| s <= 61_200)),
    // Where the time is not told, nothing is cut.
    ("created_at:>-20h created_at:<-2h", |f| f.created.is_none_or(|s| (7_200..=72_000).contains(&s))),
    ("created_at:>-1h", |f| f.created.is_none_or(|s| s <= 3_600)),
    ("assignee:none", |f| f.admin.is_none()),
    ("assignee:any", |f| f.admin.is_some()),
    ("assignee:neq:me", |f| f.admin != Some("7001001")),
    ("assignee:in:omar,none", |f| f.admin != Some("7001001")),
    ("assignee:in:omar,0", |f| f.admin != Some("7001001")),
    ("assignee:neq:0,me", |f| f.admin == Some("7001002")),
    ("rating:neq:any", |f| f.rating.is_none()),
    ("team:none", |f| f.team.is_none()),
    ("team:neq:7001002", |f| f.team != Some("7001002")),
    ("tag:VIP", |f| f.tags.contains(&"vip")),
    ("tag:none", |f| f.tags.is_empty()),
    ("tag:in:billing,船", |f| f.tags.contains(&"Billing") || f.tags.contains(&"船")),
    ("tag:vip tag:billing", |f| f.tags.contains(&"vip") && f.tags.contains(&"Billing")),
    ("tag:neq:vip", |f| !f.tags.contains(&"vip")),
    ("priority:high", |f| f.priority == Priority::High),
    ("priority:not_priority", |f| f.priority == Priority::None),
    ("priority:in:urgent,priority", |f| f.priority >= Priority::High),
    ("sla:missed", |f| f.sla == Some("missed")),
    ("sla:in:risk,missed", |f| f.sla == Some("missed") || (f.sla == Some("active") && f.waits.is_some())),
    ("sla:none", |f| f.sla.is_none()),
    ("fin:handed-over", |f| matches!(f.fin, Some("escalated" | "routed_to_team"))),
    ("fin:neq:abandoned", |f| f.fin != Some("abandoned")),
    ("fin:none", |f| f.fin.is_none()),
    ("rating:none", |f| f.rating.is_none()),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn keeps_agrees_with_a_plain_look(facts in facts()) {
        let (roster, row) = (roster(), whole(&facts));
        for (typed, holds) in QUERIES {
            let (_, settled) = check(typed, &known(&roster)).unwrap();
            prop_assert_eq!(settled.keeps(&row, &known(&roster)), holds(&facts), "{}", typed);
        }
    }

    /// Two conditions keep what both keep.
    #[test]
    fn conditions_add_up(facts in facts(), one in 0..QUERIES.len(), other in 0..QUERIES.len()) {
        let (roster, row) = (roster(), whole(&facts));
        let ((one, first), (other, second)) = (QUERIES[one], QUERIES[other]);
        let (_, settled) = check(&format!("{one} {other}"), &known(&roster)).unwrap();
        prop_assert_eq!(settled.keeps(&row, &known(&roster)), first(&facts) && second(&facts), "{} {}", one, other);
    }
}

#[test]
fn a_thin_row_waits_for_the_whole_one() {
    let (roster, settled) = (roster(), |roster: &Roster| check("sla:missed x", &known(roster)).unwrap().1);
    let settled = settled(&roster);
    let thin = ConversationRow { thin: true, ..row() };
    assert!(settled.keeps(&thin, &known(&roster)) && !settled.keeps(&row(), &known(&roster)));
}

#[test]
fn a_bound_that_a_server_could_not_be_asked_for_is_cut_here() {
    let roster = roster();
    let keeps = |typed: &str, row: &ConversationRow| {
        check(typed, &known(&roster)).unwrap().1.keeps(row, &known(&roster))
    };
    let old = ConversationRow { created_at: Some(Unix(5)), ..row() };
    assert!(!keeps("created_at:>-3d", &old) && keeps("created_at:<-3d", &old));
    // A number that is missing is no reason to drop what the server found.
    assert!(keeps("statistics_time_to_admin_reply:>1h", &old) && keeps("rating:>3", &old));
}
