//! Strings of the prerendered pages: navigation, help page, error pages.

strings! {
    TAGLINE: "メールの接続エラー診断", "Mail connection diagnosis";
    SKIP_LINK: "本文へ移動", "Skip to content";
    NAV_HELP: "エラー一覧", "Errors";
    NAV_CHECK: "接続をテスト", "Test a connection";
    NAV_MAIN: "メインメニュー", "Main";
    FOOTER_PRIVACY: "Cookieもアクセス解析も使いません。パスワードは保存されません。", "No cookies, no analytics. Passwords are never stored.";

    SUPPORT: "サポート窓口", "Support:";

    HELP_TITLE: "メールが{product}につながらないとき", "When your mailbox won't connect to {product}";
    HELP_LEAD: "表示されたエラーから原因を調べるか、お使いのメールサーバーを実際にテストして、直し方を確かめましょう。", "Look up the error you saw, or test your mail server and find out what to change.";
    HELP_DESCRIPTION: "メールを{product}につなぐときに出る12のエラーの、原因と直し方。", "The twelve errors you can meet when connecting a mailbox to {product}: what causes them and how to fix them.";
    SEARCH_LABEL: "エラーを検索", "Search for an error";
    SEARCH_PLACEHOLDER: "006、証明書、エラー文の貼り付けなど", "006, certificate, or paste the message";
    SEARCH_NONE: "見つかりませんでした。別の言葉で試すか、接続をテストしてください。", "Nothing found. Try other words, or test the connection.";
    SEARCH_NONE_TEXT: "番号や文が分からなくても、実際につないで原因を調べられます。", "No number or message needed: we connect to your servers and find the cause.";
    SEARCH_COUNT: "{n}件見つかりました", "{n} found";
    SEARCH_FAILED: "検索を読み込めませんでした。下の一覧をご覧ください。", "The search couldn't be loaded. Please use the list below.";
    CHECK_TEASER_TITLE: "メールサーバーをテストする", "Test your mail server";
    CHECK_TEASER_TEXT: "メールアドレスとサーバー名を入力すると、IMAPとSMTPの両方へ実際に接続し、どこで止まるか、なぜかを10秒ほどでお知らせします。", "Enter your address and server names. We connect to both IMAP and SMTP and tell you where it stops and why, in about ten seconds.";
    CHECK_TEASER_BUTTON: "テストを始める", "Start the test";
    GROUP_REACH: "サーバーに届かない・つながらない", "The server can't be reached";
    GROUP_REACH_TEXT: "サーバー名、ポート、ネットワークに関するエラーです。", "Errors about the server name, the port or the network.";
    GROUP_CERTIFICATE: "暗号化と証明書", "Encryption and certificates";
    GROUP_CERTIFICATE_TEXT: "接続はできても、安全な通信と確認できないエラーです。", "The server answers, but the connection can't be shown to be secure.";
    GROUP_SIGN_IN: "サインインと同期", "Sign-in and sync";
    GROUP_SIGN_IN_TEXT: "サーバーにはつながり、アカウントの確認で止まるエラーです。", "The connection works; the account is where it stops.";

    ERROR_LABEL: "エラー", "Error";
    FIRST_STEPS: "まず試すこと", "Try this first";
    CAUSES: "考えられる原因", "Possible causes";
    CAUSES_LEAD: "接続をテストすると、このうちどれが原因かを見分けられます。", "Testing the connection tells you which of these it is.";
    STEPS: "直し方", "How to fix it";
    FOR_IT: "管理者向けの情報", "For your mail administrator";
    FOR_PROVIDER: "提供元に依頼すること", "What to ask your provider";
    FOR_SUPPORT: "サポートに送るもの", "What to send to support";
    CHECK_THIS: "接続をテストして原因を特定する", "Test the connection to find the cause";
    CHECK_THIS_TEXT: "設定を入力すると、このエラーの原因を実際のサーバーの応答から判定します。パスワードなしでも接続を確認できます。", "Enter your settings, and we tell the cause from what the servers really answer. You can check the connection without a password.";
    ALL_ERRORS: "エラー一覧に戻る", "All errors";
    LINK_TO_CAUSE: "この原因へのリンク", "Link to this cause";

    CHECK_TITLE: "メールサーバーの接続をテスト", "Test your mail server";
    CHECK_LEAD: "{product}に入力する設定と同じものを入力してください。IMAPとSMTPを同時にテストし、原因と直し方をお知らせします。", "Enter the same settings as in {product}. We test IMAP and SMTP side by side and tell you the cause and the fix.";
    CHECK_DESCRIPTION: "IMAPとSMTPの設定を実際のサーバーでテストし、{product}につながらない原因を調べます。", "Test IMAP and SMTP settings against the real servers and find out why {product} can't connect.";
    NEEDS_SCRIPT: "このテストにはJavaScriptが必要です。エラーの説明と直し方はスクリプトなしで読めます。", "The test needs JavaScript. Explanations and fixes can be read without it.";

    NOT_FOUND_TITLE: "ページが見つかりません", "Page not found";
    NOT_FOUND_TEXT: "アドレスが変わったか、入力に誤りがあるようです。", "The address may have changed, or there's a slip in it.";
    NOT_FOUND_CODES: "画面に番号が表示されていれば、ここから説明を開けます。", "If a number was shown to you, its explanation is here.";
    GO_HELP: "エラー一覧を開く", "Go to the list of errors";
}
