//! A query, and how well an entry fits it.

use error_model::Code;

use super::{
    Entry, Index,
    text::{run_together, says_something, sound, words},
};

/// The most results shown.
const LIMIT: usize = 8;
/// The most words of a query that are looked for; a pasted conversation says it all in the first few lines.
const MOST_WORDS: usize = 60;
/// How much a word says that no entry has.
const UNKNOWN: u32 = 20;
/// The same of one in hiragana, which is mostly grammar.
const UNKNOWN_GRAMMAR: u32 = 6;

/// The entries that fit what was typed, the best first. `typed` is in Unicode's form NFKC.
#[must_use]
pub fn find<'a>(index: &'a Index, typed: &str) -> Vec<&'a Entry> {
    let mut query = Query::new(index, typed);
    query.is_general = index.entries.iter().filter(|entry| query.names(entry)).count() >= GENERAL;
    let mut scored: Vec<(u32, &Entry)> =
        index.entries.iter().map(|entry| (query.score(index, entry), entry)).collect();
    let top = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    // What fits far worse than the best is noise.
    scored.retain(|(score, _)| *score > 0 && *score * 5 >= top);
    let mut best = Vec::new();
    // A few of a few dozen: looking for the next best is less code in the page than sorting them all.
    while best.len() < LIMIT && !scored.is_empty() {
        let (mut at, mut top) = (0, 0);
        for (i, (score, _)) in scored.iter().enumerate() {
            if *score > top {
                (at, top) = (i, *score);
            }
        }
        best.push(scored.remove(at).1);
    }
    best
}

/// An expression of so many errors is none that tells one cause from another: the errors come first.
const GENERAL: usize = 3;

struct Query {
    code: Option<Code>,
    whole: String,
    /// For each word typed the words of the index that it may mean, each with what that says.
    meant: Vec<Vec<(usize, u32)>>,
    /// What the words would say if all were found.
    all: u32,
    /// The word of the index that is all of it.
    only: Option<usize>,
    /// Many errors are found by just this.
    is_general: bool,
}

impl Query {
    fn new(index: &Index, typed: &str) -> Self {
        let typed_words = words(typed);
        let known: Vec<Vec<(usize, u32)>> =
            typed_words.iter().take(MOST_WORDS).map(|word| meanings(index, word)).collect();
        let says = |meant: &Vec<(usize, u32)>| meant.iter().map(|(at, _)| index.weights[*at]).max();
        let all = known
            .iter()
            .zip(&typed_words)
            .map(|(meant, word)| says(meant).unwrap_or_else(|| unknown(word)))
            .sum();
        // A single word that is known by its sound stands for that word.
        let heard = match (&typed_words[..], &known[..]) {
            ([word], [meant]) => {
                meant.iter().map(|(at, _)| &index.words[*at]).find(|known| is_heard(index, word, known))
            }
            _ => None,
        };
        let whole = heard.cloned().unwrap_or_else(|| run_together(typed));
        let only = index.words.iter().position(|word| *word == whole);
        Self { code: code(typed, &typed_words), whole, meant: known, all, only, is_general: false }
    }

    fn score(&self, index: &Index, entry: &Entry) -> u32 {
        let code = match self.code {
            Some(code) if code == entry.code => 1000,
            _ => 0,
        };
        let phrase = self.phrases(entry);
        let words: u32 = self
            .meant
            .iter()
            .map(|meant| meant.iter().map(|(at, says)| says * entry.part(*at) / 10).max().unwrap_or(0))
            .sum();
        let title = entry.titles.iter().map(|title| self.title(index, title)).max().unwrap_or(0);
        if code + phrase == 0 && words * 10 < self.all * 3 {
            return 0;
        }
        let general = if self.is_general && self.names(entry) { 200 } else { 0 };
        let sum = code + phrase + words + title + general;
        if entry.is_error() { sum + sum / 8 } else { sum }
    }

    /// Whether this is one of the expressions that an error is found by.
    fn names(&self, entry: &Entry) -> bool {
        let has = |at| entry.strong.contains(&at) || entry.titles.iter().flatten().any(|word| *word == at);
        entry.is_error() && (entry.phrases.contains(&self.whole) || self.only.is_some_and(has))
    }

