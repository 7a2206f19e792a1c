// The proof of work that a relay may ask for before a sign-in, an ALTCHA challenge (version 1): find the number that, written
// after the salt, has this SHA-256. The page fetches this file when it's asked for one. It's two in one: what the page calls,
// and the worker in which numbers are tried, so that the page stays awake.
const BATCH = 512;

const sha256 = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

const solve = async ({ challenge, salt, maxnumber }) => {
  const wanted = challenge.match(/../g).map((digits) => parseInt(digits, 16));
  for (let from = 0; from <= maxnumber; from += BATCH) {
    postMessage({});
    const numbers = Array.from({ length: Math.min(BATCH, maxnumber + 1 - from) }, (_, more) => from + more);
    const hashes = await Promise.all(numbers.map((number) => sha256(salt + number)));
    const found = hashes.findIndex((hash) => wanted.every((byte, at) => byte === hash[at]));
    if (found >= 0) return numbers[found];
  }
  throw new Error("no number solves it");
};

// Without HTTPS a browser has no `crypto.subtle`; that's one of the failures.
if (typeof document === "undefined") {
  onmessage = ({ data }) => solve(data).then((number) => postMessage({ number }), () => postMessage({ failed: true }));
}

// The relay's answer, `{"challenge":{…},"ticket":"…"}`, with the solution instead of the challenge. Nothing: there is none, or
// the connection that it was for is gone.
export const prove = (answer, socket) =>
  new Promise((resolve) => {
    const { challenge, ticket } = JSON.parse(answer);
    const { algorithm, challenge: hash, salt, signature } = challenge;
    const worker = new Worker(import.meta.url, { type: "module" });
    const end = (proved) => {
      worker.terminate();
      resolve(proved);
    };
    worker.onerror = () => end();
    worker.onmessage = ({ data: { number, failed } }) => {
      if (failed || socket.readyState !== WebSocket.OPEN) return end();
      if (number === undefined) return;
      end(JSON.stringify({ proof_of_work: { algorithm, challenge: hash, number, salt, signature }, ticket }));
    };
    worker.postMessage(challenge);
  });
