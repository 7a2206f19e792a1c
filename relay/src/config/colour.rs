//! A colour of the configuration, and whether text in it can be read (WCAG 2.2 §1.4.3).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Least contrast of text to its ground.
pub const READABLE: f64 = 4.5;

/// Red, green and blue of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#17635c`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits =
            text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The contrast of two colours, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with a part of another, from 0 to 1.
    #[must_use]
    pub fn mixed(self, other: Self, part: f64) -> Self {
        let [r, g, b] = [0, 1, 2].map(|i| {
            let (from, to) = (f64::from(self.0[i]), f64::from(other.0[i]));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            let mixed = (from + (to - from) * part).round() as u8;
            mixed
        });
        Self([r, g, b])
    }

    /// Relative luminance.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a colour of six digits is needed, like #17635c"))
    }
}

/// The grounds that an accent stands on: light or dark, as `web/styles/tokens.css` has them.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// The page.
    pub paper: Colour,
    /// Boxes on it.
    pub surface: Colour,
    /// Its text.
    pub ink: Colour,
}

/// By day.
pub const LIGHT: Grounds = Grounds {
    paper: Colour([0xf6, 0xf5, 0xf1]),
    surface: Colour([0xff, 0xff, 0xff]),
    ink: Colour([0x1c, 0x25, 0x30]),
};

/// By night.
pub const DARK: Grounds = Grounds {
    paper: Colour([0x12, 0x16, 0x1b]),
    surface: Colour([0x1a, 0x20, 0x27]),
    ink: Colour([0xe7, 0xea, 0xee]),
};

impl Grounds {
    /// A ground with a touch of the accent.
    #[must_use]
    pub fn soft(&self, accent: Colour) -> Colour {
        self.surface.mixed(accent, 0.12)
    }

    /// The least contrast of the accent to what it stands on.
    #[must_use]
    pub fn contrast(&self, accent: Colour) -> f64 {
        [self.paper, self.surface, self.soft(accent)]
            .map(|ground| accent.contrast(ground))
            .into_iter()
            .fold(21.0, f64::min)
    }

    /// The accent, moved towards the text's colour until it can be read.
    #[must_use]
    pub fn readable(&self, accent: Colour) -> Colour {
        let steps = (0..=20).map(|step| accent.mixed(self.ink, f64::from(step) / 20.0));
        steps.into_iter().find(|colour| self.contrast(*colour) >= READABLE).unwrap_or(self.ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grounds_are_those_of_the_stylesheet() {
        let tokens = include_str!("../../../web/styles/tokens.css");
        let (light, dark) = tokens.split_once("@media").unwrap();
        for (grounds, block) in [(LIGHT, light), (DARK, dark)] {
            for (name, colour) in
                [("paper", grounds.paper), ("surface", grounds.surface), ("ink", grounds.ink)]
            {
                assert!(block.contains(&format!("--{name}: {colour};")), "{name} isn't {colour}");
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let [white, black, grey] = ["#ffffff", "#000000", "#767676"].map(|text| Colour::parse(text).unwrap());
        assert!((white.contrast(black) - 21.0).abs() < 0.01);
        assert!((white.contrast(grey) - 4.54).abs() < 0.01);
        assert!(LIGHT.contrast(LIGHT.readable(Colour([0xff, 0xe0, 0x8a]))) >= READABLE);
        assert!(DARK.contrast(DARK.readable(Colour([0x17, 0x63, 0x5c]))) >= READABLE);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for wrong in ["17635c", "#17635", "#17635g", "red", "#17635c;}", "#ﬀ00"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}
