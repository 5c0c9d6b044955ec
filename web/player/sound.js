// The sound of a room: plays it as close to the live edge as the browser can, and comes back by itself.

import { Refused } from "./connection.js";
import { chooseWay } from "./ways.js";

// What ends the wish to listen; after everything else it is tried again.
export const FINAL = ["over", "blocked", "elsewhere", "forged"];

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;
const CALM = 10000; // milliseconds of sound after which the next loss is the first again

export class Sound {
  // `tell(news, behind)`: "connecting", "playing" (and the seconds behind), "waiting", "lost", "full", or one of FINAL.
  constructor(loudspeaker, entrance, tell) {
    this.loudspeaker = loudspeaker;
    this.entrance = entrance;
    this.tell = tell;
    this.stopping = null;
    this.before = Promise.resolve();
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
      if (FINAL.includes(news)) this.stopping?.abort();
      if (performance.now() - began > CALM) pause = FIRST_PAUSE;
      await rest(pause * (1 + Math.random() / 3), signal);
      pause = Math.min(pause * 1.6, LONGEST_PAUSE);
    }
    if (this.stopping?.signal === signal) this.stopping = null;
  }

  async playOnce(signal) {
    const { loudspeaker } = this;
    const { audio } = loudspeaker;
    const tell = (news, behind) => this.say(signal, news, behind);
    try {
      const way = await chooseWay({ audio, loudspeaker });
      const url = `${await this.entrance.address()}.${way.form}`;
      if (!signal.aborted) await way.play({ audio, loudspeaker, url, signal, tell });
      return "lost";
    } catch (error) {
      if (error.status === 401 || error.status === 409) this.entrance.leave();
      if (error instanceof Refused) return error.news;
      if (error.name === "NotAllowedError") return "blocked";
      return "lost";
    } finally {
      audio.pause();
      audio.loop = false;
      audio.removeAttribute("src");
      audio.load();
    }
  }

  say(signal, news, behind) {
    if (!signal.aborted) this.tell(news, behind);
  }
}

// So long, or until the network is back.
function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const ending = new AbortController();
    const end = () => (clearTimeout(timer), ending.abort(), resolve());
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end, { signal: ending.signal });
    signal.addEventListener("abort", end, { signal: ending.signal });
  });
}
