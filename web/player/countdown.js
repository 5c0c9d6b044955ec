// The countdown to a room that is ahead.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export class Countdown {
  constructor(element, language, texts) {
    this.element = element;
    this.language = language;
    this.texts = texts;
  }

  show(room) {
    clearInterval(this.ticking);
    this.startsAt = Date.parse(room.starts_at);
    this.element.hidden = room.state !== "scheduled";
    if (this.element.hidden) return;
    this.draw();
    this.ticking = setInterval(() => this.draw(), 1000);
  }

  draw() {
    const left = Math.ceil((this.startsAt - Date.now()) / 1000);
    const text = left > 0 ? this.texts.begins_in.replace("{time}", this.inWords(left)) : this.texts.begins_now;
    this.element.textContent = text;
  }

  // The two largest units: "1 day, 3 hr", "12 min, 5 sec".
  inWords(seconds) {
    const first = UNITS.findIndex(([, length]) => seconds >= length);
    return UNITS.slice(first, first + 2)
      .map(([unit, length], place) => {
        const count = Math.floor((place ? seconds % UNITS[first][1] : seconds) / length);
        const told = new Intl.NumberFormat(this.language, { style: "unit", unit, unitDisplay: "short" }).format(count);
        return told.replace(/\s/g, "\u00a0"); // a number stays beside its unit
      })
      .join(" ");
  }
}
