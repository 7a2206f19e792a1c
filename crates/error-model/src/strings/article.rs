//! Strings of the error pages beside the catalogue's own texts: providers, related errors, what to send to support.

strings! {
    JUMP_TO_CAUSE: "原因の一覧", "Causes on this page";
    LINK_COPIED: "リンクをコピーしました", "Link copied";
    COPY_FAILED: "コピーできませんでした。文字を選択してコピーしてください。", "That couldn't be copied. Please select the text and copy it.";

    AT_PROVIDERS: "メールサービスごとの違い", "At your mail service";
    PROVIDERS_CHECKED: "{date}時点の情報です。", "As of {date}.";
    COMMA: "、", ", ";
    MORE_PROVIDERS: "ほかの{n}件を表示", "Show {n} more";
    PROVIDER_HELP: "公式の説明", "Their own guide";
    AT_APP_PASSWORD: "次のサービスでは、ふだんのパスワードではなくアプリパスワードを使います。", "These services take an app password, not your usual one.";
    AT_APP_PASSWORD_WITH_TWO_STEPS: "次のサービスでは、2段階認証を使っているときにアプリパスワードが必要です。", "These services need an app password once sign-in takes two steps.";
    AT_SEPARATE_PASSWORD: "次のサービスでは、会員ページや管理画面とは別の、メール用のパスワードを使います。", "These services have a password for mail, apart from the one for their members' pages or control panel.";
    AT_OAUTH_ONLY: "次のサービスは、パスワードでのサインインを受け付けません。サービスのサインイン画面(OAuth)から接続します。", "These services don't take passwords from other products. Connect by their own sign-in page (OAuth).";
    AT_ENABLE_IMAP: "次のサービスでは、先に設定でIMAPや外部からの利用を有効にする必要があります。", "At these services, IMAP or access by other programs has to be switched on first.";
    AT_CLOSED: "次のサービスには接続できないか、接続できる契約が限られています。", "These services let nobody in, or only some of their customers.";
    AT_OVERSEAS_FILTER: "次のサービスは、国外からのサインインを拒否することがあります。", "These services may refuse sign-ins from abroad.";
    AT_ACCOUNT_NAME: "次のサービスのユーザー名は、メールアドレスとは別のものです。", "At these services the user name isn't the email address.";
    AT_LOCAL_PART: "次のサービスのユーザー名は、メールアドレスの@より前の部分です。", "At these services the user name is the part of the address before the @.";
    AT_CONTROL_PANEL: "次のサービスのサーバー名は、契約ごとに異なります。独自ドメインの名前ではなく、案内にある名前を使います。", "At these services the server name differs from customer to customer. Use the name they gave you, not one of your own domain.";
    AT_SMTP_SIGN_IN: "認証済みSMTPは、管理者が利用者ごとに許可します。", "An administrator allows authenticated SMTP for each user.";
    AT_SERVERS: "主なサービスのサーバー名とポート", "Servers and ports at larger services";
    COLUMN_SERVICE: "サービス", "Service";
    COLUMN_IMAP: "受信(IMAP)", "Receiving (IMAP)";
    COLUMN_SMTP: "送信(SMTP)", "Sending (SMTP)";

    NOTE_FROM: "{site}からの補足", "A note from {site}";
    RELATED: "まちがえやすいエラー", "Easily mistaken for this";
    SEND_TITLE: "サポートに問い合わせるとき", "If you ask support for help";
    SEND_LEAD: "次の内容を書いて送ると、やりとりが早く進みます。パスワードは送らないでください。", "With this in your first message, things go faster. Never send your password.";
    SEND_ERROR: "表示されたエラー: {code} {title}", "Error shown: {code} {title}";
    SEND_WHEN: "発生した日時:", "When it appeared:";
    SEND_ADDRESS: "メールアドレス:", "Email address:";
    SEND_SERVICE: "メールサービスまたはサーバー会社:", "Mail service or hosting company:";
    SEND_IMAP: "受信サーバー(IMAP)とポート:", "IMAP server and port:";
    SEND_SMTP: "送信サーバー(SMTP)とポート:", "SMTP server and port:";
    SEND_TRIED: "試したこと:", "What you have tried:";
    SEND_RESULT: "接続テストの結果(コピーして貼り付け):", "Result of the connection test (paste it here):";
    SEND_COPY: "ひな形をコピー", "Copy this form";
    SEND_COPIED: "コピーしました", "Copied";
}
