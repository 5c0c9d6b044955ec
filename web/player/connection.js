// A connection to the room's sound: bytes read by fetch(), and why there are no more.

const SILENCE = 20000; // milliseconds without a byte after which the connection is taken for dead
const NEWS = { 403: "forged", 404: "over", 409: "elsewhere", 410: "over", 503: "full" };

// Why there is no sound, by the status of the server's answer; 0: there was none.
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
    this.news = NEWS[status] ?? "lost";
  }
}

// Gives piece after piece until the end of the stream; throws Refused, or whatever broke the connection.
export async function* pieces(url, signal) {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal.addEventListener("abort", end, { once: true });
  let dying = setTimeout(end, SILENCE);
  try {
    const asked = { signal: ending.signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
    const answer = await fetch(url, asked);
    if (!answer.ok) throw new Refused(answer.status);
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(dying);
      dying = setTimeout(end, SILENCE);
      yield value;
    }
  } finally {
    clearTimeout(dying);
    signal.removeEventListener("abort", end);
    end();
  }
}
