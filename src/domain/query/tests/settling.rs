//! What goes to the server and what stays here.

use super::*;

/// Sent, narrowing and cut, in normal form.
fn divided(typed: &str) -> [String; 3] {
    let roster = roster();
    let (query, settled) = check(typed, &known(&roster)).unwrap();
    assert_eq!(query, parse(typed).unwrap(), "{typed}");
    let line = |filters: &[Filter]| filters.iter().map(Filter::to_string).collect::<Vec<_>>().join(" ");
    [settled.sent.to_string(), line(&settled.sent.narrowing), line(&settled.cut)]
}

#[test]
fn what_goes_where() {
    let table = [
        ("state:open", ["state:open", "", ""]),
        ("refund state:Open", ["state:open q:refund", "", ""]),
        ("waiting:>4h", ["", "waiting_since:lt:1795179600", "waiting:gt:14400"]),
        ("waiting:<30m", ["", "waiting_since:gt:1795192200", "waiting:lt:1800"]),
        ("waiting:yes", ["", "waiting_since:gt:0", "waiting:yes"]),
        ("waiting:no", ["", "", "waiting:no"]),
        ("due:yes", ["", "snoozed_until:lt:1795194000", "snoozed_until:lt:1795194000"]),
        ("due:<+2h", ["", "snoozed_until:lt:1795201200", "snoozed_until:lt:1795201200"]),
        ("assignee:me", ["admin_assignee_id:7001001", "", ""]),
        ("admin_assignee_id:me", ["admin_assignee_id:7001001", "", ""]),
        ("assignee:omar", ["admin_assignee_id:7001002", "", ""]),
        ("assignee:\"IDA BERG\"", ["admin_assignee_id:7001001", "", ""]),
        ("assignee:船木", ["admin_assignee_id:7001004", "", ""]),
        ("assignee:none", ["", "", "assignee:none"]),
        ("admin_assignee_id:0", ["admin_assignee_id:0", "", ""]),
        ("assignee:neq:me", ["", "", "assignee:neq:7001001"]),
        ("assignee:in:me,omar,none", ["", "", "assignee:in:7001001,7001002,none"]),
        ("admin_assignee_id:neq:omar", ["admin_assignee_id:neq:7001002", "", ""]),
        ("team:7100002", ["team_assignee_id:7100002", "", ""]),
        ("tag:vip", ["", "", "tag:vip"]),
        ("tag:51001 tag:51002", ["tag_ids:51001", "", "tag_ids:51002"]),
        ("rating:<3", ["conversation_rating_score:lte:2", "", ""]),
        ("rating:>3", ["conversation_rating_score:gte:4", "", ""]),
        ("rating:none", ["", "", "rating:none"]),
        ("rating:any", ["conversation_rating_score:gte:1", "", ""]),
        ("sla:in:risk,missed", ["", "", "sla:in:risk,missed"]),
        ("sla:missed,risk", ["", "", "sla:in:missed,risk"]),
        ("sla:neq:hit,missed", ["", "", "sla:neq:hit sla:neq:missed"]),
        ("state:open,closed", ["state:in:open,closed", "", ""]),
        ("assignee:me,omar", ["", "", "assignee:in:7001001,7001002"]),
        ("assignee:Omár", ["admin_assignee_id:7001002", "", ""]),
        ("fin:handed-over", ["", "ai_agent_participated:true", "fin:handed-over"]),
        ("fin:none", ["", "", "fin:none"]),
        ("priority:high", ["", "", "priority:high"]),
        ("priority:urgent", ["priority:urgent", "", ""]),
        ("priority:neq:low", ["", "", "priority:neq:low"]),
        ("channel:chat", ["source_type:conversation", "", ""]),
        ("channel:in:chat,email", ["source_type:in:conversation,email", "", ""]),
        ("read:TRUE", ["read:true", "", ""]),
        ("state:open state:closed", ["state:open", "", "state:closed"]),
    ];
    hold(&table);
}

fn hold(table: &[(&str, [&str; 3])]) {
    for (typed, parts) in table {
        assert_eq!(divided(typed), *parts, "{typed}");
    }
}

#[test]
fn times_become_seconds() {
    // NOW is 2026-11-20 18:00 where the person is; their day began at 1795129200.
    hold(&[
        ("created_at:gt:-3d", ["created_at:gt:1794934800", "", ""]),
        ("updated_at:<-2h", ["updated_at:lt:1795186800", "", ""]),
        ("created_at:today", ["created_at:gt:1795129200", "", ""]),
        ("created_at:yesterday", ["created_at:gt:1795042800", "", "created_at:lt:1795129199"]),
        ("created_at:<2026-11-20", ["created_at:lt:1795129200", "", ""]),
        ("created_at:<=2026-11-19", ["created_at:lte:1795129199", "", ""]),
        ("created_at:>2026-11-20T09:30", ["created_at:gt:1795163400", "", ""]),
        ("created_at:1786900000", ["created_at:1786900000", "", ""]),
        ("created_at:<-1d created_at:>-7d", ["created_at:gt:1794589200", "", "created_at:lt:1795107600"]),
        ("created_at:>-7d created_at:>-1d", ["created_at:gt:1795107600", "", ""]),
        ("updated_at:<-1d updated_at:<-2h", ["updated_at:lt:1795107600", "", ""]),
        (
            "statistics_count_reopens:>1 statistics_count_reopens:>3",
            ["statistics_count_reopens:gte:4", "", ""],
        ),
        ("statistics_time_to_admin_reply:>4h", ["statistics_time_to_admin_reply:gt:14400", "", ""]),
        (
            "statistics_last_close_at:yesterday",
            ["statistics_last_close_at:gt:1795042800 statistics_last_close_at:lt:1795129199", "", ""],
        ),
    ]);
}

