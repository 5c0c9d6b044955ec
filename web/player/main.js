// The listener's page: a button, the room's events, and the sound that follows both.

import { Countdown } from "./countdown.js";
import { Meter } from "./meter.js";
import { follow } from "./events.js";
import { Sound } from "./sound.js";
import { showStage } from "./stage.js";

const AHEAD = ["scheduled"];
const OVER = ["ended", "cancelled", "missed"];

const page = JSON.parse(document.getElementById("page").textContent);
const find = (id) => document.getElementById(id);

class Page {
  constructor() {
    this.room = page.room;
    this.isWanted = false;
    this.news = "idle";
    this.sound = new Sound(find("sound"), page.stream, (news, behind) => this.hear(news, behind));
    this.meter = new Meter(find("sound"), find("footlights"));
    this.countdown = new Countdown(find("countdown"), page.language, page.texts);
    find("play").addEventListener("click", () => this.press());
    find("volume").addEventListener("input", (event) => this.sound.setVolume(event.target.valueAsNumber / 100));
    find("sound").addEventListener("pause", (event) => this.heedPause(event.target));
    find("controls").hidden = false;
    follow(page.events, (room) => this.see(room));
    this.see(page.room);
  }

  press() {
    this.isWanted = !this.isWanted;
    if (this.isWanted) this.meter.start();
    this.news = "idle";
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
    showStage(find("stage"), room.stage, page.texts);
    this.countdown.show(room);
  }

  hear(news, behind) {
    if (news === "over") this.isWanted = false;
    if (news === "blocked") this.isWanted = false;
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
    find("volume-control").hidden = !isAudible;
    find("elsewhere").hidden = !isAudible;
    setText("status", page.news[this.statusName()] ?? "");
    const isHeard = this.isWanted && this.news === "playing" && this.behind !== undefined;
    find("behind").hidden = !isHeard;
    if (isHeard) find("behind").textContent = page.texts.behind.replace("{seconds}", this.seconds());
  }

  statusName() {
    if (OVER.includes(this.room.state)) return this.room.state;
    if (!this.isAudible()) return this.room.admission;
    if (this.news === "blocked" || this.news === "over") return this.news;
    if (!this.isWanted) return "idle";
    if (AHEAD.includes(this.room.state)) return "armed";
    if (this.news === "playing" && this.room.state === "opening") return "music";
    return this.news === "idle" ? "connecting" : this.news;
  }

  // Now or later, by whoever has the link.
  isAudible() {
    return this.room.admission === "open" && !OVER.includes(this.room.state);
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

new Page();
