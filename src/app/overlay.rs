//! What lies over the screens and takes the keys until it is closed.

pub mod filling;
pub mod help;
pub mod palette;
pub mod question;

use help::Help;
use palette::Palette;

/// The overlay on the screen. There is never more than one.
#[derive(Debug)]
pub enum Overlay {
    /// Keys of the place below.
    Help(Help),
    /// Every command that can be done in the place below.
    Palette(Palette),
}
