//! A few questions that lead to the right test, on the pages of the errors without a number. They work without scripts.

use error_model::{
    Cause, Code, Lang, Str,
    strings::path::{self, CAUSES, LEAD, TEST, TITLE},
};
use leptos::prelude::*;
use web::{fill::say, route};

use crate::markdown::sentence;

/// A question, and its answers.
struct Question(Str, &'static [Answer]);

/// An answer: what is said, what it means, the code to test with, and the likely causes.
struct Answer(Str, Str, Code, &'static [Cause]);

const WORKED: Question = Question(
    path::WORKED,
    &[
        Answer(
            path::WORKED_YES,
            path::WORKED_YES_MEANS,
            Code::Reconnect,
            &[Cause::AuthorisationRevoked, Cause::DifferentAccount],
        ),
        Answer(
            path::WORKED_NO,
            path::WORKED_NO_MEANS,
            Code::Auth,
            &[Cause::SmtpAuthDisabled, Cause::ConsentMissing],
        ),
    ],
);

const ACCOUNT: Question = Question(
    path::ACCOUNT,
    &[
        Answer(
            path::ACCOUNT_YES,
            path::ACCOUNT_YES_MEANS,
            Code::Auth,
            &[Cause::SmtpAuthDisabled, Cause::MailboxNotLicensed],
        ),
        Answer(path::ACCOUNT_NO, path::ACCOUNT_NO_MEANS, Code::Auth, &[Cause::IdentityMismatch]),
    ],
);

const WAITED: Question = Question(
    path::WAITED,
    &[
        Answer(path::WAITED_SHORT, path::WAITED_SHORT_MEANS, Code::FirstSync, &[Cause::LargeMailbox]),
        Answer(path::WAITED_LONG, path::WAITED_LONG_MEANS, Code::FirstSync, &[Cause::SignInStalled]),
    ],
);

const WEBMAIL: Question = Question(
    path::WEBMAIL,
    &[
        Answer(
            path::WEBMAIL_YES,
            path::WEBMAIL_YES_MEANS,
            Code::FirstSync,
            &[Cause::SignInStalled, Cause::LargeMailbox],
        ),
        Answer(
            path::WEBMAIL_NO,
            path::WEBMAIL_NO_MEANS,
            Code::FirstSync,
            &[Cause::MailboxUnavailable, Cause::MailboxNotLicensed],
        ),
    ],
);

const PASSWORD: Question = Question(
    path::PASSWORD,
    &[
        Answer(path::PASSWORD_YES, path::PASSWORD_YES_MEANS, Code::Reconnect, &[Cause::AuthorisationRevoked]),
        Answer(
            path::PASSWORD_NO,
            path::PASSWORD_NO_MEANS,
            Code::Reconnect,
            &[Cause::DifferentAccount, Cause::AuthorisationRevoked],
        ),
    ],
);

const RENAMED: Question = Question(
    path::RENAMED,
    &[
        Answer(path::RENAMED_YES, path::RENAMED_YES_MEANS, Code::Reconnect, &[Cause::DifferentAccount]),
        Answer(path::RENAMED_NO, path::RENAMED_NO_MEANS, Code::Reconnect, &[Cause::AuthorisationRevoked]),
    ],
);

/// Who the administrator is; the test is that of the page.
macro_rules! admin {
    ($code:expr, $causes:expr) => {
        Question(
            path::ADMIN,
            &[
                Answer(path::ADMIN_ME, path::ADMIN_ME_MEANS, $code, $causes),
                Answer(path::ADMIN_IT, path::ADMIN_IT_MEANS, $code, $causes),
                Answer(path::ADMIN_NOBODY, path::ADMIN_NOBODY_MEANS, $code, &[Cause::ConsentMissing]),
            ],
        )
    };
}

const AUTH: &[Question] =
    &[WORKED, ACCOUNT, admin!(Code::Auth, &[Cause::SmtpAuthDisabled, Cause::ConsentMissing])];
const FIRST_SYNC: &[Question] =
    &[WAITED, WEBMAIL, admin!(Code::FirstSync, &[Cause::SmtpAuthDisabled, Cause::SignInStalled])];
const RECONNECT: &[Question] =
    &[PASSWORD, RENAMED, admin!(Code::Reconnect, &[Cause::AuthorisationRevoked, Cause::ConsentMissing])];

/// The questions of an error; those with a number have none.
pub fn questions(code: Code, lang: Lang) -> Option<impl IntoView + use<>> {
    let questions = match code {
        Code::Auth => AUTH,
        Code::FirstSync => FIRST_SYNC,
        Code::Reconnect => RECONNECT,
        _ => return None,
    };
    let questions = questions.iter().map(|Question(asked, answers)| {
        let answers = answers.iter().map(|one| answer(one, lang)).collect_view();
        view! {
            <li>
                <h3>{asked.get(lang)}</h3>
                {answers}
            </li>
        }
    });
    Some(view! {
        <section class="path" aria-labelledby="path">
            <h2 id="path">{TITLE.get(lang)}</h2>
            <p>{say(LEAD, lang)}</p>
            <ol class="path-questions">{questions.collect_view()}</ol>
        </section>
    })
}

fn answer(Answer(says, means, test, causes): &'static Answer, lang: Lang) -> impl IntoView + use<> {
    let causes = causes.iter().map(|cause| {
        let title = sentence(cause.texts().get(lang).title());
        view! { <li><a href=route::cause(lang, *cause) inner_html=title></a></li> }
    });
    view! {
        <details class="path-answer">
            <summary>{says.get(lang)}</summary>
            <p>{means.get(lang)}</p>
            <p class="path-causes">{CAUSES.get(lang)}</p>
            <ul>{causes.collect_view()}</ul>
            <p><a class="button" href=route::check(lang, Some(*test))>{TEST.get(lang)}</a></p>
        </details>
    }
}
