//! The doctor's visit.

use super::desk::{Desk, seconds};
use crate::domain::examination::Rung;
use crate::session::Request;

#[tokio::test(start_paused = true)]
async fn every_rung_is_told_in_order_and_then_the_end_while_calls_go_on() {
    let mut desk = Desk::signed_in().await;
    desk.heard();
    for _ in 0..2 {
        // The second is asked for while the first is here.
        desk.requests.try_send(Request::Examine).unwrap();
        desk.requests.try_send(Request::Examine).unwrap();
        desk.by_hand(1, "search").await;
        seconds(10).await;
        let heard = desk.heard();
        let rungs: Vec<&String> = heard.iter().filter(|word| word.starts_with("Finding")).collect();
        assert_eq!(rungs.len(), Rung::ALL.len(), "{heard:?}");
        for (word, rung) in rungs.iter().zip(Rung::ALL) {
            assert!(word.contains(&format!("rung: {rung:?},")), "{word}");
        }
        let ends = heard.iter().filter(|word| *word == "Examined").count();
        let findings = heard.iter().filter(|word| !word.contains("answered")).count();
        assert_eq!((ends, findings), (1, Rung::ALL.len() + 1));
        assert!(heard.contains(&"1 answered".to_owned()));
    }
}
