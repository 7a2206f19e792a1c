//! The same content as data for search engines (schema.org as JSON-LD). Not run: a data block of the page.

use error_model::{Cause, Code, Lang, own_words, texts::Section};
use serde_json::{Value, json};
use web::route;

use crate::markdown::plain;
use crate::pages::absolute;

/// An error page: where it is, and each cause as a question with its answer.
pub fn error(code: Code, lang: Lang) -> String {
    let title = plain(code.texts().get(lang).title());
    let questions: Vec<Value> = Cause::of(code)
        .map(|cause| {
            let text = cause.texts().get(lang);
            let answer = [text.sentence(), text.section(Section::Person)].map(plain_lines).join("\n");
            json!({
                "@type": "Question",
                "name": format!("{code} {title}: {}", plain(text.title())),
                "url": absolute(&route::cause(lang, cause)),
                "acceptedAnswer": { "@type": "Answer", "text": answer },
            })
        })
        .collect();
    script(&json!([
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "inLanguage": lang.as_str(),
            "mainEntity": questions,
        },
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                crumb(1, &own_words::HELP_TITLE.token(lang), &route::help(lang)),
                crumb(2, &format!("{code} {title}"), &route::error(lang, code)),
            ],
        },
    ]))
}

/// The help page: the list of errors.
pub fn help(lang: Lang) -> String {
    let items: Vec<Value> = Code::FAULTS
        .into_iter()
        .zip(1..)
        .map(|(code, at)| {
            let title = plain(code.texts().get(lang).title());
            json!({
                "@type": "ListItem",
                "position": at,
                "name": format!("{code} {title}"),
                "url": absolute(&route::error(lang, code)),
            })
        })
        .collect();
    script(&json!({
        "@context": "https://schema.org",
        "@type": "ItemList",
        "inLanguage": lang.as_str(),
        "itemListElement": items,
    }))
}

fn crumb(at: u32, name: &str, address: &str) -> Value {
    json!({ "@type": "ListItem", "position": at, "name": name, "item": absolute(address) })
}

/// Each line of a list or paragraph as a line of text.
fn plain_lines(markdown: &str) -> String {
    markdown.lines().map(plain).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// As the content of a script element, which no text may end.
fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_around_it() {
        assert_eq!(script(&json!("</script>")), "\"\\u003c/script>\"");
    }

    #[test]
    fn every_cause_is_a_question_with_an_answer() {
        for code in Code::FAULTS {
            for lang in Lang::ALL {
                let data: Value = serde_json::from_str(&error(code, lang)).unwrap();
                let questions = data[0]["mainEntity"].as_array().unwrap();
                assert_eq!(questions.len(), Cause::of(code).count());
                for question in questions {
                    let answer = question["acceptedAnswer"]["text"].as_str().unwrap();
                    assert!(answer.lines().count() > 1, "{question}");
                }
            }
        }
    }
}
