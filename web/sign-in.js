// Signing in at the mail service's own page, instead of a password. The relay says who may be asked; where that's nobody,
// nothing of this shows. Meanwhile this tab keeps the form, as over a reload. What comes back is a receipt, worth something
// only with the handle that this tab kept beside it: no token ever gets here.
const KEPT = "mailtriage.sign-in";
const by = (id) => document.getElementById(id);
const place = by("sign-in");
const tell = (text) => (by("sign-in-told").textContent = text);

const post = async (address, message) => {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(message) });
  if (!answer.ok) throw answer.status;
  return answer.json();
};

const begin = async (provider) => {
  const email = by("email").value.trim();
  if (!email) {
    tell(place.dataset.email);
    return by("email").focus();
  }
  tell("");
  try {
    const { ticket } = await post("/api/v1/ticket", {});
    const wish = { provider, ticket, email, lang: document.documentElement.lang };
    const { url, handle } = await post("/api/v1/oauth", wish);
    sessionStorage.setItem(KEPT, handle);
    location.assign(url);
  } catch {
    tell(place.dataset.failed);
  }
};

const awake = (then) => {
  if (document.documentElement.dataset.ready) return then();
  const observer = new MutationObserver(() => {
    observer.disconnect();
    then();
  });
  observer.observe(document.documentElement, { attributeFilter: ["data-ready"] });
};

const back = (receipt) => {
  const handle = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!handle || !receipt) return tell(place.dataset.ended);
  awake(() => {
    by("signed-in").value = JSON.stringify({ handle, receipt });
    by("email").form.requestSubmit();
  });
};

const offer = async () => {
  const answer = await fetch("/api/v1/oauth");
  const { providers } = answer.ok ? await answer.json() : { providers: [] };
  for (const { id, name } of providers) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = place.dataset.label.replace("{name}", name);
    button.addEventListener("click", () => begin(id));
    by("sign-in-buttons").append(button);
  }
  place.hidden = providers.length === 0;
};

const returned = location.hash.match(/^#sign-in=(.*)$/);
if (returned) {
  history.replaceState(null, "", location.pathname + location.search);
  back(returned[1]);
}
offer().catch(() => {});
