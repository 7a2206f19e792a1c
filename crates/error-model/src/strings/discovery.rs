//! Strings of the look-up of settings, in the form and on the terminal.

use crate::{
    Str,
    discovery::{SettingsSource, Trial},
};

strings! {
    IDLE: "アドレスを入力すると、このサービスがサーバーの設定を調べて、下の空欄に入力します。", "Once the address is complete, this service looks its settings up and fills in what's empty below.";
    LOOKING: "{domain}の設定を調べています…", "Looking up the settings for {domain}…";
    FILLED: "設定を入力しました。情報源: {source}", "Filled in. Source: {source}";
    KEPT: "設定が見つかりました。入力済みの欄はそのままです。情報源: {source}", "Found, and what you typed is kept. Source: {source}";
    NOTHING: "設定は見つかりませんでした。サーバー名を入力してください。", "Nothing found: enter the servers yourself.";
    NO_SERVERS: "サーバー名は分かりませんでした。下に入力してください。", "The server names aren't known: enter them yourself.";
    FAILED: "設定を調べられませんでした。サーバー名を入力してください。", "The look-up didn't work: enter the servers yourself.";
    AGAIN: "もう一度調べる", "Look again";
    OTHERS: "ほかの候補({n}件)", "Other answers ({n})";
    USE: "この設定を使う", "Use these";
    USE_FROM: "この設定を使う({source})", "Use these ({source})";
    IN_USE: "使用中", "In use";
    HELP: "{name}の案内", "Help from {name}";
    SOURCE_PROVIDER: "提供元の一覧", "the provider list";
    SOURCE_AUTOCONFIG: "ドメイン自身の設定ファイル", "the domain's own settings file";
    SOURCE_INSECURE: "ドメイン自身の設定ファイル(暗号化なしで取得)", "the domain's own settings file, not protected on its way";
    SOURCE_SRV: "ドメイン自身のDNSレコード", "the domain's own DNS records";
    SOURCE_ISPDB: "公開されている設定データベース", "a public database of settings";
    SOURCE_MX: "メールの受け取り先(MX)から分かった提供元", "the provider that takes the domain's mail (MX)";
    SOURCE_GUESS: "よく使われる名前からの推測(応答あり)", "a guess that answered";
    WORKS: "接続できることを確認しました。", "Tried, and it works.";
    BOTH_LANES: "受信と送信", "Receiving and sending";
    TRIED_WORKS: "接続を確認済み", "tried: works";
    TRIED_UNCLEAN: "応答はありますが、暗号化か証明書に問題があります", "answers, but its encryption or certificate has a fault";
    TRIED_SILENT: "今は応答がありません", "doesn't answer right now";
}

/// A source in words.
#[must_use]
pub const fn source(source: SettingsSource) -> Str {
    match source {
        SettingsSource::Provider => SOURCE_PROVIDER,
        SettingsSource::Autoconfig => SOURCE_AUTOCONFIG,
        SettingsSource::InsecureAutoconfig => SOURCE_INSECURE,
        SettingsSource::Srv => SOURCE_SRV,
        SettingsSource::Ispdb => SOURCE_ISPDB,
        SettingsSource::Mx => SOURCE_MX,
        SettingsSource::Guess => SOURCE_GUESS,
    }
}

/// What came of a trial, in words.
#[must_use]
pub const fn trial(trial: Trial) -> Str {
    match trial {
        Trial::Works => TRIED_WORKS,
        Trial::Unclean => TRIED_UNCLEAN,
        Trial::Silent => TRIED_SILENT,
    }
}
