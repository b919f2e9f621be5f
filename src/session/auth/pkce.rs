//! Proof keys (RFC 7636, S256 only) and other random words of a sign-in. Owns where randomness comes from.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::faults;
use crate::domain::call::Fault;

/// A random word of 43 characters that are safe everywhere, 256 bits strong.
pub(super) fn random() -> Result<String, Fault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| faults::local("This machine gave no random numbers."))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The challenge that belongs to a verifier.
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// Whether two words are equal, in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let differs = one.bytes().zip(other.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
    one.len() == other.len() && differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(random().unwrap().len(), 43);
        assert_ne!(random().unwrap(), random().unwrap());
    }

    #[test]
    fn sameness_is_exact() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