#[test]
fn lists_and_names_where_ids_are_taken() {
    hold(&[
        // A list of one is no list, and nothing empty is sent.
        ("state:open,", ["state:open", "", ""]),
        ("state:in:open", ["state:open", "", ""]),
        ("assignee:in:,me", ["admin_assignee_id:7001001", "", ""]),
        ("source_author_name:\"Berg, Ida\"", ["source_author_name:\"Berg, Ida\"", "", ""]),
        ("admin_assignee_id:me,omar", ["admin_assignee_id:in:7001001,7001002", "", ""]),
        ("contact_ids:a1,b2", ["contact_ids:in:a1,b2", "", ""]),
        ("id:neq:1,2", ["id:neq:1 id:neq:2", "", ""]),
        // Names stand for ids wherever ids of somebody are taken.
        ("admin_assignee_id:\"ida b\"", ["admin_assignee_id:7001001", "", ""]),
        ("teammate_ids:omar", ["teammate_ids:7001002", "", ""]),
        ("admin_assignee_id:none", ["", "", "assignee:none"]),
        ("tag_ids:vip", ["", "", "tag:vip"]),
        ("tag_ids:51001,vip", ["", "", "tag:in:51001,vip"]),
        ("rating:neq:none", ["conversation_rating_score:gte:1", "", ""]),
        ("rating:!=any", ["", "", "rating:none"]),
        ("state:open state:open", ["state:open", "", ""]),
    ]);
}

#[test]
fn names_that_mean_nobody_or_several_are_pointed_at() {
    let roster = roster();
    let stranger = Roster::default();
    let table = [
        ("state:open assignee:zoe", 20..23, "No teammate called zoe", &roster),
        ("assignee:ida x", 9..12, "Ida Berg (7001001), Ida Holm (7001003)", &roster),
        ("team:support", 5..12, "No team called support", &roster),
        ("assignee:me", 9..11, "Nobody has said yet", &stranger),
        ("x teammate_ids:none", 15..19, "cannot be asked for none", &roster),
        ("admin_assignee_id:a/b", 18..21, "No teammate called a/b", &roster),
    ];
    for (typed, at, says, roster) in table {
        let wrong = check(typed, &known(roster)).unwrap_err();
        assert_eq!(wrong.at, at, "{typed}");
        assert!(wrong.sentence.contains(says), "{typed}: {}", wrong.sentence);
        let again = parse(typed).unwrap();
        let wrong = again.settled(&known(roster)).unwrap_err();
        assert!(again.to_string().get(wrong.at).unwrap().starts_with(['a', 't']), "{typed}");
    }
}

#[test]
fn the_sixteenth_condition_is_refused() {
    let names = [
        "created_at",
        "updated_at",
        "statistics_first_close_at",
        "statistics_last_close_at",
        "statistics_first_assignment_at",
        "statistics_last_assignment_at",
        "statistics_first_admin_reply_at",
        "statistics_last_admin_reply_at",
        "statistics_first_contact_reply_at",
        "statistics_last_contact_reply_at",
        "statistics_time_to_assignment",
        "statistics_time_to_admin_reply",
        "statistics_time_to_first_close",
        "statistics_time_to_last_close",
        "statistics_median_time_to_reply",
        "statistics_count_reopens",
    ];
    let all = names.map(|name| format!("{name}:>5")).join(" ");
    let roster = roster();
    let wrong = check(&all, &known(&roster)).unwrap_err();
    assert!(all[..wrong.at.start].ends_with("statistics_count_reopens:>"), "{wrong:?}");
    assert!(wrong.sentence.contains("15"));
    let fewer = names[..15].iter().map(|name| format!("{name}:>5")).collect::<Vec<_>>().join(" ");
    assert!(check(&format!("{fewer} sla:missed waiting:>1h"), &known(&roster)).is_ok());
}

#[test]
fn what_is_cut_is_said_in_words() {
    let roster = roster();
    let words = |typed: &str| parse(typed).unwrap().settled(&known(&roster)).unwrap().cut_words();
    assert_eq!(words("state:open"), "");
    assert_eq!(words("sla:missed"), "SLA is cut here, not by the server");
    assert_eq!(
        words("waiting:>4h sla:missed sla:neq:x"),
        "Waiting time and SLA are cut here, not by the server"
    );
    assert_eq!(words("created_at:yesterday"), "The other end of created_at is cut here, not by the server");
}

#[test]
fn times_are_said_in_words() {
    let roster = roster();
    let query =
        parse("created_at:>-3d updated_at:yesterday created_at:<=2026-11-19 updated_at:>5 due:tomorrow")
            .unwrap();
    assert_eq!(
        query.times(&known(&roster)),
        [
            "created_at since Tue 17 Nov 2026 18:00",
            "updated_at from Thu 19 Nov 2026 00:00 to Thu 19 Nov 2026 23:59",
            "created_at until Thu 19 Nov 2026 23:59",
            "due from Sat 21 Nov 2026 00:00 to Sat 21 Nov 2026 23:59",
        ]
    );
}
