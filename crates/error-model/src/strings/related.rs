//! Why one error may be met instead of another: each sentence stands beside a link to the other error.

strings! {
    REACH_PORT: "サーバー名は正しいものの、ポートが閉じているときは002になります。", "The name is right, but the port is closed: then it's 002.";
    REACH_NAME: "サーバー名そのものが見つからないときは001になります。", "The name itself can't be found: then it's 001.";
    NAME_MISMATCH: "名前は見つかっても、証明書の名前と違うときは006になります。", "The name is found, but isn't the one on the certificate: then it's 006.";
    CONNECT_TLS: "接続できても、暗号化が用意されていないときは004になります。", "The connection stands, but no encryption is offered: then it's 004.";
    CONNECT_HANDSHAKE: "接続後、暗号化を始めるところで切れるときは008になることがあります。", "It breaks off just as encryption begins: that may show as 008.";
    UNKNOWN_CONNECT: "サーバーが応答しない、または途中で切れるときは002になることもあります。", "A server that stays silent or hangs up may also show as 002.";
    UNKNOWN_TLS: "暗号化の途中で止まったときは008になることもあります。", "A stop in the middle of encryption may also show as 008.";
    NONE_HANDSHAKE: "証明書を出す前に暗号化の手続きが止まると、008になることがあります。", "If encryption stops before the certificate is sent, it may show as 008.";
    NONE_PORT: "ポートと暗号化の方式が合っていないときは002になることがあります。", "A port that doesn't fit the kind of encryption may show as 002.";
    INSECURE_VERIFY: "期限切れや中間証明書の不足は、007と表示されることもあります。", "An expired certificate, or a missing intermediate one, may also show as 007.";
    INSECURE_TLS: "期限切れや弱い鍵は、008と表示されることもあります。", "An expired certificate or a weak key may also show as 008.";
    INSECURE_NAME: "証明書は有効でも、名前が違うときは006になります。", "The certificate is good, but for another name: then it's 006.";
    NAME_INSECURE: "証明書を直したあとに005が出るときは、期限切れなど別の問題が残っています。", "If 005 follows once the name is right, something else is wrong with the certificate, such as its date.";
    NAME_VERIFY: "名前がSANに書かれていない証明書は、007になることがあります。", "A certificate without the name among its subject alternative names may show as 007.";
    NAME_REACH: "案内されたホスト名に変えたあとに001が出るときは、つづりを確かめます。", "If 001 follows once you changed the host name, check its spelling.";
    VERIFY_INSECURE: "自己署名や期限切れの証明書は、005になります。", "A self-signed or expired certificate is 005.";
    VERIFY_NAME: "発行元は確認できても、名前が違うときは006になります。", "The issuer is fine, but the name differs: then it's 006.";
    TLS_INSECURE: "証明書を受け取れた場合は、多くが005になります。", "Once a certificate arrives, most faults of it are 005.";
    TLS_NONE: "サーバーが証明書を出さないときは004になることがあります。", "A server that sends no certificate may show as 004.";
    CREDENTIALS_AUTH: "Microsoft 365でOAuthの許可のあとに止まるときは「認証できません」になります。", "With Microsoft 365, a stop after the OAuth consent shows as “unable to authenticate”.";
    CREDENTIALS_RECONNECT: "以前は接続できていて、パスワードを変えたあとなら「再接続」のページをご覧ください。", "If it worked before and you changed the password, see “reconnect”.";
    CREDENTIALS_NONE: "暗号化されていない接続では、サインインできないことがあります。", "Without encryption, a server may not let anyone sign in.";
    AUTH_CREDENTIALS: "パスワードを入力して接続する場合は009になります。", "When you connect with a password, it's 009.";
    AUTH_SYNC: "サインインに失敗したまま同期が始まると「最初の同期」で止まります。", "If syncing starts while the sign-in fails, it stays at “first sync”.";
    AUTH_RECONNECT: "許可が取り消されたときは「再接続」になります。", "If the permission was revoked, it shows as “reconnect”.";
    SYNC_AUTH: "同期が進まない原因がサインインにあるときは「認証できません」と同じ直し方です。", "If a failing sign-in holds it up, the fix is that of “unable to authenticate”.";
    SYNC_CREDENTIALS: "パスワードで接続していて、途中で拒否されるようになったときは009をご覧ください。", "If you connect with a password that is now refused, see 009.";
    RECONNECT_AUTH: "再接続しても許可のあとで止まるときは「認証できません」をご覧ください。", "If it stops after the consent once more, see “unable to authenticate”.";
    RECONNECT_CREDENTIALS: "パスワードで接続している場合は009をご覧ください。", "If you connect with a password, see 009.";
}
