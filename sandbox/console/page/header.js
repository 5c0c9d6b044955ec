/** The head of the open chat: its name, and the ways from it. */

import { avatar } from "./avatars.js";
import { fill, find, make } from "./dom.js";
import { count } from "./times.js";

/** Shows whose chat it is. */
export class ChatHeader {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.title = find("chat-title");
    this.voice = find("show-voice");
    find("back").addEventListener("click", () => actions.show("chats"));
    this.voice.addEventListener("click", () => actions.show("voice"));
    this.title.addEventListener("click", () => actions.show("about"));
    const ways = {
      ".to-about": "about",
      "#show-about": "about",
      ".to-voice": "voice",
      ".back-to-chat": "chat",
    };
    for (const [places, view] of Object.entries(ways)) {
      for (const button of document.querySelectorAll(places)) {
        button.addEventListener("click", () => actions.show(/** @type {import("./store.js").View} */ (view)));
      }
    }
  }

  /** Show what the store holds. */
  render() {
    const { chat, world, isWithBot } = this.store;
    const name = chat ? this.store.titleOf(chat) : (isWithBot && world?.bot.name) || "";
    const line = chat ? describe(chat) : "bot";
    const id = chat && chat.kind !== "private" ? chat.id : (world?.bot.id ?? 0);
    this.voice.hidden = !chat || chat.kind === "private";
    for (const button of document.querySelectorAll(".to-voice")) {
      /** @type {HTMLElement} */ (button).hidden = this.voice.hidden;
    }
    fill(this.title, [name, line, id], () => [
      avatar(id, name),
      make("span", { class: "lines" }, make("h2", {}, name), make("span", { class: "line" }, line)),
    ]);
  }
}

/**
 * What a chat is, in a few words.
 * @param {import("./store.js").Chat} chat
 * @returns {string}
 */
export function describe(chat) {
  if (chat.kind === "private") return "bot";
  const people = count(chat.members.length, chat.kind === "channel" ? "subscriber" : "member");
  return chat.kind === "channel" ? `channel, ${people}` : people;
}
