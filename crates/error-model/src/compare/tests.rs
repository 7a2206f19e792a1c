//! What was reported and what was seen, and what becomes of the two: a table.

use crate::{
    Cause, Code, Lane, Security,
    comparison::{Relation, Why},
    evidence::*,
    testing::{sign_in::*, tls::*, *},
};

/// What was seen, and for each reported code the relation and the reasons in their order.
struct Row {
    name: &'static str,
    seen: fn() -> Builder,
    told: &'static [(Code, Relation, &'static [Why])],
}

use Relation::*;
use Why::*;

const TABLE: &[Row] = &[
    Row {
        name: "everything passes, and the sign-in was part of it",
        seen: both_pass,
        told: &[
            (Code::E001, NothingFound, &[DnsTtl, AllowList, PassingFault, OtherSettings]),
            (Code::E002, NothingFound, &[AllowList, DnsTtl, PassingFault, OtherSettings]),
            (Code::E003, NothingFound, &[AllowList, DnsTtl, PassingFault, OtherSettings]),
            (Code::E006, NothingFound, &[DnsTtl, OtherSettings]),
            (Code::E009, NothingFound, &[OtherPassword, AllowList, DnsTtl, PassingFault, OtherSettings]),
            (Code::Auth, NothingFound, &[OtherPassword, PassingFault, OtherSettings]),
            (Code::FirstSync, NothingFound, &[OtherPassword, PassingFault, OtherSettings]),
            (Code::Reconnect, NothingFound, &[OtherPassword, OtherSettings]),
        ],
    },
    Row {
        name: "receiving alone passes, without a password",
        seen: || {
            receiving()
                .saw(Lane::Imap, connected())
                .saw(Lane::Imap, offers(true, &["PLAIN"], false, false))
                .saw(Lane::Imap, skipped(SignInSkip::NoSecret))
        },
        told: &[
            (Code::E002, NothingFound, &[LaneNotTested, AllowList, PassingFault, OtherSettings]),
            (
                Code::E009,
                NothingFound,
                &[LaneNotTested, SignInNotTested, AllowList, PassingFault, OtherSettings],
            ),
            (Code::FirstSync, NothingFound, &[SignInNotTested, PassingFault, OtherSettings]),
        ],
    },
    Row {
        name: "one address of two is dead",
        seen: || {
            both_pass()
                .saw(Lane::Imap, attempt("192.0.2.9", ConnectOutcome::TimedOut))
                .saw(Lane::Imap, attempt("2001:db8::1", ConnectOutcome::NetworkUnreachable))
        },
        told: &[
            (Code::E002, NothingFound, &[AddressFails, AllowList, DnsTtl, PassingFault, OtherSettings]),
            (Code::E005, NothingFound, &[DnsTtl, OtherSettings]),
        ],
    },
    Row {
        name: "the server takes its time",
        seen: || both_pass().saw(Lane::Smtp, greeting(GreetingOutcome::Ready, 5_500)),
        told: &[(Code::E002, NothingFound, &[PassingFault, AllowList, DnsTtl, OtherSettings])],
    },
    Row {
        name: "the certificate is five days old",
        seen: || both_pass().saw(Lane::Imap, chain_since(1_790_000_000 - 5 * 86_400)),
        told: &[
            (Code::E005, NothingFound, &[RenewedCertificate, DnsTtl, OtherSettings]),
            (Code::E009, NothingFound, &[OtherPassword, AllowList, DnsTtl, PassingFault, OtherSettings]),
        ],
    },
    Row {
        name: "the certificate is a year old, or not valid yet",
        seen: || {
            both_pass()
                .saw(Lane::Imap, chain_since(1_790_000_000 - 365 * 86_400))
                .saw(Lane::Smtp, chain_since(1_790_000_001))
        },
        told: &[(Code::E005, NothingFound, &[DnsTtl, OtherSettings])],
    },
    Row {
        name: "the hoster filters sign-ins from other countries",
        seen: || both_pass().saw(Lane::Smtp, Known { overseas_filter: true, ..Known::PLAIN }.observation()),
        told: &[
            (
                Code::E009,
                NothingFound,
                &[LocationFilter, OtherPassword, AllowList, DnsTtl, PassingFault, OtherSettings],
            ),
            (Code::E002, NothingFound, &[AllowList, DnsTtl, PassingFault, OtherSettings]),
        ],
    },
    Row {
        name: "the certificate has expired",
        seen: || imaps().saw(Lane::Imap, verdict([CertificateFault::Expired { index: 0, not_after: 1 }])),
        told: &[
            (Code::E005, Same, &[]),
            (Code::E008, AlsoShownAs, &[]),
            (Code::E003, Behind, &[]),
            (Code::FirstSync, Behind, &[]),
            (Code::E006, Instead, &[OtherSettings]),
            (Code::E009, Hides, &[OtherSettings]),
            (Code::Reconnect, Hides, &[OtherSettings]),
            (Code::E002, Past, &[LaneNotTested, PassingFault, OtherSettings]),
        ],
    },
    Row {
        name: "two faults of one certificate",
        seen: || {
            let expired = CertificateFault::Expired { index: 0, not_after: 1 };
            imaps().saw(Lane::Imap, verdict([expired, other_name()]))
        },
        told: &[(Code::E005, Same, &[]), (Code::E006, Further, &[])],
    },
    Row {
        name: "a fault on each lane",
        seen: || {
            both_lanes()
                .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
                .saw(Lane::Smtp, connected())
                .saw(Lane::Smtp, encrypted())
                .saw(Lane::Smtp, verdict([CertificateFault::Expired { index: 0, not_after: 1 }]))
        },
        told: &[
            (Code::E002, Same, &[]),
            (Code::E005, OtherLane, &[]),
            (Code::E007, OtherLane, &[]),
            (Code::E009, Hides, &[OtherSettings]),
        ],
    },
    Row {
        name: "the sign-in is refused",
        seen: || {
            both()
                .saw(Lane::Imap, resolved_for(300))
                .saw(Lane::Imap, connected())
                .saw(Lane::Imap, plainly_refused(Lane::Imap))
                .saw(Lane::Smtp, plainly_refused(Lane::Smtp))
        },
        told: &[
            (Code::E009, Same, &[]),
            (Code::Auth, Behind, &[]),
            (Code::FirstSync, Same, &[]),
            (Code::Reconnect, Same, &[]),
            (Code::E003, Behind, &[]),
            (Code::E001, Past, &[DnsTtl, AllowList, PassingFault, OtherSettings]),
            (Code::E005, Past, &[DnsTtl, OtherSettings]),
        ],
    },
    Row {
        name: "this test is turned away",
        seen: || {
            imaps().saw(Lane::Imap, resolved_for(300)).saw(Lane::Imap, connected()).saw(
                Lane::Imap,
                turned_away(reply(ReplyStatus::Bye, None, "Access from your country is denied")),
            )
        },
        told: &[
            (Code::E002, Same, &[]),
            (Code::E009, Hides, &[TurnedAway, DnsTtl, OtherSettings]),
            (Code::E001, Past, &[LaneNotTested, DnsTtl, AllowList, PassingFault, OtherSettings]),
        ],
    },
    Row {
        name: "the server is full",
        seen: || imaps().saw(Lane::Imap, turned_away(reply(ReplyStatus::Bye, None, "Server is busy"))),
        told: &[(Code::E006, Hides, &[PassingFault, OtherSettings])],
    },
    Row {
        name: "the intermediate certificate is missing",
        seen: || {
            let fault = CertificateFault::ChainIncomplete { missing: "CN=Issuer".into(), completed: true };
            imaps().saw(Lane::Imap, verdict([fault]))
        },
        told: &[(Code::E005, Same, &[]), (Code::E009, Hides, &[IntermediateKnown, OtherSettings])],
    },
    Row {
        name: "a first sync of a full mailbox",
        seen: || receiving().saw(Lane::Imap, accepted()).saw(Lane::Imap, opened(120_000)),
        told: &[(Code::FirstSync, Same, &[])],
    },
    Row {
        name: "the mailbox doesn't open",
        seen: || receiving().saw(Lane::Imap, accepted()).saw(Lane::Imap, not_opened("NO [INUSE] in use")),
        told: &[
            (Code::FirstSync, Same, &[]),
            (Code::Auth, Behind, &[]),
            (Code::E009, Past, &[LaneNotTested, OtherPassword, PassingFault, OtherSettings]),
        ],
    },
];

