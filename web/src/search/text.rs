//! Text as the search compares it: cut into words, in one form for what looks or sounds the same.

/// What a character is written in. A change of it ends a word, since Japanese has no spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Hiragana,
    Katakana,
    Kanji,
    None,
}

fn script(c: char) -> Script {
    match c {
        'ぁ'..='ゖ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' => Script::Katakana,
        '々' | '〆' | '\u{3400}'..='\u{9FFF}' => Script::Kanji,
        c if c.is_alphanumeric() => Script::Latin,
        _ => Script::None,
    }
}

/// The words of a text, each in its one form. Numbers with points are one word: `5.7.8`.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = Script::None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let joins = matches!(c, '.' | '\'' | '’')
            && before == Script::Latin
            && characters.peek().is_some_and(|next| next.is_ascii_alphanumeric());
        let now = if joins { before } else { script(c) };
        if now != before {
            finish(&mut words, &mut word);
        }
        before = now;
        if now != Script::None {
            word.push(c);
        }
    }
    finish(&mut words, &mut word);
    words
}

fn finish(words: &mut Vec<String>, word: &mut String) {
    let dotted = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let folded: String =
        word.chars().filter(|c| dotted || script(*c) != Script::None).filter_map(fold).collect();
    word.clear();
    if !folded.is_empty() && !words.contains(&folded) {
        words.push(folded);
    }
}

/// A whole text without spaces and punctuation, in one form.
#[must_use]
pub fn run_together(text: &str) -> String {
    text.chars().filter(|c| script(*c) != Script::None).filter_map(fold).collect()
}

/// Lower case, hiragana for katakana, and no mark of a long vowel, which half of the people leave out.
fn fold(c: char) -> Option<char> {
    match c {
        'ー' => None,
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60),
        c => Some(c.to_ascii_lowercase()),
    }
}

/// Latin letters as they sound in Japanese, so that every way of writing it is the same: `shoumeisho`, `syomeisyo`.
/// Hiragana stays as it is.
#[must_use]
pub fn sound(word: &str) -> String {
    /// Digraphs, and what is heard of them as far as it tells words apart.
    const HEARD: [(&str, &str); 17] = [
        ("sh", "s"),
        ("sy", "s"),
        ("cch", "t"),
        ("ch", "t"),
        ("ty", "t"),
        ("ts", "t"),
        ("jy", "z"),
        ("zy", "z"),
        ("j", "z"),
        ("f", "h"),
        ("ā", "a"),
        ("ū", "u"),
        ("ō", "o"),
        ("ou", "o"),
        ("ei", "e"),
        ("mb", "nb"),
        ("mp", "np"),
    ];
    let heard = HEARD.iter().fold(word.to_owned(), |word, (written, heard)| word.replace(written, heard));
    let mut sound = String::new();
    for c in heard.chars() {
        if !sound.ends_with(c) || !c.is_ascii() {
            sound.push(c);
        }
    }
    sound
}

/// Enough to look for a part of something: one Japanese character says something, a Latin letter doesn't.
#[must_use]
pub fn says_something(text: &str) -> bool {
    text.chars().count() >= if text.is_ascii() { 3 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_the_script_changes() {
        assert_eq!(
            words("SSL/TLS証明書のホスト名が、一致しません。"),
            ["ssl", "tls", "証明書", "の", "ほすと", "名", "が", "一致", "しません"]
        );
        assert_eq!(words("535 5.7.8 Error: isn't it?"), ["535", "5.7.8", "error", "isnt", "it"]);
    }

    #[test]
    fn long_vowels_and_kana_of_both_kinds_are_one() {
        for written in ["サーバー", "サーバ", "さーば", "さば"] {
            assert_eq!(run_together(written), "さば", "{written}");
        }
    }

    #[test]
    fn every_way_of_writing_a_sound_is_one() {
        for written in ["shoumeisho", "syoumeisyo", "shomeisho", "syomeisyo", "shōmeisho"] {
            assert_eq!(sound(written), sound("shoumeisho"), "{written}");
        }
        for (one, other) in [("setuzoku", "setsuzoku"), ("ninsyou", "ninshou"), ("fuicchi", "huitti")] {
            assert_eq!(sound(one), sound(other));
        }
        assert_eq!(sound("どうき"), "どうき");
    }
}
