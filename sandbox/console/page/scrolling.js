/** Scrolling: stays at the end while the reader is there, and where the reader is otherwise. */

import { count } from "./times.js";

const NEAR = 64;

/** Keeps the place of one scrolling element, for each chat that is shown in it. */
export class ScrollKeeper {
  /**
   * @param {HTMLElement} box what scrolls
   * @param {HTMLElement} content what grows inside it
   * @param {HTMLElement} button leads back to the end
   */
  constructor(box, content, button) {
    this.box = box;
    this.button = button;
    this.isAtEnd = true;
    this.missed = 0;
    /** @type {Map<string, number>} */
    this.places = new Map();
    this.top = 0;
    box.addEventListener("scroll", () => this.look(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    const growing = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    growing.observe(content);
    growing.observe(box);
  }

  /** @param {string} place what is shown no more */
  leave(place) {
    if (this.isAtEnd) this.places.delete(place);
    else this.places.set(place, this.box.scrollTop);
  }

  /** @param {string} place what is shown now */
  enter(place) {
    const top = this.places.get(place);
    if (top === undefined) this.toEnd();
    else {
      this.isAtEnd = false;
      this.box.scrollTop = top;
      this.look();
    }
  }

  /** @param {boolean} isWanted the content changed, and its end must be seen */
  settle(isWanted) {
    if (this.isAtEnd || isWanted) this.toEnd();
  }

  /** @param {number} messages so many came */
  count(messages) {
    if (this.isAtEnd) return;
    this.missed += messages;
    this.label();
  }

  /** @param {() => void} grow puts more above what is seen, which shall not move */
  growAbove(grow) {
    const fromEnd = this.box.scrollHeight - this.box.scrollTop;
    grow();
    this.box.scrollTop = this.box.scrollHeight - fromEnd;
  }

  toEnd() {
    this.isAtEnd = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.look();
  }

  /** Only who scrolls up leaves the end; when it moves away because something grew, it is followed. */
  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    if (clientHeight === 0) return;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    this.isAtEnd = isNear || (this.isAtEnd && scrollTop >= this.top);
    this.top = scrollTop;
    if (this.isAtEnd) this.missed = 0;
    this.label();
  }

  label() {
    this.button.hidden = this.isAtEnd;
    const words = this.missed > 0 ? `${count(this.missed, "new message")}, go to the end` : "Go to the end";
    this.button.setAttribute("aria-label", words);
    this.button.dataset.count = this.missed > 0 ? String(this.missed) : "";
  }
}
