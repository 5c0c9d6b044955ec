/** Actions: what a person does in the chats; what goes wrong is said in a toast. */

import { chooseGroup } from "./adding.js";
import { Trouble, post } from "./api.js";
import { readBotLink, readLink, readMessageLink, readVoiceLink } from "./links.js";
import { ask, offerLink, toast } from "./notices.js";

/** @typedef {import("./store.js").Message} Message */

/** Acts as whoever one is, in the chat that is open. */
export class Actions {
  /**
   * @param {import("./store.js").Store} store
   * @param {{prefill: (text: string) => void}} composer whatever can put words before the person
   */
  constructor(store, composer) {
    this.store = store;
    this.composer = composer;
    /** @type {(message: number) => void} brings a message of the open chat into view */
    this.goTo = () => {};
  }

  /**
   * Be somebody else, in the same place.
   * @param {number} person
   */
  become(person) {
    const wasWithBot = this.store.isWithBot;
    this.store.me = person;
    if (wasWithBot) this.store.chatId = person;
    this.store.touch();
  }

  /**
   * Open a chat.
   * @param {number} chat
   */
  open(chat) {
    this.store.chatId = chat;
    this.store.view = "chat";
    this.store.touch();
  }

  /**
   * Go to another view, where only one is shown.
   * @param {import("./store.js").View} view
   */
  show(view) {
    this.store.view = view;
    if (view === "voice" || view === "about") this.store.side = view;
    this.store.touch();
  }

  /**
   * Send a message to the open chat.
   * @param {string} text
   * @param {number | null} thread of a forum
   * @param {{reply_to?: number, mentions?: {offset: number, length: number, person: number}[]}} [more]
   *   `reply_to` instead of the message that one chose to reply to
   * @returns {Promise<boolean>} whether it was sent
   */
  async send(text, thread, more = {}) {
    return this.write((place) => post("messages", { ...place, text, ...more }), thread);
  }

  /**
   * Write something into the open chat, maybe in answer to a message.
   * @param {(place: {as: number | null, chat: number | null, reply_to?: number, thread?: number}) => Promise<any>} deed
   * @param {number | null} thread of a forum
   * @returns {Promise<boolean>} whether it was done
   */
  async write(deed, thread) {
    const { me, chatId, place, replies } = this.store;
    const body = { as: me, chat: chatId, reply_to: replies.get(place), thread: thread ?? undefined };
    if ((await this.attempt(() => deed(body))) === null) return false;
    replies.delete(place);
    this.store.touch();
    return true;
  }

  /**
   * Do something to the open chat that its other members see.
   * @param {string} path of the API
   * @param {Record<string, unknown>} fields
   * @returns {Promise<any>} null after a trouble
   */
  async change(path, fields) {
    const { me, chatId } = this.store;
    return this.attempt(() => post(path, { as: me, chat: chatId, ...fields }));
  }

  /**
   * Pin a message, or unpin it.
   * @param {Message} message
   * @param {boolean} pinned
   */
  async pin(message, pinned) {
    await this.change("pins", { message: message.id, pinned });
  }

  /**
   * Delete a message for everybody.
   * @param {Message} message
   */
  async remove(message) {
    await this.change("delete", { message: message.id });
  }

  /**
   * Put a text where it can be pasted from.
   * @param {string} text
   */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("This browser does not let the page copy.", "trouble");
    }
  }

  /**
   * Answer a message in one's next one.
   * @param {number | null} message null: no more
   */
  replyTo(message) {
    if (message === null) this.store.replies.delete(this.store.place);
    else this.store.replies.set(this.store.place, message);
    this.store.touch();
    this.composer.prefill("");
  }

  /**
   * A command was pressed in a text: it is sent.
   * @param {string} command
   */
  async command(command) {
    await this.send(command, this.store.thread || null);
  }

  /**
   * Press a callback button and show what the bot answers.
   * @param {Message} message
   * @param {string} data
   */
  async press(message, data) {
    const { me, chatId } = this.store;
    const answer = await this.attempt(() =>
      post("presses", { as: me, chat: chatId, message: message.id, data }),
    );
    if (answer === null) return;
    const url = answer.url ? readLink(answer.url) : null;
    if (url !== null) {
      if (!this.followInside(url)) offerLink(url);
    } else if (answer.text && answer.is_alert) {
      ask({ title: this.store.world?.bot.name ?? "The bot", words: answer.text });
    } else if (answer.text) {
      toast(answer.text);
    }
  }

  /**
   * Open the bot's page that a button offers; Telegram tells it in its address who opens it.
   * @param {Message} message
   * @param {string} url
   */
  async openApp(message, url) {
    const { me, chatId } = this.store;
    const app = await this.attempt(() => post("apps", { as: me, chat: chatId, message: message.id, url }));
    if (app !== null) window.open(app.url, "_blank", "noopener,noreferrer");
  }

  /**
   * React to a message, or take one's reaction back.
   * @param {Message} message
   * @param {string | null} emoji
   */
  async react(message, emoji) {
    const { me, chatId } = this.store;
    await this.attempt(() => post("reactions", { as: me, chat: chatId, message: message.id, emoji }));
  }

  /**
   * Open one's private chat with the bot.
   * @param {string} [payload] of a deep link
   */
  async start(payload = "") {
    const { me } = this.store;
    if (me === null) return;
    const body = { as: me, payload: payload || undefined };
    if ((await this.attempt(() => post("start", body))) !== null && this.store.me === me) this.open(me);
  }

  /**
   * A link was pressed: those to the bot and to the voice chat stay inside, others open a new tab.
   * @param {Event} event
   * @param {URL} url
   */
  follow(event, url) {
    if (this.followInside(url)) event.preventDefault();
  }

  /**
   * A name such as @loggione_bot was pressed.
   * @param {string} name
   */
  mention(name) {
    if (name.slice(1).toLowerCase() === this.store.world?.bot.username?.toLowerCase()) this.openBot();
    else this.composer.prefill(`${name} `);
  }

  /** Go to the private chat with the bot, opening it if it was not. */
  openBot() {
    const me = /** @type {number} */ (this.store.me);
    if (this.store.world?.chats.some((chat) => chat.id === me)) this.open(me);
    else this.start();
  }

  /**
   * @param {URL} url
   * @returns {boolean} whether it was followed
   */
  followInside(url) {
    const deep = readBotLink(url, this.store.world?.bot.username ?? "");
    if (deep !== null) {
      if (deep.isForGroup) chooseGroup(this, deep);
      else if (deep.payload) this.start(deep.payload);
      else this.openBot();
      return true;
    }
    const found = readMessageLink(url);
    if (found !== null && this.store.world?.chats.some((chat) => chat.id === found.chat)) {
      this.open(found.chat);
      this.goTo(found.message);
      return true;
    }
    const voice = readVoiceLink(url);
    return voice !== null && this.followToCall(voice);
  }

  /**
   * Go where a link to a voice chat leads; joining is another press.
   * @param {{username: string, invite: string}} link
   * @returns {boolean} whether there is such a place here
   */
  followToCall({ username, invite }) {
    const chats = this.store.world?.chats ?? [];
    const chat = username ? chats.find((one) => one.username.toLowerCase() === username) : this.store.chat;
    if (!chat?.call) return false;
    if (invite) this.store.invitations.set(chat.id, invite);
    this.open(chat.id);
    this.show("voice");
    return true;
  }

  /**
   * Do something; a trouble is shown, anything else is a bug.
   * @param {() => Promise<any>} deed
   * @returns {Promise<any>} its answer, or null after a trouble
   */
  async attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      toast(error.message, "trouble");
      return null;
    }
  }
}
