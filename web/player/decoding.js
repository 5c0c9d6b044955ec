// Decoding, in a thread of its own, so that nothing that the page does delays the sound: one connection after
// the other, WebM to Opus packets to samples, which go straight to the ring that plays them.

import { pieces, Refused } from "./connection.js";
import { Demuxer } from "./webm.js";

const FORM = { codec: "opus", sampleRate: 48000, numberOfChannels: 1 };
const PACKET = 20; // milliseconds
const ELSEWHERE = 2000; // milliseconds by which a packet may be early or late and belong to the same clock
const SETTLED = 2000; // milliseconds after which a lost connection deserves to be replaced at once

class Decoding {
  constructor(ring) {
    this.ring = ring;
    this.due = null;
  }

  // Keeps a connection until the stream ends, or until a new one breaks as soon as it is there; gives "ended",
  // or the status of a refusal, 0 if there was no answer.
  async follow(url, signal) {
    for (;;) {
      const began = performance.now();
      try {
        await this.carry(url, signal);
        return "ended";
      } catch (error) {
        if (error instanceof Refused) return error.status;
        if (signal.aborted || performance.now() - began < SETTLED) return 0;
      }
    }
  }

  async carry(url, signal) {
    const demuxer = new Demuxer();
    for await (const bytes of pieces(url, signal)) {
      for (const packet of demuxer.push(bytes)) this.take(packet);
    }
  }

  // A new connection begins a little in the past: what was heard of it already is passed over.
  take({ at, opus }) {
    if (this.due !== null && at < this.due && at > this.due - ELSEWHERE) return;
    this.due = at + PACKET;
    const chunk = new EncodedAudioChunk({ type: "key", timestamp: at * 1000, duration: PACKET * 1000, data: opus });
    this.ready().decode(chunk);
  }

  // The decoder, or another one in the place of one that gave up.
  ready() {
    if (this.decoder?.state !== "configured") {
      this.decoder = new AudioDecoder({ output: (sound) => this.pass(sound), error: () => {} });
      this.decoder.configure(FORM);
    }
    return this.decoder;
  }

  pass(sound) {
    const samples = new Float32Array(sound.numberOfFrames);
    sound.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
    const at = Math.round((sound.timestamp * FORM.sampleRate) / 1e6);
    sound.close();
    this.ring.postMessage({ at, samples }, [samples.buffer]);
  }
}

let decoding;
let stopping;

addEventListener("message", async ({ data }) => {
  stopping?.abort();
  if (data.ring) decoding = new Decoding(data.ring);
  if (!data.url) return;
  stopping = new AbortController();
  const { signal } = stopping;
  const outcome = await decoding.follow(data.url, signal);
  if (!signal.aborted) postMessage(outcome);
});
