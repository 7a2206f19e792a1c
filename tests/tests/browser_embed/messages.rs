//! What the frame and the page around it tell each other, and what neither believes.

use serde_json::json;
use tests::browser::{Page, visit_host};

use crate::{answered, document, height, host_and_relay, strict, with_loader};

const LISTEN: &str = "
    window.heard = [];
    for (const name of ['ready', 'diagnosis'])
        addEventListener('mailtriage:' + name, e => heard.push([name, e.detail, e.target.dataset.mailtriage]))";

#[test]
fn elements_that_come_later_are_framed_and_those_that_go_are_forgotten() {
    let (host, relay) = host_and_relay(None);
    host.put("/", with_loader(&relay, "en", "<main></main>"));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        page.js(LISTEN, vec![]).await;
        let add = "const d = document.createElement('div'); d.dataset.mailtriage = arguments[0]; document.querySelector('main').append(d)";
        for code in ["006", "007"] {
            page.js(add, vec![code.into()]).await;
        }
        let ready = "return heard.length === 2";
        page.until("both are ready", async || page.js(ready, vec![]).await == true).await;
        let mut heard = page.js("return heard.map(h => JSON.stringify(h)).sort()", vec![]).await;
        let heard = heard.as_array_mut().expect("a list");
        assert_eq!(heard[0], json!("[\"ready\",{\"code\":\"006\",\"lang\":\"en\"},\"006\"]"));
        assert_eq!(heard[1], json!("[\"ready\",{\"code\":\"007\",\"lang\":\"en\"},\"007\"]"));

        page.js("document.querySelector('[data-mailtriage]').remove()", vec![]).await;
        assert_eq!(page.js("return document.querySelectorAll('iframe').length", vec![]).await, 1);
        page.js("document.querySelector('[data-mailtriage]').remove()", vec![]).await;
        page.js(add, vec!["008".into()]).await;
        page.until("a new one is ready", async || page.js("return heard.length === 3", vec![]).await == true)
            .await;
        answered(page, 0).await;
    });
}

/// Waits until the height of a frame stays.
async fn settled(page: &Page, frame: usize) {
    page.until("its height stays", async || {
        let before = height(page, frame).await;
        page.js_with_callback("setTimeout(arguments[0], 300)").await;
        before == height(page, frame).await
    })
    .await;
}

#[test]
fn the_page_believes_only_its_own_frame_of_the_relays_origin() {
    let (host, relay) = host_and_relay(None);
    let frames = "<iframe src=\"/stranger\" title=\"x\"></iframe><div data-mailtriage=\"006\"></div>";
    let mut outer = with_loader(&relay, "en", frames);
    outer.policy = outer.policy.replace("frame-src", "frame-src 'self'");
    host.put("/", outer);
    host.put("/stranger", document(&strict(&relay), "en", ""));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 1).await;
        settled(page, 1).await;
        page.js(LISTEN, vec![]).await;
        let before = height(page, 1).await;
        let forged = [
            json!({"source": "mailtriage", "v": 1, "type": "height", "height": 77}),
            json!({"source": "mailtriage", "v": 1, "type": "diagnosis", "code": "666", "cause": null, "confidence": null}),
        ];
        for message in &forged {
            // From the page itself, and from another frame, which can say anything but where it comes from.
            page.js("postMessage(arguments[0], '*')", vec![message.clone()]).await;
            page.enter_frame(0).await;
            page.js("parent.postMessage(arguments[0], '*')", vec![message.clone()]).await;
            page.leave_frame().await;
        }
        page.enter_frame(1).await;
        for message in [
            json!({"source": "mailtriage", "v": 2, "type": "height", "height": 77}),
            json!({"source": "other", "v": 1, "type": "height", "height": 77}),
            json!({"source": "mailtriage", "v": 1, "type": "height", "height": "77"}),
            json!({"source": "mailtriage", "v": 1, "type": "height", "height": -77}),
            json!({"source": "mailtriage", "v": 1, "type": "height", "height": 1e9}),
            json!("mailtriage"),
        ] {
            // Of the right origin, and still not what was agreed on. Text is no height either.
            page.js("parent.postMessage(arguments[0], '*')", vec![message]).await;
        }
        // What the right frame says last is heard after all of it.
        let last = json!({"source": "mailtriage", "v": 1, "type": "diagnosis", "code": "ok", "cause": null, "confidence": null});
        page.js("parent.postMessage(arguments[0], '*')", vec![last]).await;
        page.leave_frame().await;
        page.until("the last one is heard", async || {
            page.js("return heard.length > 0", vec![]).await == true
        })
        .await;
        let heard = page.js("return heard", vec![]).await;
        assert_eq!(heard, json!([["diagnosis", {"code": "ok", "cause": null, "confidence": null}, "006"]]));
        assert_eq!(height(page, 1).await, before);
    });
}

