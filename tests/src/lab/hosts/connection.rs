//! Hosts that can't be reached, or answer with something else.

use super::{Dovecot::Usual, api::*};

const BLOCKS: &[&str] = &["smtpd_delay_reject=no", "smtpd_client_restrictions=reject"];
const BUSY: &[&str] = &[
    "smtpd_delay_reject=no",
    "smtpd_client_restrictions=check_client_access static:{421 4.3.2 All server ports are busy}",
];
const SLOW: &[&str] = &["smtpd_delay_reject=no", "smtpd_client_restrictions=sleep 8"];
/// Markup as in `ca::MARKUP`, a reversed direction of writing and a sequence that clears a terminal.
const HOSTILE_GREETING: &str =
    "220 <img src=x onerror=ran=1><script>ran=1</script> \u{202e}tset.liam\u{202c} \u{1b}[2J ESMTP\r\n";

pub(super) const HOSTS: &[Host] = &[
    host("closed", Cert::Good, &[IMAP, SUBMISSION]),
    host("smtp-everywhere", Cert::Good, &[smtp(143, OnRequest, &[]), smtp(993, Implicit, &[])]),
    host("pop3", Cert::Good, &[nginx(143, OnRequest, Nginx::Pop3)]),
    host("ssh", Cert::Good, &[script(587, Says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))]),
    host("tls-at-once", Cert::Good, &[imap(143, Usual, Implicit), smtp(587, Implicit, &[])]),
    host("filtered", Cert::Good, &[(993, Filtered), IMAP, (465, Filtered), SUBMISSION]),
    host("no-port-25", Cert::Good, &[(25, Filtered), SMTPS, SUBMISSION]),
    host(
        "down",
        Cert::Good,
        &[
            (25, Filtered),
            (143, Filtered),
            (465, Filtered),
            (587, Filtered),
            (993, Filtered),
            (2525, Filtered),
        ],
    ),
    host("silent", Cert::Good, &[script(143, Script::Silent), script(587, Script::Silent)]),
    host(
        "blocking",
        Cert::Good,
        &[
            smtp(587, OnRequest, BLOCKS),
            script(143, Says("* BYE Access from your country is not allowed\r\n")),
        ],
    ),
    host("closing", Cert::Good, &[courier(143, OnRequest, Courier::Crowded)]),
    host("silent-inside", Cert::Good, &[script(993, Script::SilentInside), IMAP]),
    host("late", Cert::Good, &[script(993, Script::Late), IMAP]),
    host("slow", Cert::Good, &[smtp(587, OnRequest, SLOW)]),
    host(
        "busy",
        Cert::Good,
        &[smtp(587, OnRequest, BUSY), script(143, Says("* BYE [UNAVAILABLE] Server shutting down.\r\n"))],
    ),
    host("dropping", Cert::Good, &[script(143, HangsUpAfter("* OK IMAP4rev1 ready\r\n"))]),
    host("hostile", Cert::Hostile, &[IMAPS, script(587, HangsUpAfter(HOSTILE_GREETING))]),
    host("puzzling", Cert::Good, &[script(143, Says("\u{1b}[2J?? 42 who are you\r\n"))]),
];
