//! What the search looks through: every error, and every cause of it.

use error_model::{Cause, Code, Lang, texts::Section};
use web::{route, search::Entry};

use crate::markdown::plain;

/// The index of one language. Titles of both languages are in it, because people paste either.
pub fn of(lang: Lang) -> Vec<Entry> {
    let errors = Code::FAULTS.into_iter().map(|code| {
        let text = code.texts().get(lang);
        Entry {
            code,
            title: plain(text.title()),
            text: plain(text.sentence()),
            href: route::error(lang, code),
            titles: Lang::ALL.map(|lang| plain(code.texts().get(lang).title())).to_vec(),
            words: Lang::ALL.into_iter().flat_map(|lang| search_words(code, lang)).collect(),
        }
    });
    let causes = Cause::ALL.iter().map(|&cause| {
        let text = cause.texts().get(lang);
        Entry {
            code: cause.code(),
            title: plain(text.title()),
            text: plain(text.sentence()),
            href: route::cause(lang, cause),
            titles: Lang::ALL.map(|lang| plain(cause.texts().get(lang).title())).to_vec(),
            words: vec![cause.id().replace('-', " ")],
        }
    });
    errors.chain(causes).collect()
}

fn search_words(code: Code, lang: Lang) -> Vec<String> {
    let line = code.texts().get(lang).section(Section::Search);
    line.split([',', '、']).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}
