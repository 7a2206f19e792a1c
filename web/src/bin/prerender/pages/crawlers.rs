//! For search engines: every page of the site in each language, and what isn't worth fetching.

use std::fmt::Write;

use error_model::{Code, Lang};
use web::route;

use super::head::{absolute, neutral};

/// `robots.txt`.
pub fn robots() -> String {
    let sitemap = absolute("/sitemap.xml");
    format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /embed/\n\n__IF_ORIGIN__Sitemap: {sitemap}\n__END_ORIGIN__"
    )
}

/// `sitemap.xml`: each page with the same page in every language (sitemaps.org 0.9, with `xhtml:link`).
pub fn sitemap() -> String {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" ",
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    ));
    page(&mut xml, route::help);
    page(&mut xml, |lang| route::check(lang, None));
    for code in Code::FAULTS {
        page(&mut xml, |lang| route::error(lang, code));
    }
    xml.push_str("</urlset>\n");
    xml
}

fn page(xml: &mut String, address: impl Fn(Lang) -> String) {
    for lang in Lang::ALL {
        let mut links = String::new();
        let languages = Lang::ALL.map(|lang| (lang.as_str(), address(lang)));
        for (language, path) in languages.into_iter().chain([("x-default", neutral(&address))]) {
            let href = absolute(&path);
            // A string always has room.
            let _ = write!(links, "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{href}\"/>");
        }
        let _ = writeln!(xml, "<url><loc>{}</loc>{links}</url>", absolute(&address(lang)));
    }
}

#[cfg(test)]
mod tests {
    use error_model::names::token;

    use super::*;

    #[test]
    fn the_site_map_has_every_page_in_both_languages() {
        let map = sitemap();
        assert_eq!(map.matches("<url>").count(), 2 * (2 + Code::FAULTS.len()));
        assert!(map.contains(&format!("<loc>{}/ja/errors/first-sync</loc>", token::ORIGIN)), "{map}");
    }
}
