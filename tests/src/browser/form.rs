//! The guided form, filled in the two ways that people have: with the mouse, and from the keyboard alone.

use error_model::{Lang, strings::form};
use fantoccini::{elements::Element, key::Key};

use super::{Page, in_language};
use crate::lab::PASSWORD;

/// What a person types. The user name is left as the form fills it in.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The e-mail address.
    pub email: &'static str,
    /// The server for receiving, on its usual port.
    pub imap: &'static str,
    /// The server for sending, on its usual port.
    pub smtp: &'static str,
    /// The password; empty asks for the connection only.
    pub password: &'static str,
}

impl Settings {
    /// A healthy account of the lab.
    pub const HEALTHY: Self =
        Self { email: "user@mail.test", imap: "good.mail.test", smtp: "good.mail.test", password: PASSWORD };

    /// The certificate for receiving names another host, `covered.mail.test`.
    pub const UNCOVERED: Self = Self { imap: "uncovered.mail.test", ..Self::HEALTHY };

    /// The usual ports are closed: 143 and 587 answer.
    pub const CLOSED: Self = Self { imap: "closed.mail.test", smtp: "closed.mail.test", ..Self::HEALTHY };

    /// A password that no account has.
    pub const WRONG_PASSWORD: Self = Self { password: "Falscher-Igel-9", ..Self::HEALTHY };
}

impl Page {
    /// The form's field with this `id`, as soon as it's there.
    pub async fn field(&self, id: &str) -> Element {
        const SCRIPT: &str = "return document.getElementById(arguments[0])";
        let mut found = None;
        self.until(&format!("the form has a field {id}"), async || {
            found = self.find(SCRIPT, vec![id.into()]).await;
            found.is_some()
        })
        .await;
        found.expect("it was waited for")
    }

    /// What a field holds.
    pub async fn value(&self, id: &str) -> String {
        let value = self.field(id).await.prop("value").await.expect("a field has a value");
        value.unwrap_or_default()
    }

    /// Clicks into a field and types over what it holds.
    pub async fn type_into(&self, id: &str, text: &str) {
        let field = self.field(id).await;
        field.click().await.unwrap_or_else(|error| panic!("{id} can't be clicked: {error}"));
        self.js("document.activeElement.select()", vec![]).await;
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{id} can't be typed into: {error}"));
    }

    /// Opens the check and fills it in with the mouse.
    pub async fn fill_by_mouse(&self, lang: Lang, settings: &Settings) {
        self.open(&in_language(lang, "check")).await;
        for (id, text) in [
            ("email", settings.email),
            ("imap-host", settings.imap),
            ("smtp-host", settings.smtp),
            ("password", settings.password),
        ] {
            if !text.is_empty() {
                self.type_into(id, text).await;
            }
        }
    }

    /// Opens the check and fills it in from the keyboard, going from field to field by their names.
    pub async fn fill_by_keyboard(&self, lang: Lang, settings: &Settings) {
        self.open(&in_language(lang, "check")).await;
        for (name, text) in [
            (form::EMAIL, settings.email),
            (form::HOST, settings.imap),
            (form::HOST, settings.smtp),
            (form::PASSWORD, settings.password),
        ] {
            self.tab_to(name.get(lang)).await;
            self.keys(text).await;
        }
    }

    /// Clicks the words beside a box to tick.
    pub async fn click_label(&self, id: &str) {
        let label =
            self.find("return document.getElementById(arguments[0]).labels[0]", vec![id.into()]).await;
        label.expect("every field has a label").click().await.expect("a label can be clicked");
    }

    /// The `id` of what has the focus.
    pub async fn focused_id(&self) -> String {
        let id = self.js("return document.activeElement.id", vec![]).await;
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Presses the form's button.
    pub async fn submit(&self) {
        self.field("submit").await.click().await.expect("the form can be sent");
    }

    /// Presses a key that has no character.
    pub async fn press(&self, key: Key) {
        self.keys(&char::from(key).to_string()).await;
    }
}
