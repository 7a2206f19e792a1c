//! The language for a terminal, from the variables that POSIX names (Base Definitions §8.2).

use error_model::Lang;

/// The language asked for, or that of the locale, or English. `variable` reads the environment.
pub fn lang(asked: Option<Lang>, variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()))
    };
    asked.or_else(|| Lang::parse(&locale()?)).unwrap_or(Lang::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Lang {
        lang(None, |name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_locale_chooses_the_language() {
        assert_eq!(with(&[("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(with(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "ja_JP")]), Lang::Ja);
        assert_eq!(with(&[("LC_ALL", ""), ("LANG", "ja")]), Lang::Ja);
    }

    #[test]
    fn other_languages_and_no_locale_get_english() {
        assert_eq!(with(&[("LANG", "C.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LANG", "fr_FR.UTF-8")]), Lang::En);
        assert_eq!(with(&[]), Lang::En);
    }

    #[test]
    fn what_was_asked_for_wins() {
        assert_eq!(lang(Some(Lang::En), |_| Some("ja_JP".to_owned())), Lang::En);
    }
}
