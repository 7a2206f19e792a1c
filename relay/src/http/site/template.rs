//! Puts values into the tokens of prerendered text, escaped as their place asks for. [`error_model::names::token`] says
//! what tokens are.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What values are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// HTML or XML, as text or as the value of an attribute.
    Html,
    /// A JSON text.
    Json,
    /// Plain text.
    Plain,
}

impl Syntax {
    /// The syntax of a file that may have tokens, by its name.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "html" | "xml" => Some(Self::Html),
            "json" | "webmanifest" => Some(Self::Json),
            "txt" => Some(Self::Plain),
            _ => None,
        }
    }
}

/// What stands for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, to be escaped.
    Text(String),
    /// HTML of our own making, for HTML.
    Html(String),
    /// The same for every token of it: not set.
    Absent,
}

/// Values by the names of their tokens.
pub type Values = BTreeMap<Cow<'static, str>, Value>;

/// What opens a script whose content is data.
const DATA: &str = "<script type=\"application/ld+json\"";

/// `text` with values for its tokens. Tokens that nobody knows stay.
pub fn put(text: &str, syntax: Syntax, values: &Values) -> String {
    let mut out = String::with_capacity(text.len());
    let mut place = Place { syntax, data: false, kept: Vec::new() };
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        place.pass(before, &mut out);
        match (name.split_once('_'), name) {
            (Some(("IF", of)), _) => place.kept.push(!matches!(values.get(of), None | Some(Value::Absent))),
            (Some(("END", _)), _) => {
                place.kept.pop();
            }
            (Some(("ELSE", _)), _) => {
                if let Some(kept) = place.kept.last_mut() {
                    *kept = !*kept;
                }
            }
            (_, name) if place.keeps() => place.put(name, values, &mut out),
            _ => {}
        }
        rest = after;
    }
    place.pass(rest, &mut out);
    out
}

/// The next token: what stands before it, its name, what follows.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("__")?;
        let inner = &text[start + 2..];
        let length = inner.find("__")?;
        let name = &inner[..length];
        if name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        {
            return Some((&text[..start], name, &inner[length + 2..]));
        }
        from = start + 1;
    }
}

/// Where in the text we are.
struct Place {
    syntax: Syntax,
    /// Within a script of data.
    data: bool,
    /// Of each condition around us, whether it holds.
    kept: Vec<bool>,
}

impl Place {
    fn keeps(&self) -> bool {
        self.kept.iter().all(|kept| *kept)
    }

    /// Goes on over text without tokens.
    fn pass(&mut self, text: &str, out: &mut String) {
        if self.syntax == Syntax::Html {
            self.data = match (text.rfind(DATA), text.rfind("</script")) {
                (Some(opened), Some(closed)) => opened > closed,
                (opened, closed) => opened.is_some() || (self.data && closed.is_none()),
            };
        }
        if self.keeps() {
            out.push_str(text);
        }
    }

    fn put(&self, name: &str, values: &Values, out: &mut String) {
        let (known, html) = match values.get(name) {
            Some(value) => (Some(value), false),
            None => (name.strip_suffix("_HTML").and_then(|name| values.get(name)), true),
        };
        let text: Cow<'_, str> = match known {
            None => return out.extend(["__", name, "__"]),
            Some(Value::Absent) => return,
            Some(Value::Html(markup)) => return out.push_str(markup),
            Some(Value::Text(text)) if html && (self.syntax == Syntax::Json || self.data) => {
                escape_html(text).into()
            }
            Some(Value::Text(text)) => text.into(),
        };
        match self.syntax {
            Syntax::Json => out.push_str(&escape_json(&text)),
            Syntax::Html if self.data => out.push_str(&escape_json(&text)),
            Syntax::Html => out.push_str(&escape_html(&text)),
            Syntax::Plain => out.push_str(&text),
        }
    }
}

/// For text and for attributes in quotes; the references are those that XML knows too.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// For the inside of a JSON string, which may stand in a script: nothing of it could end that.
fn escape_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inside = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).unwrap_or_default();
    inside.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        let text = |text: &str| Value::Text(text.to_owned());
        Values::from([
            ("PRODUCT".into(), text("R&D \"Mail\"")),
            ("SUPPORT".into(), Value::Absent),
            ("LOGO".into(), text("/logo.svg")),
            ("LINKS".into(), Value::Html("<a href=\"/\">x</a>".to_owned())),
        ])
    }

    fn html(text: &str) -> String {
        put(text, Syntax::Html, &values())
    }

    #[test]
    fn a_value_is_escaped_as_its_place_asks_for() {
        assert_eq!(html("<b title=\"__PRODUCT__\">"), "<b title=\"R&amp;D &quot;Mail&quot;\">");
        assert_eq!(html("<b>__PRODUCT_HTML__</b>"), "<b>R&amp;D &quot;Mail&quot;</b>");
        assert_eq!(html("<nav>__LINKS__</nav>"), "<nav><a href=\"/\">x</a></nav>");
        assert_eq!(put("__PRODUCT__", Syntax::Plain, &values()), "R&D \"Mail\"");
        let json = put("[\"__PRODUCT__\", \"<b>__PRODUCT_HTML__</b>\"]", Syntax::Json, &values());
        let read: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(read, ["R&D \"Mail\"", "<b>R&amp;D &quot;Mail&quot;</b>"]);
    }

    #[test]
    fn within_a_script_of_data_values_are_json() {
        let page = html(
            "<p>__PRODUCT__</p><script type=\"application/ld+json\">{\"a\":\"__PRODUCT__\",\"b\":\"__PRODUCT_HTML__\"}</script><p>__PRODUCT__",
        );
        let data = page.split_once("json\">").unwrap().1.split_once("</script>").unwrap();
        let read: serde_json::Value = serde_json::from_str(data.0).unwrap();
        assert_eq!(read["a"], "R&D \"Mail\"");
        assert_eq!(read["b"], "R&amp;D &quot;Mail&quot;");
        assert_eq!(data.1, "<p>R&amp;D &quot;Mail&quot;");
        let closing = Values::from([("PRODUCT".into(), Value::Text("</script><script>alert(1)".to_owned()))]);
        let page = put(&format!("{DATA}>\"__PRODUCT__\"</script>"), Syntax::Html, &closing);
        assert_eq!(page.matches("</script").count(), 1, "{page}");
    }

    #[test]
    fn a_part_is_kept_where_its_value_is_set() {
        assert_eq!(html("a__IF_SUPPORT__<b>__SUPPORT__ __PRODUCT__</b>__END_SUPPORT__c"), "ac");
        assert_eq!(
            html("__IF_LOGO__<img src=\"__LOGO__\">__ELSE_LOGO__svg__END_LOGO__"),
            "<img src=\"/logo.svg\">"
        );
        assert_eq!(html("__IF_SUPPORT__a__ELSE_SUPPORT__b__END_SUPPORT__"), "b");
        assert_eq!(html("__IF_LOGO__a__IF_SUPPORT__b__END_SUPPORT__c__END_LOGO__"), "ac");
    }

    #[test]
    fn what_only_looks_like_a_token_stays() {
        for text in ["__init__", "____", "a__b", "__UNKNOWN__", "__proto__ __x", "__"] {
            assert_eq!(html(text), text);
        }
        assert_eq!(html("__a__LOGO__"), "__a/logo.svg");
    }
}
