/** About the open chat: what it is, and what may be done to it as a whole. */

import { avatar } from "./avatars.js";
import { fill, find, make } from "./dom.js";
import { describe } from "./header.js";
import { ask, askForm, askLine } from "./notices.js";

const LONGEST_TITLE = 128;

/** @typedef {{name: string, deed: () => unknown, isDanger?: boolean}} Deed */

/** Shows the portrait of a chat, and its deeds. */
export class AboutPanel {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.portrait = find("portrait");
    this.deeds = find("chat-deeds");
  }

  /** Show what the store holds. */
  render() {
    const { chat, world, isWithBot } = this.store;
    const isPrivate = chat?.kind === "private" || isWithBot;
    const id = isPrivate ? (world?.bot.id ?? 0) : (chat?.id ?? 0);
    const name = chat ? this.store.titleOf(chat) : isWithBot ? (world?.bot.name ?? "") : "";
    const username = isPrivate ? world?.bot.username : chat?.username;
    const lines = [chat ? describe(chat) : "", username ? `@${username}` : "", this.linkWords()].filter(
      Boolean,
    );
    fill(this.portrait, [id, name, lines], () => [
      avatar(id, name, "large"),
      make("h3", {}, name),
      ...lines.map((line) => make("p", { class: "line" }, line)),
    ]);
    const deeds = this.possible();
    fill(this.deeds, [chat?.id, deeds.map((one) => one.name)], () => deeds.map((one) => button(one)));
  }

  /** @returns {string} what a chat is linked with, as far as one may know */
  linkWords() {
    const { chat, world } = this.store;
    if (chat?.linked === null || chat?.linked === undefined) return "";
    const other = world?.chats.find((one) => one.id === chat.linked)?.title;
    if (chat.kind === "channel") return other ? `discussed in ${other}` : "has a discussion group";
    return other ? `discusses the channel ${other}` : "discusses a channel";
  }

  /** @returns {Deed[]} */
  possible() {
    const { chat } = this.store;
    if (chat === null) return [];
    if (chat.kind === "private") return [this.blocking(chat)];
    /** @type {(Deed | false)[]} */
    const deeds = [
      this.store.may("can_change_info") && { name: "Rename", deed: () => this.rename(chat) },
      chat.kind !== "group" &&
        chat.my_status === "creator" && { name: "Public link", deed: () => this.publish() },
      chat.kind === "group" &&
        chat.my_status === "creator" && { name: "Make it a supergroup", deed: () => this.upgrade(chat) },
      chat.my_status !== "creator" && { name: "Leave", deed: () => this.leave(chat), isDanger: true },
    ];
    return deeds.filter((one) => one !== false);
  }

  /**
   * @param {import("./store.js").Chat} chat
   * @returns {Deed}
   */
  blocking(chat) {
    const deed = () => this.actions.change("block", { is_blocked: !chat.is_blocked });
    return { name: chat.is_blocked ? "Unblock the bot" : "Block the bot", deed, isDanger: !chat.is_blocked };
  }

  /** @param {import("./store.js").Chat} chat */
  async rename(chat) {
    const value = chat.title;
    const title = await askLine({
      title: "Rename",
      label: "Name",
      value,
      longest: LONGEST_TITLE,
      deed: "Save",
    });
    if (title !== null) await this.actions.change("title", { title });
  }

  /** Give the chat a public name, or take it away: then its links lead nowhere. */
  async publish() {
    const name = /** @type {HTMLInputElement} */ (
      make("input", { maxlength: 32, value: this.store.chat?.username ?? "", placeholder: "careers_forum" })
    );
    const words = "Its name in links such as t.me/careers_forum; without one the chat is private.";
    const field = make("div", { class: "form" }, make("label", {}, words, name));
    if (await askForm("Public link", "Save", field))
      await this.actions.change("username", { username: name.value.trim() });
  }

  /** @param {import("./store.js").Chat} chat */
  async upgrade(chat) {
    const words = "It gets another number, and keeps its people. Bots have to follow; there is no way back.";
    const choices = ["Upgrade", "Not now"];
    if ((await ask({ title: `Make ${chat.title} a supergroup?`, words, choices })) !== 0) return;
    const answer = await this.actions.change("upgrade", {});
    if (answer !== null) this.actions.open(answer.chat);
  }

  /** @param {import("./store.js").Chat} chat */
  async leave(chat) {
    const words = "Somebody who is in it can bring you back.";
    if ((await ask({ title: `Leave ${chat.title}?`, words, choices: ["Leave", "Stay"] })) !== 0) return;
    const { me } = this.store;
    if ((await this.actions.change("members", { person: me, status: "left" })) !== null)
      this.actions.show("chats");
  }
}

/** @param {Deed} deed */
function button({ name, deed, isDanger }) {
  return make(
    "button",
    { type: "button", class: isDanger ? "soft danger small" : "soft small", onclick: deed },
    name,
  );
}
