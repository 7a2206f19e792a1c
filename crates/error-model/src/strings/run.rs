//! Strings of the live run: lanes, drawers, problems of the relay.

strings! {
    TITLE: "テスト結果", "Test result";
    IDLE_TITLE: "ここに結果が表示されます", "Your result appears here";
    IDLE_TEXT: "受信と送信のそれぞれを、次の8段階で確認します。各段階を開くと、サーバーが実際に答えた内容を見られます。", "Receiving and sending are each checked in eight steps. Open a step to see what the server really answered.";
    CONNECTING: "テストを始めています…", "Starting the test…";
    RUNNING: "テストしています…", "Testing…";
    RECONNECTING: "接続が切れました。つなぎ直しています…", "The connection was lost. Reconnecting…";
    CANCELLED: "テストを中止しました", "The test was cancelled";
    CANCELLED_TEXT: "入力内容はそのまま残っています。いつでもやり直せます。", "Everything you entered is still here. You can start again at any time.";
    FINISHED: "テストが終わりました", "The test has finished";
    ELAPSED: "{n}秒", "{n} s";
    STATE_WAITING: "待機中", "Waiting";
    LANE_PASSED: "すべて通りました", "All passed";
    LANE_CONNECTION_PASSED: "接続は問題ありません", "The connection is fine";
    LANE_FAILED: "{step}で止まりました", "Stopped at: {step}";
    LANE_NOT_ASKED: "対象外", "Not tested";
    NO_DETAILS: "この段階の記録はありません。", "Nothing was recorded for this step.";
    TRANSCRIPT: "サーバーとのやり取り", "The conversation with the server";
    TRANSCRIPT_NOTE: "サーバーの言葉をそのまま示しています。制御文字は記号に置き換えています。", "These are the server's own words. Control characters are shown as escapes.";
    CLIENT_SAYS: "送信", "Sent";
    SERVER_SAYS: "サーバー", "Server";
    SERVER_WORDS: "サーバーの言葉", "The server's words";
    ANNOUNCE: "{lane}、{step}:{state}", "{lane}, {step}: {state}";
    ANNOUNCE_LANE: "{lane}、{text}", "{lane}: {text}";
    EGRESS: "テストの接続元アドレス:{value}", "The test connects from {value}";

    STEP_TIMES: "開始の{a}\u{a0}ms後に始まり、{b}\u{a0}msかかりました。", "Began {a}\u{a0}ms after the start and took {b}\u{a0}ms.";
    AGAIN: "もう一度テスト", "Test again";
    AGAIN_LANE: "ここだけもう一度テスト", "Test only this again";
    CHANGES: "前回のテストとの違い", "What changed since the last test";
    CHANGES_NONE: "設定も結果も前回と同じです。", "Settings and result are the same as before.";
    CHANGES_OTHER: "前回とは別のサービスをテストしたため、比べられるものがありません。", "Another service was tested this time, so there's nothing to compare.";
    RESULT: "結果", "Result";
    SERVER: "サーバー", "Server";
    OF: "の", ": ";
    BEFORE: "前回", "Before";
    NOW: "今回", "Now";

    CHAIN: "証明書のつながり", "Certificate chain";
    CHAIN_SERVER: "サーバー証明書", "Server certificate";
    CHAIN_INTERMEDIATE: "中間証明書", "Intermediate certificate";
    CHAIN_ROOT: "ルート認証局", "Root authority";
    CHAIN_TRUSTED_ROOT: "信頼されたルート", "Trusted root";
    CHAIN_MISSING: "送られてこなかった証明書", "Certificate that wasn't sent";
    CHAIN_NAMES: "対象の名前", "Names covered";
    CHAIN_VALID: "有効期間", "Valid";
    CHAIN_ISSUER: "発行者", "Issued by";
    CHAIN_KEY: "鍵と署名", "Key and signature";
    CHAIN_SERIAL: "シリアル番号", "Serial number";
    CHAIN_FINGERPRINT: "SHA-256フィンガープリント", "SHA-256 fingerprint";
    CHAIN_LINK_GOOD: "次の証明書が発行", "issued by the next one";
    CHAIN_LINK_BROKEN: "ここでつながりが切れています", "The chain breaks here";
    CHAIN_NO_NAMES: "名前がありません", "No names in it";
    RANGE: "{a}〜{b}", "{a} to {b}";
    MORE: "ほか{n}件", "and {n} more";

    PROBLEM_RATE: "テストの回数が上限に達しました", "Too many tests in a short time";
    PROBLEM_RATE_TEXT: "アカウントを保護するため、短い間に行えるテストの数を決めています。少し待ってからもう一度お試しください。", "To protect accounts, only so many tests can run in a short time. Please wait a little and try again.";
    PROBLEM_WAIT: "あと{n}でもう一度試せます。", "You can try again in {n}.";
    PROBLEM_AGAIN: "もう一度お試しください。", "You can try again now.";
    PROBLEM_OVERLOADED: "混み合っています", "The service is busy right now";
    PROBLEM_OVERLOADED_TEXT: "いま多くのテストが行われています。少し待ってからもう一度お試しください。", "Many tests are running at the moment. Please try again shortly.";
    PROBLEM_BAD: "この設定ではテストできませんでした", "These settings can't be tested";
    PROBLEM_BAD_TEXT: "入力内容を確認してください。印の付いた欄があれば、そこから直しましょう。", "Please check what you entered, starting with the marked field.";
    PROBLEM_TARGET: "このサーバーは外部からテストできません", "This server can't be tested from here";
    PROBLEM_TARGET_TEXT: "社内だけで使えるアドレスか、メール用でないポートが指定されています。インターネットから届くサーバー名と、通常のポートを入力してください。", "It's an internal address or a port that isn't used for mail. Enter a server name that can be reached from the Internet, and one of the usual ports.";
    PROBLEM_TIMEOUT: "時間内に終わりませんでした", "The test ran out of time";
    PROBLEM_TIMEOUT_TEXT: "サーバーの応答が遅すぎました。少し待ってからもう一度お試しください。", "The servers answered too slowly. Please wait a moment and try again.";
    PROBLEM_INTERNAL: "こちら側で問題が起きました", "Something went wrong on our side";
    PROBLEM_INTERNAL_TEXT: "設定に問題があるわけではありません。もう一度お試しください。続くときはサポートにお知らせください。", "Your settings aren't the reason. Please try again, and tell support if it keeps happening.";
    PROBLEM_UNREACHABLE: "テスト用サーバーにつながりませんでした", "The test service can't be reached";
    PROBLEM_UNREACHABLE_TEXT: "お使いの端末のインターネット接続を確認してください。会社のネットワークでは、WebSocketが止められていることがあります。入力内容はそのまま残っています。", "Check your own Internet connection. Some company networks block WebSockets. Everything you entered is still here.";
    PROBLEM_LOST: "テストの途中で接続が切れました", "The connection was lost during the test";
    PROBLEM_LOST_TEXT: "ここまでの結果は下に残っています。もう一度テストしてください。", "What was found so far is kept below. Please test again.";
    PROBLEM_DETAIL: "サービスからの説明", "What the service said";
}
