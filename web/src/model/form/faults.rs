//! What is wrong with the form, tied to its fields, in the order of the page.

use error_model::{Field, Lane, Lang, Str, strings::form as words};

use super::{
    Form,
    repair::{self, Repair},
};

/// Something to look at before the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub field: Field,
    /// The run can't start like this. Otherwise it's a hint: what was typed may be meant.
    pub blocks: bool,
    /// How a click mends it.
    pub repair: Option<Repair>,
    message: Str,
    value: &'static str,
}

impl Fault {
    /// What is wrong, in a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.message.fill(lang, &[("value", self.value)])
    }

    const fn new(field: Field, message: Str) -> Self {
        Self { field, blocks: true, repair: None, message, value: "" }
    }

    fn mended_by(self, repair: Option<Repair>) -> Self {
        Self { repair, ..self }
    }

    fn hint(self) -> Self {
        Self { blocks: false, ..self }
    }
}

/// Which passwords were typed; of a password the form knows no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignsIn {
    /// There's a password.
    pub password: bool,
    /// There's a separate one for sending.
    pub sending: bool,
}

impl SignsIn {
    /// What these passwords are for.
    #[must_use]
    pub const fn new(password: &str, sending: &str) -> Self {
        Self { password: !password.is_empty(), sending: !sending.is_empty() }
    }

    /// Whether a lane signs in. One password serves both, unless sending has its own.
    pub(super) const fn on(self, lane: Lane, separate: bool) -> bool {
        self.password || (matches!(lane, Lane::Smtp) && separate && self.sending)
    }
}

/// Everything to look at, in the order of the page. The run can start where nothing of it blocks.
#[must_use]
pub fn faults(form: &Form, signs_in: SignsIn) -> Vec<Fault> {
    let mut found = Vec::new();
    email(form, &mut found);
    if Lane::ALL.iter().all(|lane| form.server(*lane).is_left_out()) {
        found.push(Fault::new(Field::ImapHost, words::NEED_SERVER));
    }
    let swapped = swapped(form);
    for lane in Lane::ALL {
        if let Some(fault) = swapped.iter().find(|fault| fault.field == Field::host(lane)) {
            found.push(fault.clone());
        }
        if !form.server(lane).is_left_out() {
            host(form, lane, &mut found);
            port(form, lane, &mut found);
        }
    }
    users(form, signs_in, &mut found);
    found
}

fn email(form: &Form, found: &mut Vec<Fault>) {
    let typed = form.email.trim();
    if typed.is_empty() {
        return;
    }
    let tidy = repair::tidy(typed);
    if tidy != typed {
        let repair = Repair::set(Field::Email, tidy);
        found.push(Fault::new(Field::Email, words::EMAIL_WIDTH).mended_by(Some(repair)));
    } else if let Some((message, repair)) = repair::ending(Field::Email, typed) {
        // A trailing dot is no slip that an address could be meant with.
        let fault = Fault { blocks: typed.ends_with('.'), ..Fault::new(Field::Email, message) };
        found.push(fault.mended_by(Some(repair)));
    } else if repair::mail_domain(typed).is_none() {
        found.push(Fault::new(Field::Email, words::NEED_AT));
    }
}

fn host(form: &Form, lane: Lane, found: &mut Vec<Fault>) {
    let (field, typed) = (Field::host(lane), form.server(lane).host.as_str());
    // A blank after the name is cut off without a word: nobody sees it.
    if let Some((message, repair)) = repair::host(lane, typed.trim()) {
        found.push(Fault::new(field, message).mended_by(repair));
    } else if let Some((message, repair)) = repair::ending(field, typed) {
        found.push(Fault::new(field, message).mended_by(Some(repair)).hint());
    }
}

fn port(form: &Form, lane: Lane, found: &mut Vec<Fault>) {
    let (field, server) = (Field::port(lane), form.server(lane));
    let typed = server.port.trim();
    match server.port_number() {
        None => {
            let value = usual(lane);
            let repair = Repair::set(field, value.to_owned());
            found.push(Fault { value, ..Fault::new(field, words::BAD_PORT) }.mended_by(Some(repair)));
        }
        Some(port) if !typed.is_ascii() => {
            let repair = Repair::set(field, port.to_string());
            found.push(Fault::new(field, words::HOST_FULL_WIDTH).mended_by(Some(repair)));
        }
        Some(_) => {}
    }
}

/// The port that a service usually has, as text.
const fn usual(lane: Lane) -> &'static str {
    match lane {
        Lane::Imap => "993",
        Lane::Smtp => "465",
    }
}

/// The incoming host is called `smtp.…`, or the outgoing one `imap.…`, and not both alike.
fn swapped(form: &Form) -> Option<Fault> {
    let called = |lane: Lane, name: &str| {
        let host = repair::tidy(&form.server(lane).host).to_ascii_lowercase();
        host.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '-']))
    };
    let both = |name| called(Lane::Imap, name) && called(Lane::Smtp, name);
    let field = if called(Lane::Imap, "smtp") && !both("smtp") {
        Field::ImapHost
    } else if called(Lane::Smtp, "imap") && !both("imap") {
        Field::SmtpHost
    } else {
        return None;
    };
    Some(Fault::new(field, words::HOST_SWAPPED).mended_by(Some(Repair::swap())).hint())
}

fn users(form: &Form, signs_in: SignsIn, found: &mut Vec<Fault>) {
    let own_user = form.separate && !form.smtp_user.trim().is_empty();
    let needed = !form.imap.is_left_out() || !own_user;
    if signs_in.password && needed && form.user.trim().is_empty() && form.email.trim().is_empty() {
        found.push(Fault::new(Field::User, words::NEED_USER));
    }
    name(form, Field::User, found);
    if !form.separate {
        return;
    }
    let asked = !form.smtp.is_left_out() && signs_in.on(Lane::Smtp, true);
    if asked && form.smtp_user.trim().is_empty() {
        found.push(Fault::new(Field::SmtpUser, words::NEED_SMTP_USER));
    }
    name(form, Field::SmtpUser, found);
}

/// A user name may be anything, so full-width characters are a hint; what can't be seen or sent blocks.
fn name(form: &Form, field: Field, found: &mut Vec<Fault>) {
    let typed = form.value(field).trim();
    let tidy = repair::tidy(typed);
    // The same address twice needs saying once.
    if tidy == typed || (field == Field::User && typed == form.email.trim()) {
        return;
    }
    let blocks = typed.chars().any(error_model::text::is_control);
    found.push(
        Fault { blocks, ..Fault::new(field, words::EMAIL_WIDTH) }.mended_by(Some(Repair::set(field, tidy))),
    );
}