/// Both services pass every step.
fn both_pass() -> Builder {
    let passes = |seen: Builder, lane| {
        seen.saw(lane, resolved_for(300))
            .saw(lane, connected())
            .saw(lane, offers(true, &["PLAIN"], false, false))
            .saw(lane, accepted())
    };
    passes(passes(both(), Lane::Imap), Lane::Smtp)
}

/// The host resolves, and the answer may be kept for so many seconds.
fn resolved_for(seconds: u32) -> Observation {
    let mut answer = resolved("192.0.2.1");
    if let Observation::DnsAnswer { ttl_s, .. } = &mut answer {
        *ttl_s = Some(seconds);
    }
    answer
}

/// A certificate that is valid since this moment.
fn chain_since(moment: i64) -> Observation {
    let mut chain = chain("CN=Issuer", "ab");
    if let Observation::CertificateChain { certificates } = &mut chain {
        certificates[0].not_before = moment;
    }
    chain
}

#[test]
fn every_reported_code_stands_to_what_was_found_as_the_table_says() {
    for Row { name, seen, told } in TABLE {
        for (code, relation, reasons) in *told {
            let diagnosis = seen().reported(*code).diagnose();
            let compared =
                diagnosis.reported.as_ref().unwrap_or_else(|| panic!("{name}: {code} isn't compared"));
            let why: Vec<Why> = compared.reasons.iter().map(|reason| reason.why).collect();
            assert_eq!(
                (compared.code, compared.relation, why.as_slice()),
                (*code, *relation, *reasons),
                "{name}: {code} and {:?}",
                diagnosis.cause
            );
        }
    }
}

