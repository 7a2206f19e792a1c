//! Strings of the guided form.

strings! {
    TITLE: "設定", "Settings";
    EMAIL: "メールアドレス", "Email address";
    EMAIL_HINT: "接続したいメールボックスのアドレスです。", "The address of the mailbox you want to connect.";
    SERVER_IMAP: "受信サーバー(IMAP)", "Incoming server (IMAP)";
    SERVER_SMTP: "送信サーバー(SMTP)", "Outgoing server (SMTP)";
    HOST: "サーバー名", "Server name";
    PORT: "ポート", "Port";
    SECURITY: "暗号化", "Security";
    SECURITY_TLS: "SSL/TLS", "SSL/TLS";
    SECURITY_STARTTLS: "STARTTLS", "STARTTLS";
    SECURITY_PLAIN: "なし", "None";
    USER: "ユーザー名", "User name";
    USER_HINT: "多くの場合、メールアドレスと同じです。", "Usually the same as your email address.";
    PASSWORD: "パスワード", "Password";
    PASSWORD_OPTIONAL: "省略可", "optional";
    PASSWORD_HINT: "空欄なら、サインインせずに接続だけを確認します。", "Leave it empty to check the connection only.";
    PASSWORD_PROMISE: "パスワードは、このテストのサインインに1回だけ使います。保存も記録もせず、診断結果や共有にも含めません。", "Your password is used once, to sign in for this test. It's never stored or logged, and never part of a result you share.";
    SHOW: "表示", "Show";
    HIDE: "隠す", "Hide";
    SHOW_PASSWORD: "パスワードを表示", "Show password";
    SEPARATE: "送信用に別のユーザー名・パスワードを使う", "Use a different user name and password for sending";
    SMTP_USER: "送信用のユーザー名", "User name for sending";
    SMTP_PASSWORD: "送信用のパスワード", "Password for sending";
    REPORTED: "{product}に表示されたエラー", "The error {product} showed";
    REPORTED_NONE: "わからない・表示されていない", "Not sure, or none";
    WORKED_BEFORE: "このアカウントは以前つながっていた", "This account was connected before";
    SUBMIT: "テストする", "Run the test";
    SUBMIT_CONNECTION: "接続だけテストする", "Check the connection only";
    SUBMIT_AGAIN: "もう一度テストする", "Test again";
    CANCEL: "中止", "Cancel";

    FAULTS_TITLE: "入力を確認してください", "Please check what you entered";
    NEED_SERVER: "受信か送信のサーバー名を入力してください。", "Enter a server name, for receiving or for sending.";
    NEED_USER: "サインインを試すには、ユーザー名が必要です。", "A user name is needed to try the sign-in.";
    NEED_SMTP_USER: "送信用のユーザー名を入力してください。", "Enter the user name for sending.";
    NEED_AT: "メールアドレスには@とドメインが必要です。例:name@example.com", "An email address needs an @ and a domain, like name@example.com.";
    BAD_PORT: "ポートは1から65535までの数字です。通常は{value}です。", "A port is a number from 1 to 65535. It's usually {value}.";
    HOST_SPACE: "サーバー名に空白が入っています。", "There's a space in the server name.";
    HOST_URL: "URLのようです。サーバー名だけを入力してください。", "This looks like a web address. Only the server name is needed.";
    HOST_USER_INFO: "メールアドレスのようです。サーバー名を入力してください。", "This looks like an email address. Enter the server name.";
    HOST_FULL_WIDTH: "全角の文字が入っています。", "There are full-width characters in it.";
    HOST_PORT: "ポート番号は右の欄に入力します。", "The port has a field of its own.";
    HOST_LITERAL: "IPアドレスの形が正しくないようです。", "This IP address doesn't look complete.";
    HOST_CHARACTERS: "サーバー名には使えない文字があるようです。", "Some of this can't be part of a server name.";
    HOST_CON: "末尾の「.con」は「.com」のことでしょうか。", "It ends in “.con”. Did you mean “.com”?";
    HOST_DOT: "末尾に余分な点があります。", "There's an extra dot at the end.";
    HOST_SWAPPED: "受信と送信のサーバー名が入れ替わっているようです。", "The incoming and outgoing servers seem to be swapped.";
    EMAIL_WIDTH: "全角の文字や空白が入っています。", "There are full-width characters or spaces in it.";
    REPAIR: "{value}に直す", "Change to {value}";
    REPAIR_SWAP: "入れ替える", "Swap them";
    REPAIR_CLEAR: "空にする", "Clear it";
    REPAIR_HOST_PORT: "{value}とポート{port}に直す", "Change to {value} and port {port}";
    HOST_JO: "末尾の「.jo」は「.jp」のことでしょうか。", "It ends in “.jo”. Did you mean “.jp”?";
    APPLIED: "{value}を入力しました", "{value} filled in";
}
