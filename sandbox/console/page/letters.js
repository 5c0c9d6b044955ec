/** Letters: the keyboard that a bot put in place of one's letters, and its wish to be answered. */

import { assign, fill, find, make } from "./dom.js";
import { WISHES } from "./wishes.js";

const PLACEHOLDER = "Message";

/** Shows the keyboard above the text field; a bot's wish begins a reply. */
export class LettersBar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.bar = find("letters");
    this.field = find("text");
    this.toggle = find("show-letters");
    this.toggle.addEventListener("click", () => this.putAway(!this.isAway));
  }

  /** @returns {import("./store.js").Letters | null} those that concern what is open */
  get letters() {
    const { chat, thread } = this.store;
    const letters = chat?.letters ?? null;
    const isHere = letters !== null && (thread === null || (letters.thread ?? 0) === thread);
    return isHere ? letters : null;
  }

  /** @returns {string} what is remembered of them */
  get mark() {
    return `${this.store.place}:${this.letters?.message}`;
  }

  get isAway() {
    return this.store.putAway.has(this.mark);
  }

  /** Show what the store holds. */
  render() {
    const letters = this.letters;
    if (letters?.force_reply && !this.isAway) this.beginReply(letters.message);
    const rows = letters?.keyboard ?? [];
    this.toggle.hidden = rows.length === 0;
    this.bar.hidden = rows.length === 0 || this.isAway;
    assign(this.toggle, "aria-pressed", String(!this.bar.hidden));
    assign(this.field, "placeholder", letters?.placeholder || PLACEHOLDER);
    fill(this.bar, [this.mark, rows], () =>
      rows.map((row) => make("div", { class: "keys" }, ...row.map((key) => this.key(key)))),
    );
  }

  /** @param {boolean} isAway */
  putAway(isAway) {
    if (isAway) this.store.putAway.add(this.mark);
    else this.store.putAway.delete(this.mark);
    this.store.touch();
  }

  /** @param {number} message */
  beginReply(message) {
    this.store.putAway.add(this.mark);
    if (!this.store.replies.has(this.store.place)) this.actions.replyTo(message);
  }

  /** @param {any} key a KeyboardButton */
  key(key) {
    const wish = Object.keys(key).find((name) => !["text", "style", "icon_custom_emoji_id"].includes(name));
    const isKnown = wish === undefined || wish in WISHES;
    const onclick = () => this.press(key, wish);
    return make("button", { type: "button", class: "key", disabled: !isKnown, onclick }, key.text);
  }

  /**
   * @param {any} key
   * @param {string | undefined} wish what the key asks for besides its words
   */
  async press(key, wish) {
    const { letters, mark, actions } = this;
    if (letters === null) return;
    const isSent = wish
      ? await WISHES[wish](actions, letters.message, key[wish])
      : await this.say(key.text, letters);
    if (!isSent || !letters.one_time) return;
    this.store.putAway.add(mark);
    this.store.touch();
  }

  /**
   * @param {string} words
   * @param {import("./store.js").Letters} letters
   */
  say(words, letters) {
    const { chat, thread } = this.store;
    const answer = chat?.kind === "private" ? {} : { reply_to: letters.message };
    return this.actions.send(words, thread || letters.thread, answer);
  }
}