/// Has a frame say a height and a diagnosis that aren't the relay's, and waits until the page's listeners have heard both.
async fn forge(page: &Page, frame: u16) {
    page.js(LISTEN, vec![]).await;
    page.js("window.raw = 0; addEventListener('message', () => { raw += 1 })", vec![]).await;
    page.enter_frame(frame).await;
    for message in [
        json!({"source": "mailtriage", "v": 1, "type": "height", "height": 77}),
        json!({"source": "mailtriage", "v": 1, "type": "diagnosis", "code": "666", "cause": null, "confidence": null}),
    ] {
        page.js("parent.postMessage(arguments[0], '*')", vec![message]).await;
    }
    page.leave_frame().await;
    page.until("both have arrived", async || page.js("return raw", vec![]).await == 2).await;
}

#[test]
fn another_frame_of_the_relays_origin_does_not_speak_for_the_elements_own() {
    let (host, relay) = host_and_relay(None);
    let other = format!("<iframe src=\"{}/embed/007?lang=en\" title=\"007\"></iframe>", relay.origin());
    host.put("/", with_loader(&relay, "en", &format!("{other}<div data-mailtriage=\"006\"></div>")));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 1).await;
        settled(page, 1).await;
        let before = height(page, 1).await;
        forge(page, 0).await;
        assert_eq!(page.js("return heard", vec![]).await, json!([]));
        assert_eq!(height(page, 1).await, before);
    });
}

#[test]
fn a_stranger_in_the_elements_own_frame_is_not_believed() {
    let (host, relay) = host_and_relay(None);
    let mut outer = with_loader(&relay, "en", "<div data-mailtriage=\"006\"></div>");
    outer.policy = outer.policy.replace("frame-src", "frame-src 'self'");
    host.put("/", outer);
    host.put("/stranger", document("", "en", ""));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        answered(page, 0).await;
        settled(page, 0).await;
        let before = height(page, 0).await;
        // A greeting for the relay alone isn't delivered to a stranger. The browser complains of it.
        const GO: &str = "
            const [done] = arguments;
            const frame = document.querySelector('iframe');
            frame.addEventListener('load', () => done(), { once: true });
            frame.src = '/stranger'";
        page.js_with_callback(GO).await;
        forge(page, 0).await;
        assert_eq!(page.js("return heard", vec![]).await, json!([]));
        assert_eq!(height(page, 0).await, before);
        let told = page.console().await;
        assert!(told.iter().all(|line| line.contains("target origin")), "{told:#?}");
    });
}

#[test]
fn the_frame_answers_the_page_around_it_and_nobody_else() {
    let (host, relay) = host_and_relay(None);
    let frame = format!(
        "<iframe src=\"{}/embed/006?lang=en\" title=\"006\"></iframe><iframe src=\"/stranger\" title=\"x\"></iframe>\
         <iframe src=\"{}/embed/007?lang=en\" title=\"007\"></iframe>",
        relay.origin(),
        relay.origin()
    );
    let mut outer = document(&strict(&relay), "en", &frame);
    outer.policy = outer.policy.replace("frame-src", "frame-src 'self'");
    host.put("/", outer);
    host.put("/stranger", document("", "en", ""));
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        let hear = "window.heard = []; addEventListener('message', e => heard.push([e.data.type, e.origin]))";
        page.js(hear, vec![]).await;
        // Siblings greet it, of another origin and of that of the page around it: neither is that page. The other origin
        // comes first: were it taken for the page, what is said would be addressed to it and not be heard.
        let greet = "parent.frames[0].postMessage({ source: 'mailtriage', v: 1, type: 'hello' }, '*')";
        page.enter_frame(2).await;
        page.js(greet, vec![]).await;
        page.leave_frame().await;
        page.enter_frame(1).await;
        page.js(hear, vec![]).await;
        page.js(greet, vec![]).await;
        page.leave_frame().await;
        for wrong in [
            json!({"source": "mailtriage", "v": 2, "type": "hello"}),
            json!({"v": 1, "type": "hello"}),
            json!(null),
        ] {
            page.js("frames[0].postMessage(arguments[0], '*')", vec![wrong]).await;
        }
        page.js("frames[0].postMessage({ source: 'mailtriage', v: 1, type: 'hello' }, '*')", vec![]).await;
        page.until("it answers", async || page.js("return heard.length >= 2", vec![]).await == true).await;
        let heard = page.js("return heard", vec![]).await;
        assert_eq!(
            heard,
            json!([["height", relay.origin()], ["ready", relay.origin()]]),
            "one greeting was good"
        );
        page.enter_frame(1).await;
        assert_eq!(page.js("return heard", vec![]).await, json!([]), "the sibling hears nothing");
        page.leave_frame().await;
    });
}
