/** Calling: joins, speaks and leaves for whoever one is; one line for each person who is in a call. */

import { Trouble, post } from "./api.js";
import { CallNews } from "./callnews.js";
import { Line } from "./line.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";
import { ask, toast } from "./notices.js";

/** Keeps the lines in step with the world: sound comes and goes with who one is and who may speak. */
export class Calling {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    /** @type {Map<string, Line>} */
    this.lines = new Map();
    this.news = new CallNews();
    addEventListener("pagehide", () => this.part());
  }

  /** @returns {Line | null} one's own line to the open chat's call */
  get line() {
    return this.lines.get(this.store.place) ?? null;
  }

  /** @returns {Line | null} somebody else's line to it, through which this page hears as well */
  get otherLine() {
    const { me, chatId } = this.store;
    return [...this.lines.values()].find((line) => line.chat === chatId && line.person !== me) ?? null;
  }

  /** Join the open chat's call, with a microphone if there is one. */
  async join() {
    const place = this.store.place;
    if (this.lines.has(place)) return;
    const track = await this.microphoneOrNot();
    if (track === undefined || place !== this.store.place || this.lines.has(place)) {
      track?.stop();
      return;
    }
    const line = new Line(Number(this.store.me), Number(this.store.chatId), () => this.store.touch());
    this.lines.set(place, line);
    this.store.touch();
    try {
      if (track !== null) await line.take(track);
      await line.join(this.store.invitations.get(line.chat));
    } catch (error) {
      this.drop(line);
      if (!(error instanceof Trouble)) throw error;
      toast(error.message, "trouble");
    }
  }

  /** Leave the open chat's call. */
  async leave() {
    const { me, chatId } = this.store;
    if (this.line !== null) this.drop(this.line);
    await this.actions.attempt(() => post("call/leave", { as: me, chat: chatId }));
  }

  /**
   * Turn one's microphone on or off, fetching it first if there is none yet.
   * @param {boolean} muted
   */
  async setMuted(muted) {
    const { line } = this;
    if (!muted && line !== null && line.microphone === null) {
      try {
        await line.take(await openMicrophone());
      } catch (error) {
        if (!(error instanceof NoMicrophone)) throw error;
        toast(error.message, "trouble");
        return;
      }
    }
    await this.setMutedOf(Number(this.store.me), muted);
  }

  /**
   * Mute somebody, or as an admin let them speak.
   * @param {number} person
   * @param {boolean} muted
   */
  async setMutedOf(person, muted) {
    const { me, chatId } = this.store;
    await this.actions.attempt(() => post("call/mute", { as: me, chat: chatId, person, muted }));
  }

  /** @param {boolean} isUp */
  async raiseHand(isUp) {
    const { me, chatId } = this.store;
    await this.actions.attempt(() => post("call/hand", { as: me, chat: chatId, is_up: isUp }));
  }

  /** Follow the world: lines that ended are closed, microphones open and close, one line is heard. */
  follow() {
    for (const line of this.lines.values()) this.followOne(line);
    const heard = this.line ?? this.otherLine ?? [...this.lines.values()].at(-1) ?? null;
    for (const line of this.lines.values()) line.listen(line === heard);
    this.news.follow(this.store);
  }

  /** @param {Line} line */
  followOne(line) {
    const chat = this.store.world?.chats.find((one) => one.id === line.chat);
    if (chat === undefined) return;
    const mine = chat.call?.participants.find((one) => one.person === line.person);
    if (mine === undefined && line.isSeen) this.drop(line);
    if (mine === undefined) return;
    line.isSeen = true;
    line.open(!mine.muted && line.person === this.store.me);
  }

  /** The page goes away. */
  part() {
    for (const line of this.lines.values()) line.part();
    this.lines.clear();
  }

  /** @param {Line} line */
  drop(line) {
    this.lines.delete(`${line.person}:${line.chat}`);
    line.close();
  }

  /**
   * @returns {Promise<MediaStreamTrack | null | undefined>} null to join as a listener, undefined not to join
   */
  async microphoneOrNot() {
    try {
      return await openMicrophone();
    } catch (error) {
      if (!(error instanceof NoMicrophone)) throw error;
      const choices = ["Join as a listener", "Not now"];
      const choice = await ask({ title: "No microphone", words: error.message, choices });
      return choice === 0 ? null : undefined;
    }
  }
}
