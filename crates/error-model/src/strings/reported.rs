//! The code that the person saw, beside what was found: a sentence for each relation and for each reason. The page has
//! them from its HTML, not from the program.

use crate::{Code, Lang, Relation, Str, Why};

strings! {
    CODE: "エラー{code}", "error {code}";
    MESSAGE: "「{title}」", "“{title}”";
    REASONS: "結果が異なる理由として考えられること", "Why the results may differ";

    SAME: "{product}の表示({code})は、この問題によるものです。", "{product} showed {code}, and this fault is what it means.";
    ALSO_SHOWN_AS: "{product}では{code}と表示されましたが、原因は同じです。この問題は複数のコードで表示されることがあります。", "{product} showed {code}. It's the same fault: this cause can appear under more than one code.";
    FURTHER: "{product}では{code}と表示されました。これは同じ接続にあるもうひとつの問題で、「ほかに見つかったこと」に示しています。両方を直してください。", "{product} showed {code}. That's a further fault of the same connection: see “Also found”. Both need fixing.";
    OTHER_LANE: "{product}では{code}と表示されました。これは{lane}の問題で、「ほかに見つかったこと」に示しています。両方を直してください。", "{product} showed {code}. That comes from the other service, {lane}: see “Also found”. Both need fixing.";
    BEHIND: "{product}の表示({code})だけでは原因が分かりません。元にあるのは、この問題です。", "{product} showed {code}, which doesn't say what is wrong. This fault is behind it.";
    HIDES: "{product}では{code}と表示されましたが、このテストはその手前で止まりました。まずこれを直し、もう一度テストしてください。", "{product} showed {code}, but this test stopped before it could get there. Fix this first, then test again.";
    INSTEAD: "{product}では{code}と表示されましたが、このテストでは同じ段階で別の問題が見つかりました。", "{product} showed {code}. This test met another fault at the same stage.";
    PAST: "{product}では{code}と表示されましたが、その段階はここからのテストでは問題ありませんでした。この問題は、その先で見つかりました。", "{product} showed {code}. That stage passed from here; this fault comes after it.";
    NOTHING_FOUND: "{product}では{code}と表示されましたが、ここから試した手順はすべて通りました。", "{product} showed {code}, but every step that was tested passed from here.";

    LANE_NOT_TESTED: "{lane}は試していません。エラーはそちらで起きた可能性があります。", "{lane} wasn't tested. The error may come from there.";
    SIGN_IN_NOT_TESTED: "パスワードの入力がないため、サインインは試していません。パスワードを入力して、もう一度テストしてください。", "No password was given, so the sign-in wasn't tested. Enter the password, then test again.";
    ADDRESS_FAILS: "サーバーの複数のアドレスのうち、つながらないものがあります。{product}はそのアドレスに接続した可能性があります。", "The server has several addresses, and not all of them can be reached. {product} may have met one that can't.";
    LOCATION_FILTER: "この提供元は、海外からのサインインを初期設定で拒否します。{product}のために許可が必要かもしれません。", "This provider refuses sign-ins from abroad by default. You may have to allow them for {product}.";
    TURNED_AWAY: "サーバーは、このテストの接続元を拒否しているようです。{product}は別のアドレスから接続するため、先へ進めたのかもしれません。", "The server seems to turn away the addresses that this test comes from. {product} connects from others, so it may have come further.";
    INTERMEDIATE_KNOWN: "足りない中間証明書を、別のサーバーから受け取って覚えているプログラムもあります。その場合、この問題は表れません。", "Some programs remember the missing intermediate certificate from another server. They don't notice this fault.";
    RENEWED_CERTIFICATE: "サーバー証明書は新しいもので、{time}(UTC)から有効です。エラーのあとで入れ替えられたのかもしれません。", "The server's certificate is new: valid since {time} (UTC). It may have been replaced after you saw the error.";
    OTHER_PASSWORD: "ここに入力された内容ではサインインできました。{product}に保存されている内容が違うかもしれません。同じ内容を入力し直してください。", "What was entered here signs in. {product} may have saved something else: enter the same there again.";
    DNS_TTL: "DNSを最近変えた場合、{product}はまだ古い答えを使っているかもしれません。古い答えの有効期間も今回と同じ{ttl}秒なら、遅くとも{time}(UTC)には使われなくなります。", "If the DNS entry changed recently, {product} may still use the old answer. If that may be kept as long as this one ({ttl} s), it's gone by {time} (UTC) at the latest.";
    ALLOW_LIST: "{product}は、このテストとは別のアドレスから接続します。サーバーやファイアウォールが、そのアドレスや国からの接続を許可していない可能性があります。", "{product} connects from other addresses than this test. The server or a firewall may not let those in, or not from their country.";
    PASSING_FAULT: "サーバーの混雑や再起動など、一時的な問題かもしれません。少し待ってから、{product}でもう一度試してください。", "It may be a passing fault, of a server that is busy, slow or restarting. Wait a little, then try again in {product}.";
    OTHER_SETTINGS: "{product}に保存されている設定が、ここで試したものと違うか、その後変わった可能性があります。サーバー名、ポート番号、暗号化、ユーザー名を見比べてください。", "The settings saved in {product} may differ from those tested here, or have changed since. Compare server name, port, encryption and user name.";

    FROM: "このテストの接続元は{egress}です。{product}の接続元は別のアドレスです。{product}のサポートに確認し、サーバーで両方を許可してください。", "This test connects from {egress}. {product} connects from addresses of its own: ask its support for them, and have the server allow both.";
    FROM_HERE: "このテストは、この端末から接続します。サーバーからは、お使いのネットワークの外向きのアドレスが見えます。{product}の接続元は別のアドレスです。{product}のサポートに確認し、サーバーで両方を許可してください。", "This check connects from this machine, and a server sees the public address of its network. {product} connects from addresses of its own: ask its support for them, and have the server allow both.";
}

/// What is said of a relation.
#[must_use]
pub const fn relation(relation: Relation) -> Str {
    match relation {
        Relation::Same => SAME,
        Relation::AlsoShownAs => ALSO_SHOWN_AS,
        Relation::Further => FURTHER,
        Relation::OtherLane => OTHER_LANE,
        Relation::Behind => BEHIND,
        Relation::Hides => HIDES,
        Relation::Instead => INSTEAD,
        Relation::Past => PAST,
        Relation::NothingFound => NOTHING_FOUND,
    }
}

/// What is said of a reason.
#[must_use]
pub const fn why(why: Why) -> Str {
    match why {
        Why::LaneNotTested => LANE_NOT_TESTED,
        Why::SignInNotTested => SIGN_IN_NOT_TESTED,
        Why::AddressFails => ADDRESS_FAILS,
        Why::LocationFilter => LOCATION_FILTER,
        Why::TurnedAway => TURNED_AWAY,
        Why::IntermediateKnown => INTERMEDIATE_KNOWN,
        Why::RenewedCertificate => RENEWED_CERTIFICATE,
        Why::OtherPassword => OTHER_PASSWORD,
        Why::DnsTtl => DNS_TTL,
        Why::AllowList => ALLOW_LIST,
        Why::PassingFault => PASSING_FAULT,
        Why::OtherSettings => OTHER_SETTINGS,
    }
}

/// A code as a sentence names it: by its number, or by the message that has none.
#[must_use]
pub fn code(code: Code, lang: Lang) -> String {
    if code.as_str().starts_with('0') {
        CODE.fill(lang, &[("code", code.as_str())])
    } else {
        MESSAGE.fill(lang, &[("title", code.texts().get(lang).title())])
    }
}
