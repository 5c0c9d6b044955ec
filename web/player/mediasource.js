// One connection played by MediaSource: WebM read by fetch(), a fraction of a second behind the live edge.

import { Steering } from "./steering.js";

const FORM = 'audio/webm; codecs="opus"';
const SILENCE = 20000; // milliseconds without a byte after which the connection is taken for dead
const KEPT = 10; // seconds of the past kept in the buffer
const PLAY_OUT = 2000; // milliseconds for the rest, when the stream is at its end

const NEWS = { 404: "over", 410: "over", 503: "full" };

export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.news = NEWS[status] ?? "lost";
  }
}

export function hasMediaSource() {
  return "MediaSource" in window && MediaSource.isTypeSupported(FORM) && "ReadableStream" in window;
}

// Resolves at the end of the stream; rejects with Refused, NotAllowedError, or whatever broke the connection.
export async function playByMediaSource(audio, url, signal, tell) {
  const ending = new AbortController();
  signal.addEventListener("abort", () => ending.abort(), { once: true });
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  audio.src = address;
  const opened = happens(source, "sourceopen", ending.signal);
  const refusal = new Promise((_, reject) => audio.play().catch((error) => error.name === "NotAllowedError" && reject(error)));
  try {
    await Promise.race([refusal, feed(audio, source, opened, url, ending, tell)]);
  } finally {
    ending.abort();
    URL.revokeObjectURL(address);
  }
}

async function feed(audio, source, opened, url, ending, tell) {
  const signal = ending.signal;
  const asked = fetch(url, { signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
  const [answer] = await Promise.all([asked, opened]);
  if (!answer.ok) throw new Refused(answer.status);
  const buffer = source.addSourceBuffer(FORM);
  const steering = new Steering(audio, tell, signal);
  const reader = answer.body.getReader();
  for (;;) {
    const dying = setTimeout(() => ending.abort(), SILENCE);
    const { done, value } = await reader.read();
    clearTimeout(dying);
    if (done) break;
    await change(buffer, () => buffer.appendBuffer(value), signal);
    steering.follow(buffer.buffered);
    await forget(audio, buffer, signal);
  }
  await playOut(audio, source, signal);
}

async function forget(audio, buffer, signal) {
  const { buffered } = buffer;
  if (buffered.length && audio.currentTime - buffered.start(0) > 3 * KEPT) {
    await change(buffer, () => buffer.remove(0, audio.currentTime - KEPT), signal);
  }
}

async function playOut(audio, source, signal) {
  if (source.readyState === "open") source.endOfStream();
  const limit = new Promise((resolve) => setTimeout(resolve, PLAY_OUT));
  await Promise.race([happens(audio, "ended", signal), limit]);
}

async function change(buffer, action, signal) {
  const changed = happens(buffer, "updateend", signal);
  action();
  await changed;
}

function happens(target, name, signal) {
  return new Promise((resolve, reject) => {
    const end = () => reject(new DOMException("stopped", "AbortError"));
    if (signal.aborted) return end();
    target.addEventListener(name, () => (signal.removeEventListener("abort", end), resolve()), { once: true });
    signal.addEventListener("abort", end, { once: true });
  });
}
