//! Changing one word changes one block: every other block of an article stays byte for byte on the server.

#[cfg(test)]
#[path = "byte_fidelity/bodies.rs"]
mod bodies;
#[cfg(test)]
#[path = "byte_fidelity/wire.rs"]
mod wire;
#[cfg(test)]
#[path = "byte_fidelity/words.rs"]
mod words;

#[cfg(test)]
mod fidelity {
    use serde_json::json;
    use switchboard::domain::html::blocks_raw;
    use switchboard::domain::markdown::Page;

    use crate::bodies::{Dice, body};
    use crate::wire::Wire;
    use crate::words::{Chunk, chunks};

    /// Articles made for the test, besides those of the demo.
    const MADE: usize = 200;
    /// A word that no article has.
    const NEW: &str = "Zebrafinch";

    /// Which kind of chunk the word is changed in.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Shown {
        Markdown,
        Html,
    }

    /// Changes a word in one chunk of this kind, sends the body and reads it back. False when there is no such word.
    async fn change(wire: &Wire, id: &str, shown: Shown, dice: &mut Dice) -> bool {
        let before = wire.body(id).await;
        let page = Page::of(&before);
        let of_kind = |chunk: &Chunk| (chunk.html == (shown == Shown::Html)) && !chunk.words.is_empty();
        let fit: Vec<_> = chunks(&page).into_iter().filter(of_kind).collect();
        let Some(chunk) = fit.get(dice.below(fit.len().max(1))) else {
            return false;
        };
        let word = chunk.words[dice.below(chunk.words.len())].clone();
        let mut text = page.text().to_owned();
        text.replace_range(word.clone(), NEW);
        wire.ok("update_article", json!({"id": id, "body": page.html(&text)})).await;
        let after = wire.body(id).await;
        only_one_word_changed(&before, &after, chunk.block, &page.text()[word]);
        true
    }

    fn only_one_word_changed(before: &str, after: &str, block: usize, word: &str) {
        let (old, new) = (blocks_raw(before), blocks_raw(after));
        assert_eq!(old.len(), new.len(), "{before}\n{after}");
        for (number, (old, new)) in old.iter().zip(&new).enumerate() {
            if number == block {
                assert_ne!(old, new);
                assert_eq!(new.replacen(NEW, word, 1), **old);
            } else {
                assert_eq!(old, new, "block {number}, while {word:?} was changed in block {block}");
            }
        }
    }

    /// How many articles had a word to change in each kind of chunk.
    async fn change_all(wire: &Wire, ids: &[String], dice: &mut Dice) -> (usize, usize) {
        let (mut markdown, mut html) = (0, 0);
        for id in ids {
            markdown += usize::from(change(wire, id, Shown::Markdown, dice).await);
            html += usize::from(change(wire, id, Shown::Html, dice).await);
        }
        (markdown, html)
    }

    #[tokio::test]
    async fn one_word_in_any_article_of_the_demo() {
        let wire = Wire::open().await;
        let ids = wire.articles().await;
        assert!(ids.len() >= 100, "{}", ids.len());
        let (markdown, html) = change_all(&wire, &ids, &mut Dice::new(1)).await;
        assert!(markdown >= ids.len() * 9 / 10, "{markdown} of {}", ids.len());
        assert!(html >= ids.len() / 3, "{html} of {}", ids.len());
    }

    #[tokio::test]
    async fn one_word_in_any_article_with_every_element() {
        let wire = Wire::open().await;
        let author = wire.author().await;
        let mut dice = Dice::new(2);
        let mut ids = Vec::new();
        for number in 0..MADE {
            let new = json!({"title": format!("Made {number}"), "author_id": author, "body": body(&mut dice, number)});
            let made = wire.ok("create_article", new).await;
            ids.push(made["id"].as_str().unwrap().to_owned());
        }
        let (markdown, html) = change_all(&wire, &ids, &mut dice).await;
        assert!(markdown >= MADE * 9 / 10, "{markdown}");
        assert!(html >= MADE / 2, "{html}");
    }
}
