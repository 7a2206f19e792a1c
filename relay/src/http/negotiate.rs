//! What a client would rather have: `Accept-Language` and `Accept-Encoding` (RFC 9110 §12.5).

use axum::http::{HeaderMap, HeaderName, header};
use error_model::Lang;

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The name in `Content-Encoding`, which is also part of a file's entity tag.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The page's language: what the client prefers of the two, or English.
pub(super) fn language(headers: &HeaderMap) -> Lang {
    let mut best = (Lang::En, 0.0);
    for (tag, quality) in preferences(headers, header::ACCEPT_LANGUAGE) {
        if let Some(lang) = Lang::parse(&tag)
            && quality > best.1
        {
            best = (lang, quality);
        }
    }
    best.0
}

/// The compressions that the client takes, the smallest result first.
pub(super) fn encodings(headers: &HeaderMap) -> Vec<Encoding> {
    let accepted: Vec<(String, f32)> = preferences(headers, header::ACCEPT_ENCODING).collect();
    let takes = |encoding: &Encoding| {
        let named = accepted.iter().find(|(name, _)| name == encoding.name());
        let any = || accepted.iter().find(|(name, _)| name == "*");
        named.or_else(any).is_some_and(|(_, quality)| *quality > 0.0)
    };
    let compressed = [Encoding::Brotli, Encoding::Gzip].into_iter().filter(takes);
    compressed.chain([Encoding::Identity]).collect()
}

/// Every item of a list with its weight, lower case. An item whose weight can't be read isn't wanted.
fn preferences(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = (String, f32)> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|item| {
        let mut parts = item.split(';');
        let value = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
        (value, weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn the_preferred_of_the_two_languages_is_chosen() {
        for (value, expected) in [
            ("ja,en-US;q=0.9,en;q=0.8", Lang::Ja),
            ("en-US,en;q=0.9,ja;q=0.8", Lang::En),
            ("fr-FR, ja-JP;q=0.7, en;q=0.3", Lang::Ja),
            ("fr", Lang::En),
            ("ja;q=0", Lang::En),
            ("ja;q=high", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(language(&headers(header::ACCEPT_LANGUAGE, value)), expected, "{value}");
        }
        assert_eq!(language(&HeaderMap::new()), Lang::En);
    }

    #[test]
    fn the_smallest_accepted_compression_comes_first() {
        use Encoding::{Brotli, Gzip, Identity};
        for (value, expected) in [
            ("gzip, deflate, br, zstd", vec![Brotli, Gzip, Identity]),
            ("gzip", vec![Gzip, Identity]),
            ("br;q=0, gzip", vec![Gzip, Identity]),
            ("*", vec![Brotli, Gzip, Identity]),
            ("*, br;q=0", vec![Gzip, Identity]),
            ("identity", vec![Identity]),
            ("", vec![Identity]),
        ] {
            assert_eq!(encodings(&headers(header::ACCEPT_ENCODING, value)), expected, "{value}");
        }
    }
}