#[test]
fn the_table_has_every_relation_and_every_reason() {
    let told = || TABLE.iter().flat_map(|row| row.told);
    for relation in Relation::ALL {
        assert!(told().any(|(_, known, _)| known == relation), "{relation:?}");
    }
    for why in Why::ALL {
        assert!(told().any(|(_, _, reasons)| reasons.contains(why)), "{why:?}");
    }
}

fn compared(seen: Builder, code: Code) -> crate::Comparison {
    seen.reported(code).diagnose().reported.expect("a code was reported")
}

#[test]
fn the_finding_that_accounts_for_the_code_is_named() {
    let on_each_lane = || {
        both_lanes()
            .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
            .saw(Lane::Smtp, verdict([CertificateFault::Expired { index: 0, not_after: 1 }]))
    };
    let told = |code| {
        let compared = compared(on_each_lane(), code);
        (compared.lane, compared.cause)
    };
    assert_eq!(told(Code::E002), (Some(Lane::Imap), Some(Cause::PortClosed)));
    assert_eq!(told(Code::E008), (Some(Lane::Smtp), Some(Cause::Expired)));
    let nothing = compared(both_pass(), Code::E002);
    assert_eq!((nothing.lane, nothing.cause), (None, None));
}

#[test]
fn an_old_answer_ends_when_the_last_of_the_new_ones_does() {
    let seen = both_pass().saw(Lane::Smtp, resolved_for(3_600)).saw(Lane::Smtp, resolved_for(0));
    let reasons = compared(seen, Code::E005).reasons;
    let stale = reasons.iter().find(|reason| reason.why == DnsTtl).unwrap();
    // The answer came in the first second of the run.
    assert_eq!((stale.at, stale.ttl_s), (Some(1_790_000_000 + 1 + 3_600), Some(3_600)));
    assert_eq!(stale.observations, [9]);
}

#[test]
fn a_moment_beyond_all_calendars_is_no_panic() {
    let mut evidence = both_pass().reported(Code::E001).saw(Lane::Imap, resolved_for(u32::MAX)).finish();
    evidence.started_at = i64::MAX;
    evidence.observations.last_mut().unwrap().at_ms = u64::MAX;
    let reasons = crate::diagnose(&evidence).reported.unwrap().reasons;
    assert_eq!(reasons[0].at, Some(i64::MAX));
}

#[test]
fn a_typed_address_has_no_answer_that_could_be_old() {
    let seen = receiving().saw(Lane::Imap, connected()).saw(Lane::Imap, accepted());
    let reasons = compared(seen, Code::E005).reasons;
    assert!(reasons.iter().all(|reason| reason.why != DnsTtl), "{reasons:?}");
}

#[test]
fn the_service_that_wasn_t_tested_is_named() {
    let seen = sending().saw(Lane::Smtp, connected()).saw(Lane::Smtp, accepted());
    let first = &compared(seen, Code::FirstSync).reasons[0];
    assert_eq!((first.why, first.lane), (LaneNotTested, Some(Lane::Imap)));
}

#[test]
fn nothing_is_compared_before_anything_is_known_or_where_nothing_was_reported() {
    let early = both_pass().reported(Code::E002).unfinished();
    assert_eq!(crate::diagnose(&early).reported, None);
    assert_eq!(both_pass().diagnose().reported, None);
    assert_eq!(both_pass().reported(Code::Ok).diagnose().reported, None);
}

#[test]
fn a_fault_is_compared_while_the_run_goes_on() {
    let early = evidence()
        .imap("mail.example.com", 993, Security::Tls)
        .reported(Code::E002)
        .saw(Lane::Imap, attempt("192.0.2.1", ConnectOutcome::Refused))
        .unfinished();
    assert_eq!(crate::diagnose(&early).reported.map(|compared| compared.relation), Some(Same));
}
