// The listener's page: a button, the room's events, and the sound that follows both.

import { Countdown } from "./countdown.js";
import { Entrance } from "./entrance.js";
import { follow } from "./events.js";
import { LockScreen } from "./lockscreen.js";
import { Loudspeaker } from "./loudspeaker.js";
import { Meter } from "./meter.js";
import { Replay } from "./replay.js";
import { SleepTimer } from "./sleep.js";
import { TalkBack } from "./questions.js";
import { FINAL, Sound } from "./sound.js";
import { showStage } from "./stage.js";
import { Ticket } from "./tickets.js";

const AHEAD = ["scheduled"];
const OVER = ["ended", "cancelled", "missed"];
const LOOKS = 20000; // milliseconds between two looks for a replay that is being made ready
const CALM = 1000; // milliseconds between two pictures of how far behind it is

const page = JSON.parse(document.getElementById("page").textContent);
const find = (id) => document.getElementById(id);

class Page {
  constructor() {
    this.room = page.room;
    this.isWanted = false;
    this.news = "idle";
    this.ticket = new Ticket(page.key, page.name);
    this.ticket.receive();
    this.entrance = new Entrance(this, this.ticket, (place) => this.follow(place));
    this.loudspeaker = new Loudspeaker(find("sound"));
    this.sound = new Sound(this.loudspeaker, this.entrance, (news, behind) => this.hear(news, behind));
    this.meter = new Meter(this.loudspeaker, find("footlights"));
    this.lockScreen = new LockScreen(page.cover);
    this.countdown = new Countdown(find("countdown"), page.language, page.texts);
    this.talkBack = new TalkBack(() => this.placeToTalk(), page.language);
    this.listenToPresses();
    this.follow(null);
    this.see(page.room);
  }

  listenToPresses() {
    const { loudspeaker } = this;
    find("play").addEventListener("click", () => this.press());
    find("volume").addEventListener("input", (event) => loudspeaker.setVolume(event.target.valueAsNumber / 100));
    find("sound").addEventListener("pause", (event) => this.heedPause(event.target));
    addEventListener("hashchange", () => (this.ticket.receive(), this.act()));
    const doze = () => loudspeaker.fade();
    const sleep = () => this.isWanted && this.press();
    this.sleepTimer = new SleepTimer(find("sleep"), { doze, sleep, wake: () => loudspeaker.brighten() });
    const play = () => this.isWanted || this.press();
    this.lockScreen.answer({ play, pause: sleep, stop: sleep });
    find("controls").hidden = false;
  }

  get stream() {
    return page.stream;
  }

  // From its place who has a ticket sees the stage, too.
  follow(place) {
    this.unfollow?.();
    const address = place === null ? page.events : `${place}/events`;
    this.unfollow = follow(address, (room) => this.see(room), this.talkBack.listeners);
  }

  async placeToTalk() {
    return (await this.entrance.address()).replace(/\/stream$/, "");
  }

  async press() {
    this.isWanted = !this.isWanted;
    this.news = "idle";
    this.show();
    if (this.isWanted) await this.loudspeaker.open();
    this.meter.start();
    this.act();
  }

  // A media key, a lock screen or pulled headphones pause the element itself: that is a press too.
  heedPause(audio) {
    if (this.isWanted && audio.paused && audio.hasAttribute("src") && !audio.ended) this.press();
  }

  see(room) {
    const isMoved = room.starts_at !== this.room.starts_at || room.ends_at !== this.room.ends_at;
    if (isMoved && !this.isWanted) location.reload(); // its times are written on the page
    this.room = room;
    if (!this.isAudible()) this.isWanted = false;
    this.act();
    find("room").dataset.state = room.state;
    find("calendar").hidden = !AHEAD.includes(room.state);
    find("unseen").hidden = room.admission !== "open";
    setText("badge", page.states[room.state]);
    setText("title", room.title);
    showStage(find("stage"), find("speaking"), room.stage, page.texts);
    this.talkBack.see(room);
    this.countdown.show(room);
    this.lockScreen.show(room);
    this.awaitReplay(room);
  }

  // What is on the page of a talk that is over comes with the page.
  awaitReplay({ replay }) {
    clearTimeout(this.looking);
    if (replay === "there") location.reload();
    if (replay === "due") this.looking = setTimeout(() => this.follow(null), LOOKS * (1 + Math.random()));
  }

  hear(news, behind) {
    if (FINAL.includes(news)) this.isWanted = false;
    this.news = news;
    this.behind = behind;
    this.show();
  }

  act() {
    const isOnAir = this.isAudible() && !AHEAD.includes(this.room.state);
    if (this.isWanted && isOnAir) this.sound.start();
    else this.sound.stop();
    this.show();
  }

  show() {
    const isAudible = this.isAudible();
    const button = find("play");
    button.hidden = !isAudible;
    button.dataset.does = this.isWanted ? "stop" : "play";
    button.setAttribute("aria-label", this.isWanted ? page.texts.stop : page.texts.play);
    find("room").dataset.sound = this.isWanted ? this.news : "idle";
    find("knobs").hidden = !isAudible;
    find("elsewhere").hidden = !isAudible || !this.entrance.isOpen;
    find("ticket").hidden = !isAudible || this.entrance.isOpen;
    setText("status", page.news[this.statusName()] ?? "");
    this.lockScreen.state = this.isWanted ? "playing" : "none";
    this.showDelay();
  }

  showDelay() {
    const isHeard = this.isWanted && this.news === "playing" && this.behind !== undefined;
    find("behind").hidden = !isHeard;
    if (!isHeard || performance.now() < (this.delayShown ?? 0) + CALM) return;
    this.delayShown = performance.now();
    setText("behind", page.texts.behind.replace("{seconds}", this.seconds()));
  }

  statusName() {
    if (OVER.includes(this.room.state)) return this.room.replay === "due" ? "due" : this.room.state;
    if (!this.isAudible()) return this.room.admission;
    if (FINAL.includes(this.news)) return this.news;
    if (!this.isWanted) return "idle";
    if (AHEAD.includes(this.room.state)) return "armed";
    if (this.news === "playing" && this.room.state === "opening") return "music";
    return this.news === "idle" ? "connecting" : this.news;
  }

  // Now or later, here: by the link, or with the ticket that this browser has.
  isAudible() {
    return (this.entrance.isOpen || this.ticket.text !== null) && !OVER.includes(this.room.state);
  }

  seconds() {
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(page.language, digits).format(this.behind);
  }
}

// A screen reader speaks what is written anew, so the same text is not written twice.
function setText(id, text) {
  const element = find(id);
  if (element.textContent !== text) element.textContent = text;
}

// Without a cover there is no gap either.
const poster = find("poster");
poster.addEventListener("error", () => poster.remove());
if (poster.complete && !poster.naturalWidth) poster.remove();

if (page.replay) new Replay(page);
else new Page();
