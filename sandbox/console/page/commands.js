/** The bots' commands: those that they told the sandbox of, for whoever one is, where one is. */

import { Trouble, get } from "./api.js";

/**
 * @typedef {{command: string, description: string, bot: string}} Command
 * @typedef {import("./suggestions.js").Option} Option
 */

/** An example that a newcomer can send as it is. */
export const EXAMPLE = "/schedule Careers after 40 | in 1 minute | 10m";

const FRESH = 2000;

/** Asks for them when they are wanted, since bots change them unseen. */
export class Commands {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, Command[]>} */
    this.known = new Map();
    /** @type {Map<string, number>} */
    this.askedAt = new Map();
  }

  /**
   * Ask for the commands of the open chat, unless that was done a moment ago.
   * @returns {Promise<boolean>} whether there is something new to show
   */
  async learn() {
    const { place, me, chatId } = this.store;
    if (Date.now() - (this.askedAt.get(place) ?? 0) < FRESH) return false;
    this.askedAt.set(place, Date.now());
    try {
      this.known.set(place, (await get(`commands?as=${me}&chat=${chatId}`)).commands);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return false;
    }
    return true;
  }

  /**
   * The commands that begin like what was typed.
   * @param {string} typed such as "/sch"
   * @param {(words: string, isWhole: boolean) => void} write
   * @returns {Option[]}
   */
  matching(typed, write) {
    const begun = /^\/(\w*)$/.exec(typed);
    if (begun === null) return [];
    const known = this.known.get(this.store.place) ?? [];
    const bots = new Set(known.map((one) => one.bot)).size;
    return known
      .filter(({ command }) => command.startsWith(begun[1].toLowerCase()))
      .map(({ command, description, bot }) => {
        const words = bots > 1 ? `/${command}@${bot}` : `/${command}`;
        return { label: words, detail: description, take: (isFinal) => write(words, isFinal) };
      });
  }
}
