//! The questions on the pages of the errors without a number, and what each answer leads to.

strings! {
    TITLE: "質問から原因をしぼる", "Narrow it down";
    LEAD: "当てはまる答えを開くと、次に確かめることがわかります。", "Open the answers that fit. Each says what to look at next.";
    TEST: "この場合の接続テストへ", "Test this case";
    CAUSES: "考えられる原因:", "Likely causes:";

    WORKED: "以前は接続できていましたか?", "Did it work before?";
    WORKED_YES: "はい。急に使えなくなりました", "Yes, and then it stopped";
    WORKED_YES_MEANS: "許可が取り消されたか、前と違うアカウントでサインインしています。前に接続していたメールアドレスでテストしてください。", "The permission was withdrawn, or another account signed in. Test with the address that was connected before.";
    WORKED_NO: "いいえ。初めて接続します", "No, I'm connecting for the first time";
    WORKED_NO_MEANS: "必要な許可か設定が、まだそろっていません。受信と送信の両方をテストすると、どちらが断られるかがわかります。", "A permission or a setting is still missing. Test receiving and sending together to see which one is refused.";

    ACCOUNT: "サインインの画面で、接続したいメールアドレスのアカウントを選びましたか?", "On the sign-in page, did you choose the account of the address you want to connect?";
    ACCOUNT_YES: "はい", "Yes";
    ACCOUNT_YES_MEANS: "次に、管理者の設定とライセンスを確かめます。テスト結果に、サーバーが断った理由が表示されます。", "Look at the administrator's settings and the licence next. The result of a test shows why the server refuses.";
    ACCOUNT_NO: "いいえ、またはわかりません", "No, or I can't tell";
    ACCOUNT_NO_MEANS: "ブラウザーのプライベートウィンドウを開き、アカウントを選び直してください。", "Open a private browser window and choose the account again.";

    ADMIN: "メールの設定を変えられるのはどなたですか?", "Who can change the mail settings?";
    ADMIN_ME: "自分で変えられます", "I can";
    ADMIN_ME_MEANS: "原因の説明に、MicrosoftとGoogleの管理画面での手順があります。設定を変えたら、もう一度テストして直ったことを確かめてください。", "The causes have the steps for Microsoft's and Google's admin consoles. After each change, test again to see that it worked.";
    ADMIN_IT: "会社や学校の管理者です", "An administrator at work or school";
    ADMIN_IT_MEANS: "先に接続をテストし、結果の「IT担当者向け」をコピーして管理者に送ってください。", "Test the connection first, then copy the part for IT and send it to them.";
    ADMIN_NOBODY: "管理者はいません(個人のアカウント)", "Nobody, it's a personal account";
    ADMIN_NOBODY_MEANS: "もう一度サインインし、許可の画面ですべての項目を承諾してください。", "Sign in again, and accept every item on the permission page.";

    WAITED: "この表示が出てから、どのくらいたちましたか?", "How long has the message been there?";
    WAITED_SHORT: "1時間以内", "Less than an hour";
    WAITED_SHORT_MEANS: "まだ読み込んでいる途中かもしれません。テストすると、メールの件数と容量から時間の目安がわかります。", "It may still be reading. A test estimates the time from the number and size of your messages.";
    WAITED_LONG: "数時間以上", "Several hours or more";
    WAITED_LONG_MEANS: "サインインに失敗したまま止まっていることがあります。サインインまでテストしてください。", "The sign-in underneath may be failing. Run a test that signs in.";

    WEBMAIL: "ブラウザーで同じアカウントのメールを読めますか?", "Can you read mail with the same account in your browser?";
    WEBMAIL_YES: "はい", "Yes";
    WEBMAIL_YES_MEANS: "メールボックスは使えます。サインインに失敗しているか、メールの量が多いかのどちらかです。", "The mailbox works. Either the sign-in fails, or there is a lot of mail.";
    WEBMAIL_NO: "いいえ", "No";
    WEBMAIL_NO_MEANS: "メールボックスが使える状態ではありません。管理者または提供元に確かめてください。", "The mailbox isn't ready to use. Ask your administrator or provider.";

    PASSWORD: "最近、パスワードを変更しましたか?", "Did you change your password recently?";
    PASSWORD_YES: "はい", "Yes";
    PASSWORD_YES_MEANS: "以前の許可が取り消されています。新しいパスワードで、同じアカウントに接続し直してください。", "The earlier permission was withdrawn. Reconnect the same account with the new password.";
    PASSWORD_NO: "いいえ", "No";
    PASSWORD_NO_MEANS: "違うアカウントでサインインしているか、長い間使わずに許可の期限が切れています。", "Another account signed in, or the permission expired after a long time without use.";

    RENAMED: "メールアドレスや会社のドメインが変わりましたか?", "Has your address or your company's domain changed?";
    RENAMED_YES: "はい", "Yes";
    RENAMED_YES_MEANS: "以前のアドレスとは別のアカウントに見えています。今の接続を解除してから、新しいアドレスを接続してください。", "It looks like another account now. Disconnect the old one, then connect the new address.";
    RENAMED_NO: "いいえ", "No";
    RENAMED_NO_MEANS: "前と同じアドレスでサインインしてテストしてください。", "Sign in with the same address as before, and test.";
}
