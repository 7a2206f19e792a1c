//! What the search looks through: every error, and every cause of it, with the words that each is found by.

use std::collections::BTreeMap;

use error_model::{Cause, Code, Lang, texts::Section};
use pulldown_cmark::{Event, Parser};
use unicode_normalization::UnicodeNormalization;
use wana_kana::ConvertJapanese;
use web::{
    route,
    search::{
        Entry, Index,
        text::{run_together, says_something, sound, words},
    },
};

use crate::markdown::plain;

/// Words and how they're read.
const READINGS: &str = include_str!("index/readings.tsv");

/// The index of one language. Titles and words of both languages are in it, because people paste either.
pub fn of(lang: Lang) -> Index {
    let mut found_by = Vec::new();
    let mut entries = Vec::new();
    for code in Code::FAULTS {
        let texts = Lang::ALL.map(|lang| code.texts().get(lang));
        let searched = texts.iter().flat_map(|text| search_words(text.section(Section::Search))).collect();
        let weak = texts.map(|text| plain(text.sentence())).join(" ");
        let text = code.texts().get(lang);
        entries.push((code, plain(text.title()), plain(text.sentence()), route::error(lang, code)));
        found_by.push(FoundBy { titles: texts.map(|text| nfkc(&plain(text.title()))), searched, weak });
    }
    for &cause in Cause::ALL {
        let texts = Lang::ALL.map(|lang| cause.texts().get(lang));
        // What servers and programs say to it, word for word.
        let quoted = texts.iter().flat_map(|text| quotations(text.section(Section::It)));
        let searched = quoted.chain([cause.id().replace('-', " ")]).collect();
        let weak = texts.map(|text| plain(text.sentence())).join(" ");
        let text = cause.texts().get(lang);
        entries.push((cause.code(), plain(text.title()), plain(text.sentence()), route::cause(lang, cause)));
        found_by.push(FoundBy { titles: texts.map(|text| nfkc(&plain(text.title()))), searched, weak });
    }
    build(entries, &found_by)
}

/// Code, title, line below it, address.
type Shown = (Code, String, String, String);

/// What an entry is found by.
struct FoundBy {
    titles: [String; 2],
    searched: Vec<String>,
    weak: String,
}

impl FoundBy {
    fn title_words(&self) -> [Vec<String>; 2] {
        self.titles.each_ref().map(|title| words(title).into_iter().filter(|word| is_content(word)).collect())
    }

    fn strong(&self) -> Vec<String> {
        // A word in kana alone is a reading that somebody wrote down on purpose.
        let searched = self.searched.iter().flat_map(|phrase| words(phrase));
        let kana = self.searched.iter().map(|phrase| run_together(phrase)).filter(|word| is_hiragana(word));
        searched.filter(|word| is_content(word)).chain(kana).collect()
    }

    fn weak(&self) -> Vec<String> {
        words(&nfkc(&self.weak)).into_iter().filter(|word| is_content(word)).collect()
    }
}

fn build(entries: Vec<Shown>, found_by: &[FoundBy]) -> Index {
    // In how many entries a word stands.
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for found in found_by {
        let mut all: Vec<String> =
            found.title_words().concat().into_iter().chain(found.strong()).chain(found.weak()).collect();
        all.sort();
        all.dedup();
        for word in all {
            *counts.entry(word).or_default() += 1;
        }
    }
    let total = f64::from(u32::try_from(found_by.len()).unwrap_or(u32::MAX));
    let weights = counts.values().map(|count| weight(total / f64::from(*count))).collect();
    let vocabulary: Vec<String> = counts.into_keys().collect();
    let places = |words: Vec<String>| {
        let mut places: Vec<usize> =
            words.iter().filter_map(|word| vocabulary.binary_search(word).ok()).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let entries = entries
        .into_iter()
        .zip(found_by)
        .map(|((code, title, text, href), found)| {
            let phrases = found.titles.iter().chain(&found.searched).map(|phrase| run_together(phrase));
            Entry {
                code,
                title,
                text,
                href,
                titles: found.title_words().map(places).to_vec(),
                phrases: phrases.collect(),
                strong: places(found.strong()),
                weak: places(found.weak()),
            }
        })
        .collect();
    Index { sounds: sounds(&vocabulary), words: vocabulary, weights, entries }
}

/// Ten times the logarithm of how rare a word is: 1 to about 45.
fn weight(rareness: f64) -> u32 {
    let weight = (rareness.ln() * 10.0).round().clamp(1.0, 100.0);
    // In range by the line above.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let weight = weight as u32;
    weight
}

/// How words sound: those in kana by themselves, those in kanji by the table of readings.
fn sounds(vocabulary: &[String]) -> Vec<(String, usize)> {
    let mut sounds = Vec::new();
    for (at, word) in vocabulary.iter().enumerate().filter(|(_, word)| is_hiragana(word)) {
        sounds.push((sound(&word.to_romaji()), at));
    }
    for line in READINGS.lines().filter(|line| !line.starts_with('#')) {
        let (written, read) = line.split_once('\t').unwrap_or((line, ""));
        if let Ok(at) = vocabulary.binary_search(&run_together(written)) {
            // With its long vowels in Latin letters, without in kana: as people write them, and as the search folds them.
            sounds.push((run_together(read), at));
            sounds.push((sound(&read.to_romaji()), at));
        }
    }
    sounds.sort();
    sounds.dedup();
    sounds
}

/// Worth looking for: particles, endings and single letters aren't.
fn is_content(word: &str) -> bool {
    !is_hiragana(word) && (says_something(word) || !word.is_ascii()) || katakana_origin(word)
}

/// Folded katakana looks like hiragana; the readings tell which words are meant.
fn katakana_origin(word: &str) -> bool {
    is_hiragana(word) && word.chars().count() >= 3
}

fn is_hiragana(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| ('ぁ'..='ゖ').contains(&c))
}

fn search_words(line: &str) -> Vec<String> {
    line.split([',', '、']).map(|word| nfkc(word.trim())).filter(|word| !word.is_empty()).collect()
}

/// What stands in code marks, where it's long enough to be a message.
fn quotations(markdown: &str) -> Vec<String> {
    const MESSAGE: usize = 6;
    let code = Parser::new(markdown).filter_map(|event| match event {
        Event::Code(text) if text.chars().count() >= MESSAGE => Some(nfkc(&text)),
        _ => None,
    });
    code.collect()
}

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

#[cfg(test)]
mod tests;
