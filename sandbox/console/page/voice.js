/** The voice chat's panel: what is going on in it, who is there, and what one may do. */

import { assign, fill, find, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { handOrder, updateParticipant, createParticipant } from "./participant.js";
import { ahead, count } from "./times.js";

/**
 * @typedef {import("./store.js").Participant} Participant
 * @typedef {{name: string, icon: string, kind: string, deed: () => unknown, isOff?: boolean}} Control
 */

/** Shows the call of the open chat. */
export class VoicePanel {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./calling.js").Calling} calling
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, calling, actions) {
    this.store = store;
    this.calling = calling;
    this.state = find("voice-state");
    this.list = find("participants");
    this.controls = find("voice-controls");
    this.note = find("voice-note");
    this.ending = find("end-call");
    this.ending.addEventListener("click", () => calling.endCall());
  }

  /** Show what the store holds. */
  render() {
    const { chat, isAdmin, chatId } = this.store;
    const call = chat?.call ?? null;
    const isPrivate = !chat || chat.kind === "private";
    fill(
      this.state,
      [call?.title, call?.is_active, call?.schedule_date, call?.participants.length, isPrivate, isAdmin],
      () => this.stateLines(call, isPrivate),
    );
    const participants = call ? handOrder(call.participants) : [];
    reconcile(this.list, participants, {
      key: (one) => `${chatId}:${one.person}`,
      create: () => createParticipant(),
      update: (element, one) => updateParticipant(element, one, this),
    });
    this.list.hidden = participants.length === 0;
    this.renderControls(call, isPrivate);
    const words = this.noteWords(call);
    fill(this.note, words, () => [words]);
  }

  /**
   * @param {import("./store.js").Call | null} call
   * @param {boolean} isPrivate
   */
  stateLines(call, isPrivate) {
    if (isPrivate) return [make("p", { class: "hush" }, "Voice chats happen in groups.")];
    if (call === null) {
      const words =
        "Nobody is talking now. A voice chat opens by itself when a talk that was scheduled is due.";
      return [make("p", { class: "hush" }, words)];
    }
    const line = call.is_active
      ? `${count(call.participants.length, "person").replace("persons", "people")} in it`
      : `Planned for ${ahead(call.schedule_date ?? 0)}`;
    return [
      make("h3", {}, call.title || this.store.chat?.title || "Voice chat"),
      make("p", { class: "line" }, line),
    ];
  }

  /**
   * @param {import("./store.js").Call | null} call
   * @param {boolean} isPrivate
   */
  renderControls(call, isPrivate) {
    const controls = isPrivate ? [] : this.possible(call);
    reconcile(this.controls, controls, {
      key: ({ name }) => name,
      create: ({ name, icon: drawing, kind, deed }) =>
        make("button", { type: "button", class: kind, onclick: deed }, icon(drawing), name),
      update: (element, { isOff }) => assign(element, "disabled", isOff ? "" : null),
    });
    this.controls.hidden = controls.length === 0;
    this.ending.hidden = !call?.is_active || !this.store.isAdmin;
  }

  /**
   * What one may do about a call now.
   * @param {import("./store.js").Call | null} call
   * @returns {Control[]}
   */
  possible(call) {
    const { calling, store } = this;
    const { isAdmin } = store;
    if (!call?.is_active) {
      const name = call ? "Start it now" : "Start a voice chat";
      return isAdmin ? [{ name, icon: "phone", kind: "soft", deed: () => calling.startCall() }] : [];
    }
    const mine = call.participants.find((one) => one.person === store.me);
    if (calling.line === null || mine === undefined) {
      const isOff = calling.line !== null;
      const name = isOff ? "Joining…" : mine ? "Join from here" : "Join";
      const join = { name, icon: "phone", kind: "main", deed: () => calling.join(), isOff };
      return mine ? [join, this.leaving()] : [join];
    }
    return this.ownControls(mine);
  }

  /**
   * @param {Participant} mine
   * @returns {Control[]}
   */
  ownControls(mine) {
    const { calling } = this;
    const mute = mine.muted
      ? {
          name: "Unmute",
          icon: "microphone",
          kind: "main",
          deed: () => calling.setMuted(false),
          isOff: !mine.can_self_unmute,
        }
      : { name: "Mute", icon: "muted", kind: "soft", deed: () => calling.setMuted(true) };
    const isUp = mine.hand !== null;
    const hand = isUp
      ? { name: "Lower hand", icon: "hand", kind: "soft", deed: () => calling.raiseHand(false) }
      : {
          name: "Raise hand",
          icon: "hand",
          kind: mine.can_self_unmute ? "soft" : "main",
          deed: () => calling.raiseHand(true),
        };
    return mine.muted || isUp ? [mute, hand, this.leaving()] : [mute, this.leaving()];
  }

  /** @returns {Control} */
  leaving() {
    return { name: "Leave", icon: "leave", kind: "soft danger", deed: () => this.calling.leave() };
  }

  /**
   * One sentence about one's own standing.
   * @param {import("./store.js").Call | null} call
   * @returns {string}
   */
  noteWords(call) {
    const { line, otherLine } = this.calling;
    const mine = call?.participants.find((one) => one.person === this.store.me);
    if (line === null) {
      if (!otherLine) return mine ? "In the call, but not through this page." : "";
      return `${this.store.nameOf(otherLine.person)} is still in the call through this page; that microphone rests while you are somebody else.`;
    }
    if (line.state === "broken") return "The connection was lost. Leave and join again.";
    if (line.state === "connecting") return "Connecting…";
    if (mine && !mine.can_self_unmute)
      return "Connected as a listener: raise your hand, and an admin can let you speak.";
    if (line.microphone === null) return "Connected as a listener, without a microphone.";
    return mine?.muted ? "Connected. Your microphone is off." : "Connected. Everybody hears you.";
  }
}
