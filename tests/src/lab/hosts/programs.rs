//! Hosts of the other programs: each healthy once, and with the faults that it words in its own way.

use super::api::*;

const NOBODY_BEHIND: HaProxy = HaProxy { options: "", backend: false };

pub(super) const HOSTS: &[Host] = &[
    // Exim
    host("exim", Cert::Good, &[exim(465, Implicit, Exim::Usual), exim(587, OnRequest, Exim::Usual)]),
    host("exim-denies", Cert::Good, &[exim(587, OnRequest, Exim::Denies)]),
    host("exim-defers", Cert::Good, &[exim(587, OnRequest, Exim::Defers)]),
    host("exim-crowded", Cert::Good, &[exim(587, OnRequest, Exim::Crowded)]),
    host("exim-no-certificate", Cert::Good, &[exim(587, OnRequest, Exim::WithoutCertificate)]),
    host("exim-no-accounts", Cert::Good, &[exim(465, Implicit, Exim::WithoutAccounts)]),
    // Cyrus
    host("cyrus", Cert::Good, &[cyrus(993, Implicit, Cyrus::Usual), cyrus(143, OnRequest, Cyrus::Usual)]),
    host("cyrus-no-certificate", Cert::Good, &[cyrus(143, OnRequest, Cyrus::WithoutCertificate)]),
    host("cyrus-shut", Cert::Good, &[cyrus(143, OnRequest, Cyrus::ShuttingDown)]),
    // Courier
    host(
        "courier",
        Cert::Good,
        &[courier(993, Implicit, Courier::Usual), courier(143, OnRequest, Courier::Usual)],
    ),
    host("courier-no-certificate", Cert::Good, &[courier(993, Implicit, Courier::WithoutCertificate)]),
    host("courier-no-accounts", Cert::Good, &[courier(993, Implicit, Courier::WithoutAccounts)]),
    // nginx
    host(
        "nginx",
        Cert::Good,
        &[
            nginx(993, Implicit, Nginx::Imap),
            nginx(143, OnRequest, Nginx::Imap),
            nginx(465, Implicit, Nginx::Smtp),
            nginx(587, OnRequest, Nginx::Smtp),
        ],
    ),
    host(
        "nginx-no-accounts",
        Cert::Good,
        &[nginx(993, Implicit, Nginx::ImapWithoutAccounts), nginx(465, Implicit, Nginx::SmtpWithoutAccounts)],
    ),
    // HAProxy
    host("haproxy", Cert::Good, &[haproxy(993, "")]),
    host("haproxy-alone", Cert::Good, &[(993, Service::HaProxy(Implicit, NOBODY_BEHIND))]),
    host("members-only-tls12", Cert::Good, &[haproxy(993, "verify required ca-file {ca} no-tlsv13")]),
    host("tls13-only", Cert::Good, &[haproxy(993, "ssl-min-ver TLSv1.3")]),
    host("tls10-only", Cert::Rsa, &[haproxy(993, "ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.0")]),
    host("sni-only", Cert::Good, &[haproxy(993, "strict-sni")]),
    host("other-sni-only", Cert::OtherHost("sni-only.mail.test"), &[haproxy(993, "strict-sni")]),
    host(
        "dhe-only",
        Cert::Rsa,
        &[haproxy(993, "no-tlsv13 ciphers DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256")],
    ),
];
