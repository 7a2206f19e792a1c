//! The stylesheet with the operator's colours, under a name that holds its hash.

use aws_lc_rs::digest::{SHA256, digest};

use crate::config::{Brand, Colour, DARK, Grounds, LIGHT};
use crate::random::hex;

/// The stylesheet's path below the site's root and its bytes; `None` where the usual colours are wanted.
pub fn sheet(brand: &Brand) -> Option<(String, Vec<u8>)> {
    // One colour is enough: the other scheme's is then made of it.
    let light = brand.accent.or_else(|| brand.accent_dark.map(|dark| LIGHT.readable(dark)))?;
    let dark = brand.accent_dark.unwrap_or_else(|| DARK.readable(light));
    let (light, dark) = (declarations(LIGHT, light), declarations(DARK, dark));
    // A page in a frame may ask for a scheme, by an attribute that this has to win over.
    let css = format!(
        ":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n\
         :root[data-theme][data-theme=light] {{ {light} }}\n:root[data-theme][data-theme=dark] {{ {dark} }}\n"
    );
    let hash = hex(&digest(&SHA256, css.as_bytes()).as_ref()[..8]);
    Some((format!("assets/brand-{hash}.css"), css.into_bytes()))
}

fn declarations(grounds: Grounds, accent: Colour) -> String {
    let on = [Colour([255, 255, 255]), Colour([8, 16, 20])];
    let [white, black] = on.map(|colour| colour.contrast(accent));
    let on = if white >= black { on[0] } else { on[1] };
    let (hover, soft) = (accent.mixed(grounds.ink, 0.25), grounds.soft(accent));
    format!("--accent: {accent}; --accent-hover: {hover}; --accent-soft: {soft}; --on-accent: {on};")
}
