//! The code that lets a customer in: as text, as a link, as a QR code.

use error_model::{
    Lang,
    case::Opened,
    strings::desk::{CODE_UNTIL, COPY_CODE, COPY_LINK, JOIN_CODE, JOIN_LINK, QR, TELL_CUSTOMER},
    words::moment,
};
use qrcode::{Color, QrCode};

use super::pieces::small;
use crate::tree::{Node, el, words};

/// Light modules around the code, which readers ask for (ISO/IEC 18004).
const QUIET: usize = 4;

/// The link to the customer's side of a case, in the customer's language.
#[must_use]
pub fn link(opened: &Opened, origin: &str, customer: Lang) -> String {
    [origin, "/", customer.as_str(), &opened.path].concat()
}

/// What the agent gives to the customer.
pub(super) fn invitation(opened: &Opened, link: &str, lang: Lang) -> Node {
    let until = CODE_UNTIL.fill(lang, &[("time", &moment(opened.expires_at_ms / 1000))]);
    let text = vec![
        words("p", "", TELL_CUSTOMER.get(lang)),
        el(
            "dl",
            "invitation-list",
            vec![
                words("dt", "", JOIN_CODE.get(lang)),
                words("dd", "join-code mono", &opened.code),
                words("dt", "", JOIN_LINK.get(lang)),
                words("dd", "join-link mono", link),
            ],
        ),
        words("p", "hint", &until),
        el(
            "div",
            "desk-buttons",
            vec![small("copy-code", COPY_CODE.get(lang)), small("copy-link", COPY_LINK.get(lang))],
        ),
    ];
    let mut parts = vec![el("div", "", text)];
    parts.extend(qr(link, QR.get(lang)));
    el("div", "invitation", parts)
}

/// A QR code as SVG, dark on light in either scheme: not every reader takes it the other way round.
fn qr(text: &str, label: &str) -> Option<Node> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        for (column, module) in modules.iter().enumerate() {
            if *module == Color::Dark {
                path.extend([
                    "M",
                    &(column + QUIET).to_string(),
                    " ",
                    &(row + QUIET).to_string(),
                    "h1v1h-1z",
                ]);
            }
        }
    }
    let side = (width + 2 * QUIET).to_string();
    let ground = el("rect", "", Vec::new()).with("width", &side).with("height", &side);
    let modules = el("path", "", Vec::new()).with("d", &path);
    let svg = el("svg", "qr", vec![ground, modules])
        .with("viewBox", &["0 0 ", &side, " ", &side].concat())
        .with("role", "img")
        .with("aria-label", label);
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_in_the_customers_language() {
        let opened =
            Opened { case: "c".into(), code: "AB2CD3".into(), path: "/join/AB2CD3".into(), expires_at_ms: 0 };
        assert_eq!(link(&opened, "https://mail.example", Lang::Ja), "https://mail.example/ja/join/AB2CD3");
        let node = invitation(&opened, "https://mail.example/ja/join/AB2CD3", Lang::En);
        assert!(node.reading().contains("AB2CD3"), "{node:?}");
    }

    #[test]
    fn a_qr_code_has_its_three_finders_and_a_quiet_zone() {
        let code = format!("{:?}", qr("https://mail.example/ja/join/AB2CD3", "QR"));
        // The corners of the upper finders, and nothing before them.
        assert!(code.contains("M4 4h1v1h-1z") && !code.contains("M3 "), "{code}");
    }
}
