//! Faults of a certificate, in a few technical words each.

use error_model::{
    Lang,
    evidence::{CertificateFault, MissingInformation, NameRelation},
    words::day,
};

use super::say;

/// One fault. Names in it are the certificate's own; whoever prints them shows controls as escapes.
pub(super) fn fault(fault: &CertificateFault, lang: Lang) -> String {
    use CertificateFault as F;
    let which = match fault {
        F::Unreadable { index }
        | F::BrokenSignature { index }
        | F::MissingInformation { index, .. }
        | F::Expired { index, .. }
        | F::NotYetValid { index, .. }
        | F::WeakKey { index, .. }
        | F::WeakSignature { index, .. }
        | F::Revoked { index } => place(*index, lang),
        _ => String::new(),
    };
    match fault {
        F::Unreadable { .. } => {
            say!(lang, "{which}を読み取れません", "{which} can't be read")
        }
        F::BrokenSignature { .. } => {
            say!(lang, "{which}の署名が壊れています", "the signature of {which} is broken")
        }
        F::SelfSigned => say!(lang, "自己署名です", "self-signed"),
        F::DefaultCertificate { sign } => {
            say!(lang, "初期設定のままの証明書です({sign})", "a default certificate ({sign})")
        }
        F::ChainIncomplete { missing, completed: true } => {
            say!(
                lang,
                "中間証明書が送られていません({missing})。補うと信頼できます",
                "the intermediate isn't sent ({missing}); with it the path is trusted"
            )
        }
        F::ChainIncomplete { missing, completed: false } => {
            say!(lang, "中間証明書が送られていません({missing})", "the intermediate isn't sent ({missing})")
        }
        F::PrivateAuthority { root } => {
            say!(lang, "公開されていない認証局です({root})", "a private authority ({root})")
        }
        F::DistrustedAuthority { root, .. } => {
            say!(lang, "信頼を取り消された認証局です({root})", "a distrusted authority ({root})")
        }
        F::UnknownAuthority { issuer } => {
            say!(lang, "発行元を確認できません({issuer})", "the issuer is unknown ({issuer})")
        }
        F::InterceptionProduct { product } => {
            say!(
                lang,
                "通信を検査する製品が発行しています({product})",
                "issued by an interception product ({product})"
            )
        }
        F::MissingInformation { what, .. } => {
            let what = missing(*what, lang);
            say!(lang, "{which}: {what}", "{which}: {what}")
        }
        F::Expired { not_after, .. } => {
            let date = day(*not_after);
            say!(lang, "{which}の有効期限は{date}まででした", "{which} expired on {date}")
        }
        F::NotYetValid { not_before, .. } => {
            let date = day(*not_before);
            say!(lang, "{which}は{date}から有効です", "{which} is valid from {date}")
        }
        F::WeakKey { bits, .. } => {
            say!(lang, "{which}の鍵が短すぎます({bits}ビット)", "the key of {which} has only {bits} bits")
        }
        F::WeakSignature { algorithm, .. } => {
            say!(lang, "{which}の署名方式が古すぎます({algorithm})", "{which} is signed with {algorithm}")
        }
        F::NameMismatch { relation, names } => {
            let (relation, names) = (self::relation(*relation, lang), names.join(", "));
            say!(lang, "{relation}。証明書の名前: {names}", "{relation}; the certificate is for: {names}")
        }
        F::Revoked { .. } => {
            say!(lang, "{which}は失効しています", "{which} is revoked")
        }
    }
}

/// Which certificate of the chain is meant; 0 is the server's own.
fn place(index: u32, lang: Lang) -> String {
    let position = index.saturating_add(1);
    match index {
        0 => say!(lang, "サーバーの証明書", "the server's certificate"),
        _ => say!(lang, "チェーンの{position}番目の証明書", "certificate {position} of the chain"),
    }
}

fn missing(what: MissingInformation, lang: Lang) -> String {
    use MissingInformation as M;
    match what {
        M::SubjectAlternativeName => {
            say!(lang, "サブジェクト代替名がありません", "no subject alternative name")
        }
        M::ServerAuthentication => {
            say!(lang, "サーバー認証の用途がありません", "not for server authentication")
        }
        M::BasicConstraints => say!(lang, "基本制約がない発行者です", "an issuer without basic constraints"),
        M::AuthorityAsServer => {
            say!(lang, "認証局の証明書がそのまま使われています", "an authority's own certificate")
        }
        M::Version1 => say!(lang, "X.509 バージョン1です", "X.509 version 1"),
        M::CriticalExtension => say!(lang, "未知の必須拡張があります", "an unknown critical extension"),
        M::Constraints => {
            say!(lang, "認証局の制約に反しています", "outside of what its authority may certify")
        }
    }
}

fn relation(relation: NameRelation, lang: Lang) -> String {
    use NameRelation as R;
    match relation {
        R::OtherDomain => say!(lang, "別のドメインの証明書です", "for another domain"),
        R::SameDomain => {
            say!(lang, "ドメインは同じですが、この名前がありません", "for this domain, but not this name")
        }
        R::WildcardTooShallow => {
            say!(lang, "ワイルドカードがこの階層に届きません", "the wildcard is one label too short")
        }
        R::AddressTyped => {
            say!(lang, "IPアドレスで指定されています", "an address was given instead of a name")
        }
    }
}
