/** What somebody has not read yet: messages by others that came since the page was opened. */

/** Remembers for each person and chat up to where it was read. */
export class Reading {
  constructor() {
    this.openedAt = Date.now() / 1000;
    /** @type {Map<string, number>} */
    this.readTo = new Map();
  }

  /**
   * Everything in this chat has been read by this person.
   * @param {number} person
   * @param {import("./store.js").Chat} chat
   */
  mark(person, chat) {
    const last = chat.messages.at(-1)?.id ?? 0;
    this.readTo.set(`${person}:${chat.id}`, last);
  }

  /**
   * How many messages of this chat the person has not read.
   * @param {number} person
   * @param {import("./store.js").Chat} chat
   * @returns {number}
   */
  count(person, chat) {
    const readTo = this.readTo.get(`${person}:${chat.id}`) ?? 0;
    return chat.messages.filter(
      (one) => one.id > readTo && one.sender !== person && one.date >= this.openedAt - 1,
    ).length;
  }
}
