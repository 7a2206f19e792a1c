//! The lab's certificate authority: one healthy certificate and one for each fault, all made on the spot.

use std::path::PathBuf;
use std::process::Command;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, CertifiedIssuer,
    CrlDistributionPoint, CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair,
    KeyUsagePurpose, RevokedCertParams, SerialNumber, date_time_ymd,
};

use super::process::{program, run};

mod odd;

/// Where the issuing authority's certificate can be fetched (RFC 5280 section 4.2.2.1).
pub const AIA_URL: &str = "http://aia.mail.test/issuer.der";

/// Where the issuing authority's list of revoked certificates is (RFC 5280 section 4.2.1.13).
pub const CRL_URL: &str = "http://crl.mail.test/issuing.crl";

/// The serial number of [`Cert::Revoked`].
const REVOKED: u64 = 13;

/// Runs a script wherever somebody takes it for HTML. `ran` is what it would leave behind in the page.
pub const MARKUP: &str = "<img src=x onerror=ran=1><script>ran=1</script>";

/// What is right or wrong with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cert {
    /// The host's own name, signed by the trusted authority, chain complete, valid for years.
    Good,
    /// Signed with its own key, as `openssl req -x509` does.
    SelfSigned,
    /// What a mail program makes when it is installed: `localhost`, signed with its own key.
    Default,
    /// Good, but valid until 1 February 2021.
    Expired,
    /// Good, but valid from 1 January 2045.
    NotYetValid,
    /// Good, but sent alone; it says where its issuer can be fetched.
    ChainIncomplete,
    /// Good, but on the authority's list of revoked certificates.
    Revoked,
    /// Good; it names the authority's list of revoked certificates, and isn't on it.
    NotRevoked,
    /// Good; it names a list of revoked certificates that nobody serves.
    ListOutOfReach,
    /// An RSA key of 1024 bits.
    WeakKey,
    /// Signed with SHA-1.
    WeakSignature,
    /// Names another host of the same domain, which has the same address.
    OtherHost(&'static str),
    /// Names a host of another registrable domain.
    OtherDomain,
    /// `*.mail.test` only.
    Wildcard,
    /// Ends in a root that nobody trusts, and the root is sent along.
    PrivateAuthority,
    /// Ends in a root that has the name of one that every store took out, and is sent along.
    DistrustedAuthority,
    /// Issued by an authority that is neither trusted nor sent, and can't be fetched.
    UnknownAuthority,
    /// The name is in the subject's common name only.
    NoAlternativeName,
    /// Allowed for clients only.
    ClientOnly,
    /// X.509 version 1: no extensions at all.
    Version1,
    /// Good, but one bit of the signature is flipped.
    BrokenSignature,
    /// Issued by the root of an antivirus program that reads mail in transit.
    Inspected,
    /// Names that are markup, and reverse the direction of writing: [`MARKUP`].
    Hostile,
    /// Good, with an RSA key of 2048 bits.
    Rsa,
    /// Good, with a key on the curve P-521.
    P521,
    /// Good, and then certificates that nobody needs, until a TLS message is as full as it can be: nearly 64 KiB.
    LongChain,
    /// Good, and then certificates that nobody needs, more than a handshake message of 64 KiB can hold.
    EndlessChain,
}

/// A certificate chain and its key, as files a server can load.
#[derive(Clone, Debug)]
pub struct Files {
    /// The chain that the server sends, leaf first (PEM).
    pub chain: PathBuf,
    /// The private key (PEM).
    pub key: PathBuf,
    /// Both in one file, the chain first (PEM).
    pub bundle: PathBuf,
}

impl Files {
    fn write_bundle(&self) {
        let read = |path: &PathBuf| std::fs::read(path).expect("it was written just now");
        std::fs::write(&self.bundle, [read(&self.chain), read(&self.key)].concat())
            .expect("the lab's directory is writable");
    }
}

/// The authorities of the lab and the directory where their work goes.
pub struct Authority {
    directory: PathBuf,
    root: CertifiedIssuer<'static, KeyPair>,
    issuing: CertifiedIssuer<'static, KeyPair>,
    private: CertifiedIssuer<'static, KeyPair>,
    inspecting: CertifiedIssuer<'static, KeyPair>,
    distrusted: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// Makes the authorities; all of their files go to `directory`.
    pub fn create(directory: PathBuf) -> Self {
        std::fs::create_dir(&directory).expect("the lab's directory is writable");
        let root = self_signed_authority("mailtriage lab root");
        let issuing = CertifiedIssuer::signed_by(authority("mailtriage lab issuing authority"), key(), &root)
            .expect("a valid request");
        let private = self_signed_authority("Example Company Private Root");
        let inspecting = self_signed_authority("Avast Web/Mail Shield Root");
        let distrusted = self_signed_authority("DigiNotar Root CA");
        let this = Self { directory, root, issuing, private, inspecting, distrusted };
        std::fs::write(this.trust_anchor(), this.root.pem()).expect("the lab's directory is writable");
        this
    }

