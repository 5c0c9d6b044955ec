// One connection played by WebCodecs: decoded in a thread of its own, a tenth of a second behind the live edge.

import { Refused } from "./connection.js";
import { silence } from "./silence.js";

const DECODING = new URL("./decoding.js", import.meta.url);
const RING = new URL("./ring.js", import.meta.url);
const FORM = { codec: "opus", sampleRate: 48000, numberOfChannels: 1 };
const PLAY_OUT = 300; // milliseconds for the rest, when the stream is at its end
const PATIENCE = 500; // milliseconds without sound before that is spoken of

let isRingKnown;

// Only in secure contexts: https, and this machine's own addresses.
export async function hasWebCodecs(loudspeaker) {
  if (!("AudioDecoder" in window && loudspeaker.isOpen && loudspeaker.context.audioWorklet)) return false;
  try {
    isRingKnown ??= loudspeaker.context.audioWorklet.addModule(RING);
    await isRingKnown;
    return (await AudioDecoder.isConfigSupported(FORM)).supported;
  } catch {
    return false;
  }
}

// Resolves at the end of the stream; rejects with Refused, NotAllowedError, or when the connection broke and
// could not be replaced before anybody heard of it.
export async function playByWebCodecs({ audio, loudspeaker, url, signal, tell }) {
  const { context } = loudspeaker;
  const ring = new AudioWorkletNode(context, "ring", { numberOfInputs: 0, outputChannelCount: [1] });
  const decoding = new Worker(DECODING, { type: "module" });
  const wire = new MessageChannel();
  ring.port.postMessage(wire.port1, [wire.port1]);
  decoding.postMessage({ url, ring: wire.port2 }, [wire.port2]);
  const complaining = listen(ring, (behind) => tell("playing", behind + loudspeaker.delay), () => tell("waiting"));
  ring.connect(loudspeaker.gain);
  try {
    silence(audio); // what lock screens and media keys take hold of
    await ended(decoding, signal);
  } finally {
    complaining.abort();
    decoding.terminate();
    ring.port.postMessage(null); // it is of no more use
    ring.disconnect();
  }
}

// Tells how far behind it plays; and once nothing has been heard for a while, after something was.
function listen(ring, hear, miss) {
  const ending = new AbortController();
  let complaint;
  let hasBegun = false;
  ring.port.onmessage = ({ data: { isDry, behind } }) => {
    if (ending.signal.aborted) return;
    if (!isDry) {
      clearTimeout(complaint);
      complaint = undefined;
      hasBegun = true;
      hear(behind);
    } else if (hasBegun) {
      complaint ??= setTimeout(miss, PATIENCE);
    }
  };
  ending.signal.addEventListener("abort", () => clearTimeout(complaint));
  return ending;
}

function ended(decoding, signal) {
  return new Promise((resolve, reject) => {
    decoding.onmessage = ({ data }) => (data === "ended" ? setTimeout(resolve, PLAY_OUT) : reject(new Refused(data)));
    decoding.onerror = () => reject(new Refused(0));
    signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")), { once: true });
  });
}
