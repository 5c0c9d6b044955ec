// The sound of a room: plays it as close to the live edge as the browser can, and comes back by itself.

import { hasMediaSource, playByMediaSource, Refused } from "./mediasource.js";
import { playPlainly } from "./plain.js";

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;
const CALM = 10000; // milliseconds of sound after which the next loss is the first again

export class Sound {
  // `tell(news, behind)`: "connecting", "playing" (and the seconds behind), "waiting", "lost", "full", "blocked", "over".
  constructor(audio, address, tell) {
    this.audio = audio;
    this.address = address;
    this.tell = tell;
    this.stopping = null;
    this.before = Promise.resolve();
  }

  setVolume(volume) {
    this.audio.volume = volume;
  }

  start() {
    if (this.stopping) return;
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.before = this.before.then(() => this.keep(signal)); // one at a time: they share an audio element
  }

  stop() {
    this.stopping?.abort();
    this.stopping = null;
  }

  async keep(signal) {
    let pause = FIRST_PAUSE;
    while (!signal.aborted) {
      this.say(signal, "connecting");
      const began = performance.now();
      const news = await this.playOnce(signal);
      this.say(signal, news);
      if (news === "over" || news === "blocked") this.stopping?.abort();
      if (performance.now() - began > CALM) pause = FIRST_PAUSE;
      await rest(pause * (1 + Math.random() / 3), signal);
      pause = Math.min(pause * 1.6, LONGEST_PAUSE);
    }
    if (this.stopping?.signal === signal) this.stopping = null;
  }

  async playOnce(signal) {
    const play = hasMediaSource() ? playByMediaSource : playPlainly;
    const form = hasMediaSource() || !this.audio.canPlayType("audio/ogg; codecs=opus") ? "webm" : "ogg";
    try {
      await play(this.audio, `${this.address}.${form}`, signal, (news, behind) => this.say(signal, news, behind));
      return "lost";
    } catch (error) {
      if (error instanceof Refused) return error.news;
      if (error.name === "NotAllowedError") return "blocked";
      return "lost";
    } finally {
      this.audio.pause();
      this.audio.removeAttribute("src");
      this.audio.load();
    }
  }

  say(signal, news, behind) {
    if (!signal.aborted) this.tell(news, behind);
  }
}

function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