    /// The file with the one root that the checks are told to trust.
    pub fn trust_anchor(&self) -> PathBuf {
        self.directory.join("ca.pem")
    }

    /// The issuing authority's certificate (DER), as served at [`AIA_URL`].
    pub fn issuer_der(&self) -> Vec<u8> {
        self.issuing.der().to_vec()
    }

    /// The issuing authority's list of revoked certificates (DER), as served at [`CRL_URL`].
    pub fn revocation_list(&self) -> Vec<u8> {
        let revoked = RevokedCertParams {
            serial_number: SerialNumber::from(REVOKED),
            revocation_time: date_time_ymd(2024, 1, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2024, 1, 2),
            next_update: date_time_ymd(2049, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: vec![revoked],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuing).expect("a valid list").der().to_vec()
    }

    /// The certificate of one port, which differs from that of the host's other ports.
    pub fn issue_for_port(&self, cert: Cert, host: &str, port: u16) -> Files {
        let files = self.issue(cert, host);
        let read = |file| std::fs::read_to_string(file).expect("it was written just now");
        self.write(&format!("{host}-{port}"), &read(files.chain), &read(files.key))
    }

    /// Makes the certificate for `host` with the fault that `cert` names.
    pub fn issue(&self, cert: Cert, host: &str) -> Files {
        let key = key();
        let key_pem = key.serialize_pem();
        let issuing = &self.issuing;
        let good = || leaf(host, &[host]);
        let chained = |leaf: Certificate| leaf.pem() + &issuing.pem();
        let issued = |params: CertificateParams| chained(sign(&params, &key, issuing));
        let chain = match cert {
            Cert::Good => issued(good()),
            Cert::SelfSigned => own(with(good(), |it| it.is_ca = unlimited()), &key),
            Cert::Default => own(leaf("localhost", &["localhost"]), &key),
            Cert::Expired => issued(valid(good(), 2020, 2021)),
            Cert::NotYetValid => issued(valid(good(), 2045, 2049)),
            Cert::ChainIncomplete => {
                sign(&with(good(), |it| it.custom_extensions = vec![aia()]), &key, issuing).pem()
            }
            Cert::Revoked => issued(with(listed(good(), CRL_URL), |it| {
                it.serial_number = Some(SerialNumber::from(REVOKED));
            })),
            Cert::NotRevoked => issued(listed(good(), CRL_URL)),
            Cert::ListOutOfReach => issued(listed(good(), "http://good.mail.test/nothing.crl")),
            Cert::WeakKey => return self.issue_for_weak_key(&good(), &key, host),
            Cert::WeakSignature => {
                return self.issue_with_openssl(&good(), &key, host, &["-sha1", "-copy_extensions", "copy"]);
            }
            Cert::Version1 => {
                let bare = with(CertificateParams::default(), |it| it.distinguished_name = name(host));
                return self.issue_with_openssl(&bare, &key, host, &["-sha256"]);
            }
            Cert::OtherHost(other) => issued(leaf(other, &[other])),
            Cert::OtherDomain => issued(leaf("server7.hosting.test", &["server7.hosting.test"])),
            Cert::Wildcard => issued(leaf("*.mail.test", &["*.mail.test"])),
            Cert::PrivateAuthority => sign(&good(), &key, &self.private).pem() + &self.private.pem(),
            Cert::DistrustedAuthority => sign(&good(), &key, &self.distrusted).pem() + &self.distrusted.pem(),
            Cert::UnknownAuthority => sign(&good(), &key, &self.private).pem(),
            Cert::NoAlternativeName => issued(leaf(host, &[])),
            Cert::ClientOnly => issued(with(good(), |it| {
                it.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            })),
            Cert::BrokenSignature => self.damaged(&sign(&good(), &key, issuing), host) + &issuing.pem(),
            Cert::Inspected => sign(&good(), &key, &self.inspecting).pem() + &self.inspecting.pem(),
            Cert::Hostile => {
                issued(leaf(&format!("{MARKUP}\u{202e}tset.liam"), &[&format!("{MARKUP}.mail.test")]))
            }
            Cert::Rsa | Cert::P521 | Cert::LongChain | Cert::EndlessChain => return self.odd(cert, host),
        };
        self.write(host, &chain, &key_pem)
    }

    fn write(&self, host: &str, chain: &str, key: &str) -> Files {
        let (chain_file, key_file) = (self.path(host, "pem"), self.path(host, "key"));
        let files = Files { chain: chain_file, key: key_file, bundle: self.path(host, "bundle") };
        std::fs::write(&files.chain, chain).expect("the lab's directory is writable");
        std::fs::write(&files.key, key).expect("the lab's directory is writable");
        files.write_bundle();
        files
    }

    fn path(&self, host: &str, extension: &str) -> PathBuf {
        self.directory.join(format!("{host}.{extension}"))
    }

    /// What rcgen has no words for: a digest, a version or a key that nobody should use any more.
    fn issue_with_openssl(
        &self,
        params: &CertificateParams,
        key: &KeyPair,
        host: &str,
        more: &[&str],
    ) -> Files {
        let request = self.path(host, "csr");
        // A request has no place for the issuer's key identifier.
        let params = with(params.clone(), |it| it.use_authority_key_identifier_extension = false);
        let pem = params.serialize_request(key).and_then(|request| request.pem()).expect("a valid request");
        std::fs::write(&request, pem).expect("the lab's directory is writable");
        let issuer = self.write("issuer", &self.issuing.pem(), &self.issuing.key().serialize_pem());
        let mut command = openssl();
        command
            .args(["x509", "-req", "-days", "3650", "-set_serial", "7"])
            .args(more)
            .arg("-in")
            .arg(request);
        command.arg("-CA").arg(issuer.chain).arg("-CAkey").arg(issuer.key);
        let leaf = text(run(&mut command));
        self.write(host, &(leaf + &self.issuing.pem()), &key.serialize_pem())
    }

    /// The request is for a key of today's strength; the certificate is then made for the weak one.
    fn issue_for_weak_key(&self, params: &CertificateParams, key: &KeyPair, host: &str) -> Files {
        let weak = self.path(host, "weak");
        run(openssl()
            .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out"])
            .arg(&weak));
        let public = self.path(host, "public");
        run(openssl().args(["pkey", "-pubout", "-in"]).arg(&weak).arg("-out").arg(&public));
        let public = public.to_str().expect("the lab's directory has a plain name");
        let files = self.issue_with_openssl(
            params,
            key,
            host,
            &["-copy_extensions", "copy", "-force_pubkey", public],
        );
        std::fs::rename(weak, &files.key).expect("the lab's directory is writable");
        files.write_bundle();
        files
    }

    /// Flips the last bit of a certificate, which is part of its signature.
    fn damaged(&self, certificate: &Certificate, host: &str) -> String {
        let mut der = certificate.der().to_vec();
        *der.last_mut().expect("a certificate has bytes") ^= 1;
        let file = self.path(host, "der");
        std::fs::write(&file, der).expect("the lab's directory is writable");
        text(run(openssl().args(["x509", "-inform", "der", "-in"]).arg(file)))
    }
}

/// The subject alternative name and the usual usages of a mail server, valid from 2020 until 2050.
fn leaf(common_name: &str, alternative_names: &[&str]) -> CertificateParams {
    let names: Vec<String> = alternative_names.iter().map(|&name| name.to_owned()).collect();
    let params = CertificateParams::new(names).expect("host names are valid");
    let params = with(params, |it| {
        it.distinguished_name = name(common_name);
        it.is_ca = IsCa::ExplicitNoCa;
        it.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        it.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        it.use_authority_key_identifier_extension = true;
    });
    valid(params, 2020, 2050)
}

fn authority(common_name: &str) -> CertificateParams {
    let params = with(CertificateParams::default(), |it| {
        it.distinguished_name = name(common_name);
        it.is_ca = unlimited();
        it.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    });
    valid(params, 2020, 2050)
}

fn self_signed_authority(common_name: &str) -> CertifiedIssuer<'static, KeyPair> {
    CertifiedIssuer::self_signed(authority(common_name), key()).expect("a valid request")
}

