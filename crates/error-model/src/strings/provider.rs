//! What a provider asks of those who sign in. `{name}` is what it calls itself.

strings! {
    NO_ACCESS: "{name}は、ほかのサービスから接続する方法(IMAP・SMTP)を提供していません。", "{name} doesn't let other services in: it has neither IMAP nor SMTP.";
    LOCAL_BRIDGE: "{name}には、お使いのパソコンで動く専用のプログラムからしか接続できません。外部のサービスからは接続できません。", "{name} only lets programs on your own computer in, through a bridge of its own. Other services can't connect.";
    PAID_PLAN: "{name}でIMAPとSMTPを使えるのは、有料プランだけです。", "{name} offers IMAP and SMTP on its paid plans only.";
    ON_REQUEST: "{name}でIMAPとSMTPを使うには、事前の申し込みが必要です。", "At {name}, IMAP and SMTP have to be ordered first.";
    OAUTH_ONLY: "{name}は、パスワードでのサインインを受け付けません。{name}のサインイン画面(OAuth)から接続します。", "{name} doesn't take passwords from other services. Connect by its own sign-in page (OAuth).";
    APP_PASSWORD: "{name}では、ふだんのパスワードではなく、アプリパスワードを使います。", "{name} takes an app password here, not your usual one.";
    APP_PASSWORD_WITH_TWO_STEPS: "{name}で2段階認証を使っている場合は、アプリパスワードが必要です。", "If sign-in takes two steps at {name}, an app password is needed here.";
    SEPARATE_PASSWORD: "{name}では、会員ページや管理画面とは別の、メール用のパスワードを使います。", "{name} has a password for mail, apart from the one for its members' pages or control panel.";
    ENABLE_IMAP: "{name}の設定で、先にIMAPを有効にする必要があります。", "IMAP has to be switched on in {name}'s settings first.";
    OVERSEAS_FILTER: "{name}は、国外からのサインインを拒否することがあります。", "{name} may refuse sign-ins from abroad.";
    ACCOUNT_NAME: "{name}のユーザー名は、メールアドレスとは別のものです。", "The user name at {name} isn't the email address.";
    CONTROL_PANEL: "サーバー名は契約ごとに異なります。{name}の管理画面か、契約時の案内で確認できます。", "The server name differs from customer to customer: {name}'s control panel, or the letter about your contract, has it.";
}
