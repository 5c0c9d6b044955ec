/** What somebody has not read yet: messages by others that came since the page was opened. */

import { threadOf } from "./threads.js";

/** Remembers for each person, chat and thread up to where it was read. */
export class Reading {
  constructor() {
    this.openedAt = Date.now() / 1000;
    /** @type {Map<string, number>} */
    this.readTo = new Map();
  }

  /**
   * Everything in this chat, or in one of its threads, has been read by this person.
   * @param {number} person
   * @param {import("./store.js").Chat} chat
   * @param {number | null} thread null: all of them
   */
  mark(person, chat, thread) {
    const last = chat.messages.at(-1)?.id ?? 0;
    this.readTo.set(`${person}:${chat.id}:${thread ?? ""}`, last);
  }

  /**
   * How many messages of this chat, or of one of its threads, the person has not read.
   * @param {number} person
   * @param {import("./store.js").Chat} chat
   * @param {number | null} [thread] null: all of them
   * @returns {number}
   */
  count(person, chat, thread = null) {
    const all = this.readTo.get(`${person}:${chat.id}:`) ?? 0;
    const isUnread = (/** @type {import("./store.js").Message} */ one) =>
      one.id > all &&
      one.id > (this.readTo.get(`${person}:${chat.id}:${threadOf(one)}`) ?? 0) &&
      one.sender !== person &&
      one.date >= this.openedAt - 1 &&
      (thread === null || threadOf(one) === thread);
    return chat.messages.filter(isUnread).length;
  }
}
