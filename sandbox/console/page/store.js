/** What the page knows: the world as last seen, who one is in it, where one looks, what is half written. */

/**
 * @typedef {{id: number, name: string, username: string, role: string, about: string}} Persona
 * @typedef {{id: number, name: string, is_closed: boolean}} Thread
 * @typedef {{id: number, sender: number, sender_name: string, is_bot: boolean, date: number, text: string,
 *   entities: any[], media: any, keyboard: any[][] | null, reply_to: number | null, thread: number | null,
 *   edited: boolean, service: {kind: string, payload: any} | null,
 *   reactions: {emoji: string, count: number, mine: boolean}[]}} Message
 * @typedef {{person: number, name: string, muted: boolean, can_self_unmute: boolean, hand: number | null,
 *   is_speaking: boolean, is_connected: boolean, is_relay: boolean}} Participant
 * @typedef {{id: number, title: string, schedule_date: number | null, is_active: boolean,
 *   participants: Participant[]}} Call
 * @typedef {{id: number, kind: string, title: string, is_forum: boolean, threads: Thread[], pinned: number[],
 *   members: {person: number, name: string, status: string, custom_title: string}[], my_status: string,
 *   messages: Message[], call: Call | null}} Chat
 * @typedef {{me: any, bot: any, people: any[], chats: Chat[]}} World
 * @typedef {"chats" | "chat" | "voice"} View which of the three a phone shows
 */

/** Holds the state; whoever subscribed is told once per turn, however much changed in it. */
export class Store {
  constructor() {
    /** @type {Persona[]} */
    this.personas = [];
    /** @type {any[]} what scripted people can say */
    this.voices = [];
    /** @type {number | null} who one is */
    this.me = null;
    /** @type {World | null} */
    this.world = null;
    /** @type {number | null} the open chat */
    this.chatId = null;
    /** @type {Map<number, number>} the chosen thread of a forum; absent: all of them */
    this.threads = new Map();
    /** @type {Map<string, string>} by place */
    this.drafts = new Map();
    /** @type {Map<string, number>} the message that is being replied to, by place */
    this.replies = new Map();
    /** @type {View} */
    this.view = "chats";
    this.isLinked = true;
    /** @type {(() => void)[]} */
    this.subscribers = [];
    this.isTelling = false;
  }

  /** @param {() => void} subscriber */
  subscribe(subscriber) {
    this.subscribers.push(subscriber);
  }

  /** Something in the state is another now. */
  touch() {
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => {
      this.isTelling = false;
      for (const subscriber of this.subscribers) subscriber();
    });
  }

  /** @returns {Chat | null} the open chat, if one may see it */
  get chat() {
    return this.world?.chats.find((chat) => chat.id === this.chatId) ?? null;
  }

  /** @returns {string} what drafts and replies belong to: somebody in a chat */
  get place() {
    return `${this.me}:${this.chatId}`;
  }

  /** @returns {number | null} the chosen thread of the open chat */
  get thread() {
    return this.threads.get(/** @type {number} */ (this.chatId)) ?? null;
  }

  /** @returns {boolean} whether one administers the open chat */
  get isAdmin() {
    return ["creator", "administrator"].includes(this.chat?.my_status ?? "");
  }

  /** @returns {boolean} whether the open chat is the private one with the bot, opened or not */
  get isWithBot() {
    return this.chatId !== null && this.chatId === this.me;
  }

  /**
   * Somebody's name, as well as it is known.
   * @param {number} person
   * @returns {string}
   */
  nameOf(person) {
    return this.world?.people.find((one) => one.id === person)?.name ?? "Somebody";
  }

  /**
   * A chat's name as the list shows it; a private chat is called after the bot.
   * @param {Chat} chat
   * @returns {string}
   */
  titleOf(chat) {
    return chat.kind === "private" ? (this.world?.bot.name ?? chat.title) : chat.title;
  }
}
