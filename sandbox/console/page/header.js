/** The head of the open chat: its name, its threads, its pins. */

import { avatar } from "./avatars.js";
import { assign, fill, find, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { gist } from "./sentences.js";
import { threadsOf } from "./threads.js";
import { count } from "./times.js";

/** @typedef {{id: number | null, name: string}} Tab a thread, or all of them */

/** Shows what stands above the messages. */
export class ChatHeader {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {(message: number) => void} goTo brings a message into view
   */
  constructor(store, actions, goTo) {
    this.store = store;
    this.goTo = goTo;
    this.title = find("chat-title");
    this.tabs = find("threads");
    this.pins = find("pins");
    this.pinShown = 0;
    find("back").addEventListener("click", () => actions.show("chats"));
    this.voice = find("show-voice");
    this.voice.addEventListener("click", () => actions.show("voice"));
  }

  /** Show what the store holds. */
  render() {
    this.renderTitle();
    this.renderThreads();
    this.renderPins();
  }

  renderTitle() {
    const { chat, world } = this.store;
    const name = chat ? this.store.titleOf(chat) : (this.store.isWithBot && world?.bot.name) || "";
    const people = chat?.members.filter((one) => !["left", "kicked"].includes(one.status)).length ?? 0;
    const line = !chat || chat.kind === "private" ? "bot" : count(people, "member");
    const id = chat && chat.kind !== "private" ? chat.id : (world?.bot.id ?? 0);
    this.voice.hidden = !chat || chat.kind === "private";
    fill(this.title, [name, line, id], () => [
      avatar(id, name),
      make("span", { class: "lines" }, make("h2", {}, name), make("span", { class: "line" }, line)),
    ]);
  }

  renderThreads() {
    const { chat, chatId } = this.store;
    const threads = threadsOf(chat);
    this.tabs.hidden = threads.length < 2;
    /** @type {Tab[]} */
    const tabs = [{ id: null, name: "All" }, ...threads];
    reconcile(this.tabs, this.tabs.hidden ? [] : tabs, {
      key: (tab) => `${chatId}:${tab.id}:${tab.name}`,
      create: (tab) =>
        make("button", { type: "button", class: "tab", onclick: () => this.choose(tab.id) }, tab.name),
      update: (element, tab) => assign(element, "aria-pressed", String(tab.id === this.store.thread)),
    });
  }

  /** @param {number | null} thread */
  choose(thread) {
    const chat = /** @type {number} */ (this.store.chatId);
    if (thread === null) this.store.threads.delete(chat);
    else this.store.threads.set(chat, thread);
    this.store.touch();
  }

  renderPins() {
    const chat = this.store.chat;
    const pins = (chat?.pinned ?? []).flatMap((id) => chat?.messages.find((one) => one.id === id) ?? []);
    this.pins.hidden = pins.length === 0;
    if (pins.length === 0) return;
    const at = (((pins.length - 1 - this.pinShown) % pins.length) + pins.length) % pins.length;
    const pin = pins[at];
    const words = gist(pin, this.store);
    const label = pins.length > 1 ? `Pinned message ${at + 1} of ${pins.length}` : "Pinned message";
    fill(this.pins, [chat?.id, pin.id, words, label], () => [
      make(
        "button",
        { type: "button", onclick: () => this.tapPin(pin.id) },
        icon("pin"),
        make("span", { class: "lines" }, make("strong", {}, label), make("span", {}, words)),
      ),
    ]);
  }

  /** @param {number} message */
  tapPin(message) {
    this.goTo(message);
    this.pinShown += 1;
    this.store.touch();
  }
}
