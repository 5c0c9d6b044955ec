/** The list of chats: who wrote last, what is unread, where people are talking. */

import { avatar } from "./avatars.js";
import { assign, fill, find, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { gist } from "./sentences.js";
import { brief } from "./times.js";

/** @typedef {import("./store.js").Chat} Chat */

/** Shows one's chats, newest first. */
export class ChatList {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {import("./unread.js").Reading} reading
   */
  constructor(store, actions, reading) {
    this.store = store;
    this.actions = actions;
    this.reading = reading;
    this.list = find("chat-list");
    this.botButton = find("open-bot");
    this.botButton.addEventListener("click", () => actions.openBot());
  }

  /** Show what the store holds. */
  render() {
    const chats = [...(this.store.world?.chats ?? [])].sort((a, b) => lastDate(b) - lastDate(a));
    reconcile(this.list, chats, {
      key: (chat) => String(chat.id),
      create: (chat) => this.create(chat),
      update: (element, chat) => this.update(element, chat),
    });
    this.renderBotButton(chats);
    const unread = chats.reduce((sum, chat) => sum + this.unread(chat), 0);
    document.title = unread > 0 ? `(${unread}) Sandbox` : "Sandbox";
  }

  /** @param {Chat[]} chats */
  renderBotButton(chats) {
    const { me, world } = this.store;
    this.botButton.hidden = world === null || chats.some((chat) => chat.id === me);
    const name = world?.bot.name ?? "";
    fill(this.botButton, [world?.bot], () => [
      avatar(world?.bot.id ?? 0, name),
      make(
        "span",
        { class: "lines" },
        make("strong", {}, `Write to ${name}`),
        make("span", {}, "Opens your private chat"),
      ),
    ]);
  }

  /** @param {Chat} chat */
  create(chat) {
    const onclick = () => this.actions.open(chat.id);
    const button = make("button", { type: "button", class: "chat-button", onclick });
    return make("li", {}, button);
  }

  /**
   * @param {HTMLElement} element
   * @param {Chat} chat
   */
  update(element, chat) {
    const { store } = this;
    const button = /** @type {HTMLElement} */ (element.firstElementChild);
    assign(button, "aria-current", chat.id === store.chatId ? "true" : null);
    const last = chat.messages.at(-1);
    const line = last ? gist(last, store) : "No messages yet";
    const isNamed = last && !last.service && chat.kind !== "private" && chat.kind !== "channel";
    const who = isNamed ? this.writer(last) : "";
    const unread = this.unread(chat);
    const isLive = chat.call?.is_active ?? false;
    const mark = chat.kind === "channel" ? "channel" : chat.is_forum ? "topics" : "";
    const title = store.titleOf(chat);
    fill(button, [title, who, line, last && brief(last.date), unread, isLive, mark], () => [
      avatar(chat.kind === "private" ? (store.world?.bot.id ?? 0) : chat.id, title),
      make(
        "span",
        { class: "lines" },
        make(
          "span",
          { class: "heading" },
          make("strong", {}, mark ? icon(mark) : null, title),
          last ? make("time", {}, brief(last.date)) : null,
        ),
        make(
          "span",
          { class: "bottom" },
          make("span", { class: "preview" }, who ? make("b", {}, `${who}: `) : null, line),
          isLive
            ? make(
                "span",
                { class: "live", title: "Voice chat" },
                icon("speak"),
                make("span", { class: "unseen" }, "voice chat on"),
              )
            : null,
          unread > 0
            ? make("span", { class: "badge" }, String(unread), make("span", { class: "unseen" }, " unread"))
            : null,
        ),
      ),
    ]);
  }

  /** @param {import("./store.js").Message} message */
  writer(message) {
    if (message.sender_chat !== null) return message.sender_name;
    return message.sender === this.store.me ? "You" : message.sender_name.split(" ")[0];
  }

  /** @param {Chat} chat */
  unread(chat) {
    return this.store.me === null ? 0 : this.reading.count(this.store.me, chat);
  }
}

/** @param {Chat} chat */
function lastDate(chat) {
  return chat.messages.at(-1)?.date ?? 0;
}
