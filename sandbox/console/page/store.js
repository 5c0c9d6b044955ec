/** What the page knows: the world as last seen, who one is in it, where one looks, what is half written. */

/**
 * @typedef {{id: number, name: string, username: string, role: string, about: string}} Persona
 * @typedef {{id: number, name: string, is_closed: boolean, may_write: boolean}} Thread
 * @typedef {{kind: string, url: string, name: string, mime: string, size: number, is_gone: boolean,
 *   width?: number, height?: number, duration?: number, title?: string, performer?: string}} Media
 * @typedef {{id: number, sender: number, sender_name: string, is_bot: boolean, date: number, text: string,
 *   sender_chat: number | null, is_anonymous: boolean, signature: string, entities: any[], media: Media | null,
 *   contact: {phone_number: string, first_name: string, last_name?: string, user_id?: number} | null,
 *   keyboard: any[][] | null, reply_to: number | null, thread: number | null, edited: boolean,
 *   forwarded_from: string | null, service: {kind: string, payload: any} | null,
 *   reactions: {emoji: string, count: number, mine: boolean}[]}} Message
 * @typedef {{person: number, name: string, speaks_as: number | null, muted: boolean, can_self_unmute: boolean,
 *   hand: number | null, volume: number, is_admin: boolean, is_speaking: boolean, is_connected: boolean,
 *   is_relay: boolean}} Participant
 * @typedef {{id: number, title: string, schedule_date: number | null, is_active: boolean, is_subscribed: boolean,
 *   join_muted: boolean, participants: Participant[]}} Call in the order in which they are shown
 * @typedef {{person: number, name: string, username: string, is_bot: boolean, status: string, rights: string[],
 *   is_anonymous: boolean, custom_title: string}} Member
 * @typedef {{message: number, thread: number | null, placeholder: string, keyboard?: any[][],
 *   one_time?: boolean, force_reply?: boolean}} Letters what a bot put in place of one's letters
 * @typedef {{id: number, kind: string, title: string, username: string, is_forum: boolean, linked: number | null,
 *   upgraded_from: number | null, general: Thread & {is_hidden: boolean}, threads: Thread[], pinned: number[],
 *   members: Member[], my_status: string, my_rights: string[], is_anonymous: boolean, is_blocked: boolean, silence: string | null,
 *   letters: Letters | null, messages: Message[], call: Call | null}} Chat
 * @typedef {{me: any, bot: any, people: any[], chats: Chat[]}} World
 * @typedef {"chats" | "chat" | "voice" | "about"} View which of the four a phone shows
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
    /** @type {Map<string, {person: number, words: string}[]>} people named by name in what is written, by place */
    this.mentions = new Map();
    /** @type {Set<string>} bots' keyboards and wishes that were put away, by who, where and message */
    this.putAway = new Set();
    /** @type {Map<number, string>} what a link to a chat's call ended in, by which one comes there */
    this.invitations = new Map();
    /** @type {View} */
    this.view = "chats";
    /** @type {"voice" | "about"} which of the two stands beside the chat, where there is room */
    this.side = "voice";
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

  /** @returns {boolean} whether one may speak in the name of the open chat */
  get mayHide() {
    return this.isAdmin && this.chat?.kind === "supergroup";
  }

  /** @returns {"voice" | "about"} what stands beside the open chat; nobody calls in private */
  get panel() {
    return this.isWithBot ? "about" : this.side;
  }

  /**
   * Whether one holds an admin right in the open chat; in private everybody does.
   * @param {string} right
   * @returns {boolean}
   */
  may(right) {
    return this.chat?.kind === "private" || (this.chat?.my_rights.includes(right) ?? false);
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
   * Choose a thread of the open chat.
   * @param {number | null} thread null: all of them
   */
  choose(thread) {
    const chat = /** @type {number} */ (this.chatId);
    if (thread === null) this.threads.delete(chat);
    else this.threads.set(chat, thread);
    this.touch();
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
