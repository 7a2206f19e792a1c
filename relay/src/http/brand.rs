//! What the prerendered files are told of this relay: its address, its names, where people get help, how it looks.

pub(super) mod logo;
mod style;

use std::fmt;
use std::net::SocketAddr;

use error_model::{
    Lang,
    own_words::{Noted, PAGE_TEXTS},
};

use super::site::{Site, Value, Values, escape_html};
use crate::config::{Origin, Settings};

/// Why the brand's files can't be used.
#[derive(Debug)]
pub struct BadLogo {
    file: String,
    problem: String,
}

impl fmt::Display for BadLogo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "brand.logo: {} (found {:?})", self.problem, self.file)
    }
}

/// The page's files with everything of this relay in them.
///
/// # Errors
/// Where the logo can't be used.
pub(super) fn site(settings: &Settings, listening: SocketAddr) -> Result<Site, BadLogo> {
    let brand = &settings.brand;
    let read = |file: &std::path::PathBuf| {
        logo::read(file).map_err(|problem| BadLogo { file: file.display().to_string(), problem })
    };
    let logo = brand.logo.as_ref().map(read).transpose()?;
    let style = style::sheet(brand);
    let mut values = values(settings, listening);
    for (token, file) in [("LOGO", &logo), ("STYLE", &style)] {
        let address = file.as_ref().map(|(path, _)| format!("/{path}"));
        values.insert(token.into(), address.map_or(Value::Absent, Value::Text));
    }
    Ok(Site::new(&values, logo.into_iter().chain(style)))
}

fn values(settings: &Settings, listening: SocketAddr) -> Values {
    let names = settings.brand.names();
    let support = settings.brand.support.as_ref();
    let optional = |text: Option<String>| text.map_or(Value::Absent, Value::Text);
    let fixed = [
        ("ORIGIN", optional(origin(settings, listening).map(|origin| origin.as_str().to_owned()))),
        ("SUPPORT", optional(support.map(|support| support.href().to_owned()))),
        ("SUPPORT_LABEL", optional(support.map(|support| support.label()))),
        ("LINKS_JA", links(settings, Lang::Ja)),
        ("LINKS_EN", links(settings, Lang::En)),
    ];
    let mut values: Values = fixed.into_iter().map(|(token, value)| (token.into(), value)).collect();
    for lang in Lang::ALL {
        let (texts, notes) = (settings.brand.texts.of(lang), settings.brand.notes.of(lang));
        for text in PAGE_TEXTS {
            let said = texts.get(text.key).map_or(text.usual.get(lang), String::as_str);
            values.insert(text.token_name(lang).into(), Value::Text(names.put(said)));
        }
        for noted in Noted::all() {
            let note = notes.get(&noted.key()).map(|note| names.put(note));
            values.insert(noted.token_name(lang).into(), optional(note));
        }
    }
    values.insert("PRODUCT".into(), Value::Text(names.product));
    values.insert("SITE".into(), Value::Text(names.site));
    values
}

/// The footer's links, as HTML.
fn links(settings: &Settings, lang: Lang) -> Value {
    let link = |link: &crate::config::Link| {
        let label = match lang {
            Lang::Ja => link.ja.to_string(),
            Lang::En => link.en.to_string(),
        };
        format!("<a href=\"{}\">{}</a>", escape_html(link.href.href()), escape_html(&label))
    };
    let links: Vec<String> = settings.brand.links.iter().map(link).collect();
    if links.is_empty() { Value::Absent } else { Value::Html(links.join(" ")) }
}

/// The origin under which people see the relay, as far as it can know.
fn origin(settings: &Settings, listening: SocketAddr) -> Option<Origin> {
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    settings.public_origin.clone().or_else(|| Origin::local(scheme, listening).into_iter().next())
}
