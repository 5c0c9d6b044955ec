/** The composer: what one is writing, for whom it is meant, and what the bot would understand. */

import { fill, find, make } from "./dom.js";
import { EXAMPLE } from "./commands.js";
import { icon } from "./icons.js";
import { gist } from "./sentences.js";
import { Suggestions } from "./suggestions.js";
import { GENERAL, threadsOf } from "./threads.js";

const TALLEST = 160;
const LONGEST = 4096;
const BORDERS = 2;

/** One field for all chats; drafts stay with the person and the chat they were written for. */
export class Composer {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {HTMLTextAreaElement} */
    this.field = find("text");
    this.form = find("composer");
    this.hint = find("hint");
    this.replying = find("replying");
    /** @type {HTMLSelectElement} */
    this.thread = find("thread");
    this.start = find("start");
    this.placeShown = "";
    /** @type {string | null} */
    this.fitted = null;
    this.field.maxLength = LONGEST;
    this.suggestions = new Suggestions(this.field, find("suggestions"), (words) => this.write(words));
  }

  /**
   * Begin to work.
   * @param {import("./actions.js").Actions} actions
   */
  listen(actions) {
    this.actions = actions;
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.typed(event));
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.send();
    });
    this.start.addEventListener("click", () => actions.start());
  }

  /**
   * Put words before the person, after what is written already; nothing is sent.
   * @param {string} text
   */
  prefill(text) {
    if (text) this.write(text.startsWith("/") ? text : this.field.value + text);
    this.field.focus();
  }

  /** Show what the store holds. */
  render() {
    const { place, drafts, chat, isWithBot } = this.store;
    if (place !== this.placeShown) {
      this.placeShown = place;
      this.field.value = drafts.get(place) ?? "";
      this.suggestions.close();
    }
    this.form.hidden = !chat;
    this.start.hidden = Boolean(chat) || !isWithBot;
    this.suggestions.told = this.store.world?.bot.commands;
    this.renderReplying();
    this.renderThread();
    this.renderHint();
    this.fit();
  }

  renderReplying() {
    const id = this.store.replies.get(this.store.place);
    const message = this.store.chat?.messages.find((one) => one.id === id);
    this.replying.hidden = message === undefined;
    const words = message ? gist(message, this.store) : "";
    fill(this.replying, [message?.id, words], () => {
      if (message === undefined) return [];
      const stop = make(
        "button",
        { type: "button", class: "round", "aria-label": "Do not reply" },
        icon("close"),
      );
      stop.addEventListener("click", () => this.actions?.replyTo(null));
      const lines = make(
        "span",
        { class: "lines" },
        make("strong", {}, `Reply to ${message.sender_name}`),
        make("span", {}, words),
      );
      return [icon("reply"), lines, stop];
    });
  }

  renderThread() {
    const { chat, thread, isAdmin } = this.store;
    const threads = threadsOf(chat).filter((one) => !one.is_closed || isAdmin);
    this.thread.hidden = threads.length < 2 || thread !== null;
    fill(this.thread, [chat?.id, threads], () =>
      threads.map((one) => make("option", { value: one.id }, `in ${one.name}`)),
    );
  }

  renderHint() {
    const { chat, isAdmin, me } = this.store;
    const words = isAdmin ? EXAMPLE : "/rooms";
    const hasTried = chat?.messages.some((one) => one.text.startsWith(words.split(" ")[0])) ?? true;
    this.hint.hidden = hasTried || chat?.kind === "private" || this.field.value !== "";
    fill(this.hint, [words, me], () => {
      const button = make(
        "button",
        { type: "button", class: "chip" },
        icon("spark"),
        make("span", {}, "Try this: "),
        make("code", {}, words),
      );
      button.addEventListener("click", () => this.prefill(words));
      return [button];
    });
  }

  /** @param {KeyboardEvent} event */
  typed(event) {
    if (this.suggestions.typed(event)) return;
    if (event.key === "Escape" && this.store.replies.has(this.store.place)) this.actions?.replyTo(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  changed() {
    this.store.drafts.set(this.placeShown, this.field.value);
    this.fit();
    this.suggestions.look();
    this.renderHint();
  }

  /** @param {string} words */
  write(words) {
    this.field.value = words;
    this.field.setSelectionRange(words.length, words.length);
    this.changed();
    this.field.focus();
  }

  async send() {
    const text = this.field.value.trim();
    const place = this.placeShown;
    if (!text || this.form.getAttribute("aria-busy") === "true") return;
    this.form.setAttribute("aria-busy", "true");
    const isSent = await this.actions?.send(text, this.chosenThread());
    this.form.removeAttribute("aria-busy");
    if (!isSent) return;
    if (place !== this.placeShown) this.store.drafts.delete(place);
    else if (this.field.value.trim() === text) this.write("");
  }

  /** @returns {number | null} General is written to without a thread */
  chosenThread() {
    const { thread } = this.store;
    const chosen = thread ?? (this.thread.hidden ? null : Number(this.thread.value));
    return chosen === GENERAL ? null : chosen;
  }

  /** Make the field as tall as its words, as soon as it can be seen. */
  fit() {
    const { value, style, offsetParent } = this.field;
    if (value === this.fitted || offsetParent === null) return;
    this.fitted = value;
    style.height = "auto";
    style.height = `${Math.min(this.field.scrollHeight + BORDERS, TALLEST)}px`;
  }
}
