// The replay of a talk that is over: played, searched by its waveform and its chapters, at any speed.

import { LockScreen } from "./lockscreen.js";
import { Loudspeaker } from "./loudspeaker.js";
import { Meter } from "./meter.js";
import { SleepTimer } from "./sleep.js";

const STEP = 15; // seconds that the buttons beside the waveform go
const WIDTH = 800; // of the waveform's picture, in its own units

const find = (id) => document.getElementById(id);

export class Replay {
  constructor(page) {
    this.texts = page.texts;
    this.duration = page.replay.duration;
    this.parts = page.replay.parts;
    this.chapters = [...document.querySelectorAll("#chapters a")];
    this.audio = find("sound");
    this.loudspeaker = new Loudspeaker(this.audio);
    this.meter = new Meter(this.loudspeaker, find("footlights"));
    this.lockScreen = new LockScreen(page.cover);
    this.lockScreen.show(page.room);
    this.part = null;
    this.listenToPresses();
    this.listenToSound();
    for (const name of ["play", "controls", "knobs", "deck"]) find(name).hidden = false;
    this.show();
  }

  listenToPresses() {
    const { audio, loudspeaker } = this;
    find("play").addEventListener("click", () => (audio.paused ? this.play() : this.pause()));
    find("back").addEventListener("click", () => this.go(this.at - STEP));
    find("ahead").addEventListener("click", () => this.go(this.at + STEP));
    find("position").addEventListener("input", (event) => this.go(event.target.valueAsNumber));
    find("speed").addEventListener("change", () => this.pace());
    find("volume").addEventListener("input", (event) => loudspeaker.setVolume(event.target.valueAsNumber / 100));
    for (const link of this.chapters) link.addEventListener("click", (event) => this.open(event, link));
    const doze = () => loudspeaker.fade();
    this.sleepTimer = new SleepTimer(find("sleep"), { doze, sleep: () => this.pause(), wake: () => loudspeaker.brighten() });
    this.lockScreen.answer({
      play: () => this.play(),
      pause: () => this.pause(),
      seekbackward: ({ seekOffset }) => this.go(this.at - (seekOffset ?? STEP)),
      seekforward: ({ seekOffset }) => this.go(this.at + (seekOffset ?? STEP)),
      seekto: ({ seekTime }) => this.go(seekTime),
      previoustrack: () => this.go(this.chapterAt(this.at - 3)?.at ?? 0),
      nexttrack: () => this.go(this.nextChapter()),
    });
  }

  listenToSound() {
    for (const name of ["play", "pause", "timeupdate", "seeked", "waiting", "playing"]) {
      this.audio.addEventListener(name, () => this.show());
    }
    this.audio.addEventListener("ended", () => this.goOn());
    this.audio.addEventListener("error", () => this.complain());
  }

  // Seconds from the talk's beginning.
  get at() {
    if (this.wanted !== undefined) return this.wanted;
    return this.part === null ? 0 : this.parts[this.part].at + this.audio.currentTime;
  }

  async play() {
    await this.loudspeaker.open();
    this.loudspeaker.takeElement();
    this.meter.start();
    if (this.at >= this.duration - 0.5) this.go(0);
    if (this.part === null) this.go(0);
    await this.audio.play().catch((error) => error.name === "NotAllowedError" && this.say(this.texts.blocked));
  }

  pause() {
    this.audio.pause();
  }

  // A chapter's link: without a script it opens the recording there.
  open(event, link) {
    event.preventDefault();
    this.go(Number(link.dataset.at));
    this.play();
  }

  go(at) {
    const wanted = Math.max(0, Math.min(at, this.duration));
    const part = Math.max(0, this.parts.findLastIndex((one) => one.at <= wanted));
    if (part !== this.part) this.load(part);
    this.wanted = wanted;
    const reach = () => {
      this.audio.currentTime = wanted - this.parts[part].at;
      this.wanted = undefined;
    };
    this.reaching?.abort();
    this.reaching = new AbortController();
    const { signal } = this.reaching;
    if (this.audio.readyState >= HTMLMediaElement.HAVE_METADATA) reach();
    else this.audio.addEventListener("loadedmetadata", reach, { once: true, signal });
    this.show();
  }

  load(part) {
    const isPlaying = !this.audio.paused;
    this.part = part;
    this.audio.src = this.parts[part].url;
    this.pace();
    if (isPlaying) this.play();
  }

  // The next part follows the one that is over.
  goOn() {
    if (this.part + 1 < this.parts.length) {
      this.go(this.parts[this.part + 1].at);
      this.play();
    }
    this.show();
  }

  pace() {
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(find("speed").value);
  }

  chapterAt(at) {
    const link = this.chapters.findLast((one) => Number(one.dataset.at) <= at);
    return link && { link, at: Number(link.dataset.at) };
  }

  nextChapter() {
    const next = this.chapters.find((one) => Number(one.dataset.at) > this.at);
    return next ? Number(next.dataset.at) : this.duration;
  }

  show() {
    const { at, audio, duration } = this;
    const isPlaying = !audio.paused && !audio.ended;
    find("play").dataset.does = isPlaying ? "pause" : "play";
    find("play").setAttribute("aria-label", isPlaying ? this.texts.pause : this.texts.play);
    find("room").dataset.sound = isPlaying ? "playing" : "idle";
    find("heard").setAttribute("width", duration ? (at / duration) * WIDTH : 0);
    find("at").textContent = clock(at);
    const position = find("position");
    position.value = Math.floor(at);
    const chapter = this.chapterAt(at);
    const told = this.texts.place.replace("{at}", clock(at)).replace("{length}", clock(duration));
    position.setAttribute("aria-valuetext", chapter ? `${told}, ${chapter.link.querySelector(".name").textContent}` : told);
    for (const link of this.chapters) {
      if (link === chapter?.link) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.lockScreen.state = isPlaying ? "playing" : "paused";
    this.lockScreen.place(duration, at, audio.playbackRate);
    if (isPlaying) this.say("");
  }

  complain() {
    if (this.audio.hasAttribute("src")) this.say(this.texts.unheard);
  }

  say(text) {
    if (find("status").textContent !== text) find("status").textContent = text;
  }
}

// As players show it: "0:05", "12:30", "1:02:03".
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
