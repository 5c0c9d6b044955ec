// One connection played by MediaSource: WebM read by fetch(), a fraction of a second behind the live edge.

import { pieces } from "./connection.js";
import { Steering } from "./steering.js";

const FORM = 'audio/webm; codecs="opus"';
const KEPT = 10; // seconds of the past kept in the buffer
const PLAY_OUT = 2000; // milliseconds for the rest, when the stream is at its end

// iPhones have but the managed one, which plays only where nothing is cast to other devices.
const Source = window.MediaSource ?? window.ManagedMediaSource;

export function hasMediaSource() {
  return Boolean(Source?.isTypeSupported(FORM)) && "ReadableStream" in window;
}

// Resolves at the end of the stream; rejects with Refused, NotAllowedError, or whatever broke the connection.
export async function playByMediaSource({ audio, loudspeaker, url, signal, tell }) {
  const ending = new AbortController();
  signal.addEventListener("abort", () => ending.abort(), { once: true });
  loudspeaker.takeElement();
  const source = new Source();
  if (!window.MediaSource) audio.disableRemotePlayback = true;
  const address = URL.createObjectURL(source);
  audio.src = address;
  const opened = happens(source, "sourceopen", ending.signal);
  const refusal = new Promise((_, reject) => audio.play().catch((error) => error.name === "NotAllowedError" && reject(error)));
  try {
    await Promise.race([refusal, feed(audio, source, opened, url, ending.signal, tell)]);
  } finally {
    ending.abort();
    URL.revokeObjectURL(address);
  }
}

async function feed(audio, source, opened, url, signal, tell) {
  await opened;
  const buffer = source.addSourceBuffer(FORM);
  const steering = new Steering(audio, tell, signal);
  for await (const piece of pieces(url, signal)) {
    await change(buffer, () => buffer.appendBuffer(piece), signal);
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
