/** The composer: what one is writing, for whom it is meant, and what the bot would understand. */

import { fill, find, make } from "./dom.js";
import { Commands, EXAMPLE } from "./commands.js";
import { icon } from "./icons.js";
import { mentionsOf, placed } from "./mentions.js";
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
    this.into = find("into");
    this.start = find("start");
    this.silence = find("silence");
    this.showCommands = find("show-commands");
    this.commands = new Commands(store);
    this.placeShown = "";
    /** @type {string | null} */
    this.fitted = null;
    this.field.maxLength = LONGEST;
    this.suggestions = new Suggestions(this.field, find("suggestions"), () => this.offer());
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
    this.showCommands.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault());
    this.showCommands.addEventListener("click", () => this.write("/"));
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
    this.form.hidden = !chat || chat.silence !== null || this.closedTopic() !== null;
    this.start.hidden = Boolean(chat) || !isWithBot;
    this.showCommands.hidden = this.field.value !== "" || !chat?.members.some((one) => one.is_bot);
    this.renderSilence();
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
    const { chat, thread } = this.store;
    const threads = threadsOf(chat).filter((one) => one.may_write);
    this.into.hidden = threads.length < 2 || thread !== null;
    fill(this.thread, [chat?.id, threads], () =>
      threads.map((one) => make("option", { value: one.id }, one.name)),
    );
  }

  /** @returns {string | null} why one may not write in the chosen topic */
  closedTopic() {
    const { chat, thread } = this.store;
    const threads = threadsOf(chat);
    const chosen = threads.filter((one) => thread === null || one.id === thread);
    return threads.length > 0 && !chosen.some((one) => one.may_write) ? "This topic is closed." : null;
  }

  renderSilence() {
    const { chat } = this.store;
    const words = chat?.silence ?? this.closedTopic();
    this.silence.hidden = words === null;
    fill(this.silence, [words, chat?.is_blocked], () => {
      if (!chat?.is_blocked) return [words];
      const unblock = make("button", { type: "button", class: "main" }, "Unblock and start again");
      unblock.addEventListener("click", () => this.actions?.start());
      return [make("span", {}, words), unblock];
    });
  }

  renderHint() {
    const { chat, isAdmin, me } = this.store;
    const words = isAdmin ? EXAMPLE : "/rooms";
    const hasTried = chat?.messages.some((one) => one.text.startsWith(words.split(" ")[0])) ?? true;
    const isGroup = chat?.kind === "group" || chat?.kind === "supergroup";
    this.hint.hidden = hasTried || !isGroup || this.field.value !== "";
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
    this.showCommands.hidden = this.field.value !== "";
  }

  /** @returns {import("./suggestions.js").Option[]} commands or people, whichever may be meant */
  offer() {
    const { value, selectionStart } = this.field;
    if (value.startsWith("/")) {
      this.commands
        .learn()
        .then((isNew) => isNew && this.field.value.startsWith("/") && this.suggestions.look());
      return this.commands.matching(value, (words, isFinal) => this.take(words, isFinal));
    }
    const before = value.slice(0, selectionStart);
    return mentionsOf(before, this.store, (from, words, person) => this.name(from, words, person));
  }

  /**
   * A command was chosen.
   * @param {string} command
   * @param {boolean} isFinal
   */
  take(command, isFinal) {
    this.write(command);
    if (isFinal) this.send();
  }

  /**
   * Somebody was chosen to be named.
   * @param {number} from where the name begins
   * @param {string} words
   * @param {number | null} person somebody without a username
   */
  name(from, words, person) {
    const { value, selectionStart } = this.field;
    const { mentions, place } = this.store;
    if (person !== null) mentions.set(place, [...(mentions.get(place) ?? []), { person, words }]);
    this.write(`${value.slice(0, from)}${words} ${value.slice(selectionStart)}`, from + words.length + 1);
  }

  /**
   * @param {string} words
   * @param {number} [at] where the cursor is then
   */
  write(words, at = words.length) {
    this.field.value = words;
    this.field.setSelectionRange(at, at);
    this.field.focus();
    this.changed();
  }

  async send() {
    const text = this.field.value.trim();
    const place = this.placeShown;
    if (!text || this.form.getAttribute("aria-busy") === "true") return;
    this.form.setAttribute("aria-busy", "true");
    const mentions = placed(text, this.store.mentions.get(place) ?? []);
    const isSent = await this.actions?.send(text, this.chosenThread(), mentions.length ? { mentions } : {});
    this.form.removeAttribute("aria-busy");
    if (!isSent) return;
    this.store.mentions.delete(place);
    if (place !== this.placeShown) this.store.drafts.delete(place);
    else if (this.field.value.trim() === text) this.write("");
  }

  /** @returns {number | null} General is written to without a thread */
  chosenThread() {
    const { thread } = this.store;
    const chosen = thread ?? (this.into.hidden ? null : Number(this.thread.value));
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
