/** The messages of the open chat: grouped, divided by days, at the place where the reader is. */

import { assign, find, make, reconcile } from "./dom.js";
import { titleIn } from "./members.js";
import { MessageElements } from "./message.js";
import { gist } from "./sentences.js";
import { announce } from "./notices.js";
import { ScrollKeeper } from "./scrolling.js";
import { threadOf, threadsOf } from "./threads.js";
import { count, day } from "./times.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./message.js").Shown} Shown
 * @typedef {{day: string} | Shown} Item
 */

const GROUP_SECONDS = 300;
const PAGE = 150;
const FLASH = 1600;

/** Draws the list anew after every change, and keeps what is the same. */
export class MessageList {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {import("./unread.js").Reading} reading
   */
  constructor(store, actions, reading) {
    this.store = store;
    this.reading = reading;
    this.list = find("messages");
    this.scroll = new ScrollKeeper(find("history"), this.list, find("to-end"));
    this.elements = new MessageElements(actions, (message) => this.goTo(message));
    this.most = PAGE;
    this.chatShown = "";
    this.lastSeen = 0;
    this.earlier = find("earlier");
    this.earlier.addEventListener("click", () => this.showEarlier());
  }

  /** Show what the store holds. */
  render() {
    const { chat, chatId, thread } = this.store;
    const place = chat ? `${chatId}:${thread ?? ""}` : "";
    const isOther = place !== this.chatShown;
    if (isOther) {
      this.scroll.leave(this.chatShown);
      this.most = PAGE;
    }
    this.chatShown = place;
    const messages = this.visible();
    this.earlier.hidden = messages.length <= this.most;
    reconcile(this.list, this.items(messages.slice(-this.most)), this.ways(chatId));
    const fresh = isOther ? [] : messages.filter((one) => one.id > this.lastSeen);
    this.lastSeen = messages.at(-1)?.id ?? 0;
    if (isOther) this.scroll.enter(place);
    else this.scroll.settle(fresh.at(-1)?.sender === this.store.me);
    this.hear(fresh.filter((one) => one.sender !== this.store.me));
    assign(this.list, "aria-label", `${count(messages.length, "message")}, arrow keys move through them`);
    if (chat && this.isWatched()) this.reading.mark(/** @type {number} */ (this.store.me), chat, thread);
  }

  /**
   * Bring a message into view and make it flash.
   * @param {number} id
   */
  goTo(id) {
    const messages = this.store.chat?.messages ?? [];
    const index = messages.findIndex((one) => one.id === id);
    if (index < 0) return;
    if (!this.visible().some((one) => one.id === id))
      this.store.threads.delete(/** @type {number} */ (this.store.chatId));
    this.most = Math.max(this.most, messages.length - index);
    this.render();
    const element = /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-message="${id}"]`));
    element?.scrollIntoView({ block: "center" });
    this.scroll.look(); // the browser tells of it too late: what comes next would go back to the end
    element?.classList.add("is-sought");
    setTimeout(() => element?.classList.remove("is-sought"), FLASH);
    this.store.touch();
  }

  /** @returns {boolean} whether somebody looks at the chat now */
  isWatched() {
    return !document.hidden && this.list.offsetParent !== null;
  }

  /** @returns {Message[]} those of the chosen thread */
  visible() {
    const { chat, thread } = this.store;
    const messages = chat?.messages ?? [];
    return thread === null ? messages : messages.filter((one) => threadOf(one) === thread);
  }

  showEarlier() {
    this.most += PAGE;
    this.scroll.growAbove(() => this.render());
  }

  /** @param {number | null} chatId */
  ways(chatId) {
    return {
      key: (/** @type {Item} */ item) =>
        "day" in item ? `day ${chatId} ${item.day}` : `${chatId}:${item.message.id}`,
      create: (/** @type {Item} */ item) =>
        "day" in item ? make("li", { class: "day" }, make("span", {}, item.day)) : this.elements.create(item),
      update: (/** @type {HTMLElement} */ element, /** @type {Item} */ item) => {
        if (!("day" in item)) this.elements.update(element, item);
      },
    };
  }

  /**
   * @param {Message[]} messages
   * @returns {Item[]}
   */
  items(messages) {
    /** @type {Item[]} */
    const items = [];
    messages.forEach((message, index) => {
      const before = messages[index - 1];
      if (before === undefined || day(before.date) !== day(message.date))
        items.push({ day: day(message.date) });
      items.push(this.shown(message, before, messages[index + 1]));
    });
    return items;
  }

  /**
   * @param {Message} message
   * @param {Message | undefined} before
   * @param {Message | undefined} after
   * @returns {Shown}
   */
  shown(message, before, after) {
    const { chat, me, thread } = this.store;
    const inThread = thread === null ? threadsOf(chat).find((one) => one.id === threadOf(message)) : null;
    return {
      message,
      isMine: message.sender === me && chat?.kind !== "channel",
      isFirst: before === undefined || !areTogether(before, message),
      isLast: after === undefined || !areTogether(message, after),
      title: chat?.kind === "private" ? "" : titleOf(message, this.store),
      thread: inThread?.name ?? "",
      quoted: message.reply_to === null ? undefined : this.messageOf(message.reply_to),
    };
  }

  /** @param {number} id */
  messageOf(id) {
    return this.store.chat?.messages.find((one) => one.id === id) ?? null;
  }

  /**
   * Say new messages to those who listen to the page instead of looking at it.
   * @param {Message[]} fresh by others
   */
  hear(fresh) {
    if (fresh.length === 0) return;
    announce(
      fresh.map((one) => (one.service ? "" : `${one.sender_name}: `) + gist(one, this.store)).join(". "),
    );
    this.scroll.count(fresh.length);
  }
}

/**
 * What stands beside the sender's name.
 * @param {Message} message
 * @param {import("./store.js").Store} store
 */
function titleOf(message, store) {
  if (message.is_anonymous) return message.signature || "anonymous admin";
  return message.sender_chat === null ? titleIn(store, message.sender) : "";
}

/**
 * @param {Message} one
 * @param {Message} next
 */
function areTogether(one, next) {
  const isSame =
    one.sender === next.sender && one.sender_chat === next.sender_chat && one.thread === next.thread;
  if (!isSame || one.service || next.service) return false;
  return next.date - one.date < GROUP_SECONDS && day(one.date) === day(next.date) && !one.keyboard;
}
