/** The topics of a forum as tabs: which is shown, which are closed, and where something is unread. */

import { assign, fill, find, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { threadsOf } from "./threads.js";

/** @typedef {{id: number | null, name: string, is_closed: boolean}} Tab a thread, or all of them */

/** Shows a tab for each topic, and one for all. */
export class TopicTabs {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./unread.js").Reading} reading
   */
  constructor(store, reading) {
    this.store = store;
    this.reading = reading;
    this.bar = find("threads");
    this.shown = "";
  }

  /** Show what the store holds. */
  render() {
    const { chat, chatId, thread } = this.store;
    const threads = threadsOf(chat);
    this.bar.hidden = threads.length === 0;
    /** @type {Tab[]} */
    const tabs = this.bar.hidden ? [] : [{ id: null, name: "All", is_closed: false }, ...threads];
    reconcile(this.bar, tabs, {
      key: (tab) => `${chatId}:${tab.id}`,
      create: (tab) =>
        make("button", { type: "button", class: "tab", onclick: () => this.store.choose(tab.id) }),
      update: (element, tab) => this.update(element, tab),
    });
    if (this.shown === `${chatId}:${thread}`) return;
    this.shown = `${chatId}:${thread}`;
    this.bar.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  /**
   * @param {HTMLElement} element
   * @param {Tab} tab
   */
  update(element, tab) {
    const { chat, me, thread } = this.store;
    const unread = chat && me !== null && tab.id !== null ? this.reading.count(me, chat, tab.id) : 0;
    assign(element, "aria-pressed", String(tab.id === thread));
    fill(element, [tab.name, tab.is_closed, unread], () => [
      tab.is_closed ? icon("lock") : null,
      make("span", { class: "tab-name" }, tab.name),
      tab.is_closed ? make("span", { class: "unseen" }, " (closed)") : null,
      unread > 0
        ? make("span", { class: "badge" }, String(unread), make("span", { class: "unseen" }, " unread"))
        : null,
    ]);
  }
}
