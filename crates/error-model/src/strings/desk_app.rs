//! Strings of the app that stands beside a ticket in the agents' help desk.

strings! {
    TITLE: "メール接続の確認", "Mail connection check";
    ALONE: "ヘルプデスクのチケット画面の中で開いてください。", "Open this beside a ticket in your help desk.";
    NO_HOST: "ヘルプデスクからチケットの情報を受け取れませんでした。画面を再読み込みしてください。", "The help desk didn't say which ticket this is. Reload the page.";
    NOT_SIGNED: "Zendeskの署名を確認できませんでした。Zendeskのチケット画面から開き直してください。", "Zendesk's signature isn't valid here. Open this again from a ticket in Zendesk.";
    NAME_TAKEN: "同じ名前の担当者がいるため、サインインできません。このサーバーの管理者にお知らせください。", "Another agent has the same name here. Tell whoever runs this server.";
    AWAY: "サーバーが応答していません。しばらくしてから、もう一度お試しください。", "The server doesn't answer. Try again later.";
    TOKEN: "アクセストークン", "Access token";
    TOKEN_HINT: "管理者から受け取ったトークンです。タブを閉じるまで有効です。", "The token that your administrator gave you. It's good until this tab is closed.";
    SIGN_IN: "サインイン", "Sign in";
    WRONG_TOKEN: "このトークンではサインインできません。", "No agent has this token.";
    SESSION_OVER: "時間が経ったため、サインアウトしました。", "Your session has ended.";
    TICKET: "チケット", "Ticket";
    EMAIL: "お客様のメールアドレス", "Customer's e-mail address";
    EMAIL_HINT: "@より前は伏せて保存します。", "Kept without the part before the @.";
    OPEN: "ケースを開いてコードを発行", "Open a case and get a code";
    CODE: "参加コード", "Code for the customer";
    LINK: "参加用リンク", "Link for the customer";
    COPY_LINK: "リンクをコピー", "Copy the link";
    COPIED: "コピーしました。", "Copied.";
    NEW_CODE: "コードを再発行", "Get another code";
    STATE_WAITING: "お客様を待っています。", "Waiting for the customer.";
    STATE_JOINED: "お客様が参加しています。", "The customer is here.";
    STATE_LEFT: "お客様が退出しました。", "The customer has left.";
    STATE_CLOSED: "終了しました。", "Closed.";
    RUNNING: "確認しています。", "A check is running.";
    FOUND: "診断結果", "Found";
    NOTHING_YET: "まだ診断していません。", "No check has run yet.";
    ADD: "チケットに追加", "Add to the ticket";
    ADDED: "チケットの入力欄に追加しました。", "Added to the ticket's reply.";
    CONSOLE: "詳しく見る(新しいタブ)", "See all of it (new tab)";
}
