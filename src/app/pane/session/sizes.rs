//! Sizes and times in few cells.

/// Bytes in at most seven cells: `412 B`, `1.2 kB`, `64 MB`.
pub fn bytes(count: usize) -> String {
    const STEPS: [(usize, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let Some((step, name)) = STEPS.into_iter().find(|(step, _)| count >= *step) else {
        return format!("{count} B");
    };
    if count < 10 * step {
        let tenths = count * 10 / step;
        return format!("{}.{} {name}", tenths / 10, tenths % 10);
    }
    format!("{} {name}", count / step)
}

/// Tenths of a millisecond in words: `1.2 ms`, `182 ms`, `12.3 s`.
pub fn millis(tenths: u64) -> String {
    match tenths {
        0..1_000 => format!("{}.{} ms", tenths / 10, tenths % 10),
        1_000..100_000 => format!("{} ms", tenths / 10),
        _ => format!("{}.{} s", tenths / 10_000, tenths % 10_000 / 1_000),
    }
}

/// One thing or several: `1 tool`, `3 tools`.
pub fn several(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cells() {
        assert_eq!(
            [0, 999, 1_000, 9_999, 10_000, 1_234_567].map(bytes),
            ["0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "1.2 MB"]
        );
        assert_eq!(
            [0, 12, 1_820, 99_999, 123_456].map(millis),
            ["0.0 ms", "1.2 ms", "182 ms", "9999 ms", "12.3 s"]
        );
    }
}
