//! One error within a frame of another page: the article, and the check without a password.

use error_model::{
    Code, Lang,
    names::token,
    own_words::{FRAME_FULL_PAGE, FRAME_SIGN_IN, FRAME_TEST, FRAME_TEST_TEXT},
};
use leptos::prelude::*;
use web::{
    route,
    view::{
        CheckMailbox, GRID,
        icon::{Icon, icon},
    },
};

use super::{
    check_form::{Scope, settings_form},
    error::article,
    shell::{common_head, scripts},
};
use crate::{assets::Assets, markdown::plain, providers::Provider, sentences};

/// The page of one error in one language, for a frame.
pub fn page(lang: Lang, code: Code, assets: &Assets, providers: &[Provider]) -> impl IntoView + use<> {
    let title = format!("{code} {} | {}", plain(code.texts().get(lang).title()), token::SITE);
    view! {
        <html
            lang=lang.as_str()
            data-product=token::PRODUCT
            data-site=token::SITE
            data-code=code.as_str()
        >
            <head>
                {common_head(assets)}
                <link rel="stylesheet" href=assets.frame_css.clone() />
                <title>{title}</title>
                <meta name="robots" content="noindex" />
                <link rel="canonical" href=format!("{}{}", token::ORIGIN, route::error(lang, code)) />
                <script type="module" src=assets.frame.clone()></script>
                {scripts(&assets.page)}
            </head>
            <body>
                <main id="content" class="framed">
                    {article(code, lang, providers)}
                    <details class="framed-check" hidden>
                        <summary>{FRAME_TEST.token(lang)}</summary>
                        <p>{FRAME_TEST_TEXT.token(lang)}</p>
                        <div id=GRID class="check-grid">
                            {settings_form(lang, Scope::Connection)}
                            <CheckMailbox lang=lang sentences=sentences::of(lang) />
                        </div>
                    </details>
                    <p class="framed-ways">
                        <a class="button" data-carries="" href=route::check(lang, Some(code))>
                            {FRAME_SIGN_IN.token(lang)} {icon(Icon::Arrow)}
                        </a>
                        <a href=route::error(lang, code)>{FRAME_FULL_PAGE.token(lang)}</a>
                    </p>
                </main>
                <script defer src=assets.article.clone()></script>
            </body>
        </html>
    }
}

/// The same page with links that open outside the frame. Links within the page stay.
pub fn leading_out(html: &str) -> String {
    let mut parts = html.split("<a ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let tag = part.split('>').next().unwrap_or_default();
        let stays = tag.contains("href=\"#");
        out.push_str(if stays { "<a " } else { "<a target=\"_blank\" rel=\"noopener\" " });
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_out_of_the_frame_unless_they_stay_on_the_page() {
        let html = "<p><a href=\"#x\">x</a> <a class=\"b\" href=\"/ja/\">y</a></p>";
        let expected = "<p><a href=\"#x\">x</a> <a target=\"_blank\" rel=\"noopener\" class=\"b\" href=\"/ja/\">y</a></p>";
        assert_eq!(leading_out(html), expected);
    }
}
