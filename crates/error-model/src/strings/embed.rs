//! Strings of the error pages that stand in a frame of another page.

strings! {
    CHECK_HERE: "ここで接続をテストする(パスワード不要)", "Test the connection here, no password needed";
    CHECK_HERE_TEXT: "ここで調べるのは、サーバーへの接続、暗号化、証明書です。", "This looks at the connection, the encryption and the certificate.";
    TEST_SIGN_IN: "サインインもテストする(新しいタブ)", "Test the sign-in too (new tab)";
    FULL_PAGE: "このエラーの説明をすべて読む(新しいタブ)", "Read all about this error (new tab)";
}