    /// The best of what the phrases say.
    fn phrases(&self, entry: &Entry) -> u32 {
        if !says_something(&self.whole) {
            return 0;
        }
        let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let whole = length(&self.whole);
        let one = |(i, phrase): (usize, &String)| {
            let in_title = i < entry.titles.len();
            let title = if in_title { 300 } else { 0 };
            if *phrase == self.whole {
                120 + title
            } else if says_something(phrase) && self.whole.contains(phrase.as_str()) {
                let long = length(phrase);
                // A short word inside a long text is caught by the words.
                if long * 6 < whole && long < 12 { 0 } else { title.min(long * 15) + (long * 3).min(120) }
            } else if phrase.contains(&self.whole) {
                let part = if in_title { 200 } else { 60 };
                20 + part * whole / length(phrase).max(1)
            } else if self.is_slip_of(phrase) {
                90
            } else {
                0
            }
        };
        entry.phrases.iter().enumerate().map(one).max().unwrap_or(0)
    }

    /// The whole message, but for a slip or two.
    fn is_slip_of(&self, phrase: &str) -> bool {
        const LONG: usize = 8;
        self.whole.len() >= LONG
            && phrase.len().abs_diff(self.whole.len()) <= 2
            && strsim::osa_distance(phrase, &self.whole) <= 2
    }

    /// How much of a title was typed.
    fn title(&self, index: &Index, title: &[usize]) -> u32 {
        let all: u32 = title.iter().map(|at| index.weights[*at]).sum();
        let has = |at: &&usize| self.meant.iter().flatten().any(|(meant, _)| meant == *at);
        let typed: u32 = title.iter().filter(has).map(|at| index.weights[*at]).sum();
        let part = typed * 100 / all.max(1);
        if part < 50 { 0 } else { part * part / 60 }
    }
}

impl Entry {
    /// How much a word counts for this entry, in tenths.
    fn part(&self, at: usize) -> u32 {
        match () {
            () if self.titles.iter().flatten().any(|word| *word == at) => 13,
            () if self.strong.contains(&at) => 10,
            () if self.weak.contains(&at) => 4,
            () => 0,
        }
    }
}

fn unknown(word: &str) -> u32 {
    match word {
        word if word.chars().all(|c| ('ぁ'..='ゖ').contains(&c)) => UNKNOWN_GRAMMAR,
        word if word.is_ascii() && !says_something(word) => 1,
        _ => UNKNOWN,
    }
}

/// Whether a word of the index sounds like what was typed, and isn't it.
fn is_heard(index: &Index, typed: &str, word: &str) -> bool {
    let heard = sound(typed);
    typed != word && index.sounds.iter().any(|(sound, at)| *sound == heard && index.words[*at] == word)
}

/// The code that stands in what was typed, by itself or among other words.
fn code(typed: &str, words: &[String]) -> Option<Code> {
    let numbered = |word: &&String| word.len() >= 3 && word.trim_start_matches('e').starts_with("00");
    let among = || words.iter().find(numbered).and_then(|word| Code::parse(word.trim_start_matches('e')));
    Code::parse(typed).or_else(among)
}

/// The words of the index that a typed one may mean, with what each says. Slips are looked for only where nothing fits.
fn meanings(index: &Index, typed: &str) -> Vec<(usize, u32)> {
    let mut found = Vec::new();
    let mut note = |at: usize, tenths: u32| found.push((at, index.weights[at] * tenths / 10));
    for (at, word) in index.words.iter().enumerate() {
        if word == typed {
            // One character is often a mere part of a word: 方, 名.
            note(at, if says_something(word) { 10 } else { 3 });
        } else if says_something(typed)
            && word.contains(typed)
            && (!typed.is_ascii() || word.starts_with(typed))
        {
            note(at, 6);
        } else if says_something(word)
            && typed.contains(word.as_str())
            && (!word.is_ascii() || (word.len() > 3 && typed.starts_with(word.as_str())))
        {
            note(at, 7);
        }
    }
    let heard = sound(typed);
    if heard.chars().count() >= if heard.is_ascii() { 4 } else { 3 } {
        for (sound, at) in &index.sounds {
            if *sound == heard {
                note(*at, 9);
            } else if sound.starts_with(&heard) {
                note(*at, 6);
            }
        }
    }
    if found.is_empty() {
        let slips = allowed_slips(typed);
        for (at, word) in index.words.iter().enumerate() {
            let close = word.len().abs_diff(typed.len()) <= 6 && allowed_slips(word) > 0;
            if slips > 0 && close && strsim::osa_distance(word, typed) <= slips {
                found.push((at, index.weights[at] * 6 / 10));
            }
        }
    }
    found
}

/// How many slips of the keyboard a word may have and still be known.
fn allowed_slips(word: &str) -> usize {
    match (word.is_ascii(), word.chars().count()) {
        (_, 7..) => 2,
        (true, 5..) | (false, 3..) => 1,
        _ => 0,
    }
}