fn unlimited() -> IsCa {
    IsCa::Ca(BasicConstraints::Unconstrained)
}

fn name(common_name: &str) -> rcgen::DistinguishedName {
    let mut name = rcgen::DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

fn valid(params: CertificateParams, from_year: i32, until_year: i32) -> CertificateParams {
    with(params, |it| {
        it.not_before = date_time_ymd(from_year, 1, 1);
        it.not_after = date_time_ymd(until_year, 2, 1);
    })
}

/// Names a list of revoked certificates.
fn listed(params: CertificateParams, list: &str) -> CertificateParams {
    let point = CrlDistributionPoint { uris: vec![list.to_owned()] };
    with(params, |it| it.crl_distribution_points = vec![point])
}

fn with(mut params: CertificateParams, change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    change(&mut params);
    params
}

fn sign(params: &CertificateParams, key: &KeyPair, issuer: &CertifiedIssuer<'_, KeyPair>) -> Certificate {
    params.signed_by(key, issuer).expect("a valid request")
}

fn own(params: CertificateParams, key: &KeyPair) -> String {
    params.self_signed(key).expect("a valid request").pem()
}

fn key() -> KeyPair {
    KeyPair::generate().expect("the machine has randomness")
}

/// AuthorityInfoAccess with one `caIssuers` address, in DER by hand: every length here is below 128.
fn aia() -> CustomExtension {
    const CA_ISSUERS: [u8; 10] = [0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02];
    let tagged = |tag: u8, content: &[u8]| {
        let length = u8::try_from(content.len()).expect("a short extension");
        [&[tag, length], content].concat()
    };
    let description = [&CA_ISSUERS[..], &tagged(0x86, AIA_URL.as_bytes())].concat();
    let content = tagged(0x30, &tagged(0x30, &description));
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], content)
}

fn openssl() -> Command {
    Command::new(program("openssl", "openssl"))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("openssl prints PEM")
}
