//! A test within a case: its `start` says so with the customer's token.

use std::cell::RefCell;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Records tests in the case of this token from now on, or in none.
pub fn share(token: Option<String>) {
    TOKEN.with(|shared| *shared.borrow_mut() = token);
}

/// The `start` message with the token, where tests are shared.
pub fn in_case(start: String) -> String {
    // Tokens have letters and digits only, and the message is an object.
    TOKEN.with(|shared| match (&*shared.borrow(), start.strip_suffix('}')) {
        (Some(token), Some(open)) => [open, ",\"case\":\"", token, "\"}"].concat(),
        _ => start,
    })
}
