/** The voice chat's panel: what is going on in it, who is there, and what one may do. */

import { countdownElement } from "./countdown.js";
import { assign, fill, find, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { createParticipant, inLine, isListener, updateParticipant, withTurns } from "./participant.js";
import { openMenu } from "./popover.js";
import { ahead } from "./times.js";

/**
 * @typedef {import("./store.js").Participant} Participant
 * @typedef {import("./store.js").Call} Call
 * @typedef {{name: string, icon: string, kind: string, deed: () => unknown, isOff?: boolean}} Control
 */

/** Milliseconds in which what one chose has come back as news of the call. */
const SETTLING = 1000;

/** Shows the call of the open chat. */
export class VoicePanel {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./calling.js").Calling} calling
   * @param {import("./presiding.js").Presiding} presiding
   */
  constructor(store, calling, presiding) {
    this.store = store;
    this.calling = calling;
    this.presiding = presiding;
    this.state = find("voice-state");
    this.list = find("participants");
    this.controls = find("voice-controls");
    this.note = find("voice-note");
    this.inviting = find("invite");
    this.inviting.addEventListener("click", () => presiding.invite());
    this.more = find("call-more");
    this.more.addEventListener("click", () => openMenu(this.more, "Voice chat", this.choices()));
    this.joinMuted = find("join-muted");
    this.joinMutedRow = find("join-muted-row");
    this.settingShown = "";
    this.joinMuted.addEventListener("change", () => this.letInMuted());
  }

  /** @returns {boolean} whether one presides over calls here */
  get mayManage() {
    return this.store.chat?.kind !== "private" && this.store.may("can_manage_video_chats");
  }

  /** Show what the store holds. */
  render() {
    const { chat, chatId } = this.store;
    const call = chat?.call ?? null;
    const isPrivate = !chat || chat.kind === "private";
    fill(
      this.state,
      [chatId, call?.title, call?.is_active, call?.schedule_date, call?.participants.length, isPrivate],
      () => this.stateLines(call, isPrivate),
    );
    const participants = call ? withTurns(call.participants) : [];
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
   * Show how loud those are who speak, in the rings around them.
   * @param {Record<string, number>} levels from 0 to 1, by person
   */
  showLevels(levels) {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("[data-person]"))) {
      row.style.setProperty("--level", String(levels[String(row.dataset.person)] ?? 0));
    }
  }

  /**
   * @param {Call | null} call
   * @param {boolean} isPrivate
   */
  stateLines(call, isPrivate) {
    if (isPrivate) return [make("p", { class: "hush" }, "Voice chats happen in groups.")];
    if (call === null) {
      const words =
        "Nobody is talking now. A voice chat opens by itself when a talk that was scheduled is due.";
      return [make("p", { class: "hush" }, words)];
    }
    const title = make("h3", {}, call.title || this.store.chat?.title || "Voice chat");
    if (call.is_active) {
      const { length } = call.participants;
      return [title, make("p", { class: "line" }, `${length} ${length === 1 ? "person" : "people"} in it`)];
    }
    const at = call.schedule_date ?? 0;
    return [title, make("p", { class: "ahead" }, countdownElement(at), make("small", {}, ahead(at)))];
  }

  /**
   * @param {Call | null} call
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
    const isManaged = call !== null && this.mayManage;
    this.more.hidden = !isManaged;
    this.joinMutedRow.hidden = !isManaged || !call.is_active;
    this.showJoinMuted(call);
    this.inviting.hidden = !call?.is_active || isPrivate;
  }

  /** What an admin may do about the call as a whole. */
  choices() {
    const { presiding, store } = this;
    const isActive = store.chat?.call?.is_active ?? false;
    return [
      { name: "Edit title", icon: "edit", deed: () => presiding.retitle() },
      {
        name: isActive ? "End for all" : "Call it off",
        icon: "leave",
        deed: () => presiding.end(),
        isDanger: true,
      },
    ];
  }

  /**
   * Set the switch when the call's setting is another one, not while what one chose is on its way.
   * @param {Call | null} call
   */
  showJoinMuted(call) {
    const setting = `${call?.id}:${call?.join_muted}`;
    if (this.settingShown === setting) return;
    this.settingShown = setting;
    this.joinMuted.checked = call?.join_muted ?? false;
  }

  /** Set what the switch says, and then show what is true: another may have set it back before this page saw it set. */
  async letInMuted() {
    const isDone = await this.presiding.letInMuted(this.joinMuted.checked);
    if (isDone) await new Promise((resolve) => setTimeout(resolve, SETTLING));
    this.settingShown = "";
    this.showJoinMuted(this.store.chat?.call ?? null);
  }

  /**
   * What one may do about a call now.
   * @param {Call | null} call
   * @returns {Control[]}
   */
  possible(call) {
    if (!call) return this.beginning();
    if (!call.is_active) return this.waiting(call);
    const { calling, store } = this;
    const mine = call.participants.find((one) => one.person === store.me);
    if (calling.line !== null && mine !== undefined) return [...this.ownControls(mine), this.leaving()];
    const isOff = calling.line !== null;
    const name = isOff ? "Joining…" : mine ? "Join from here" : "Join";
    const join = { name, icon: "phone", kind: "main", deed: () => calling.join(), isOff };
    return mine ? [join, ...this.elsewhere(mine), this.leaving()] : [join];
  }

  /** @returns {Control[]} where there is no call */
  beginning() {
    const { presiding } = this;
    if (!this.mayManage) return [];
    return [
      { name: "Start a voice chat", icon: "phone", kind: "soft", deed: () => presiding.start() },
      { name: "Schedule a voice chat", icon: "calendar", kind: "soft", deed: () => presiding.schedule() },
    ];
  }

  /**
   * @param {Call} call a planned one
   * @returns {Control[]}
   */
  waiting(call) {
    const { presiding } = this;
    const remind = call.is_subscribed
      ? { name: "Cancel reminder", icon: "bell", kind: "soft", deed: () => presiding.subscribe(false) }
      : { name: "Set reminder", icon: "bell", kind: "soft", deed: () => presiding.subscribe(true) };
    if (!this.mayManage) return [{ ...remind, kind: call.is_subscribed ? "soft" : "main" }];
    return [{ name: "Start now", icon: "phone", kind: "main", deed: () => presiding.start() }, remind];
  }

  /**
   * The one button that matters: a listener's raises a hand, as nobody unmutes who may not.
   * @param {Participant} mine
   * @returns {Control[]}
   */
  ownControls(mine) {
    const { calling } = this;
    if (isListener(mine)) return [this.hand(mine, "main")];
    const mute = mine.muted
      ? { name: "Unmute", icon: "microphone", kind: "main", deed: () => calling.setMuted(false) }
      : { name: "Mute", icon: "muted", kind: "main is-live", deed: () => calling.setMuted(true) };
    return mine.hand === null ? [mute] : [mute, this.hand(mine, "soft")];
  }

  /**
   * Of somebody who is there by another device, or by script.
   * @param {Participant} mine
   * @returns {Control[]}
   */
  elsewhere(mine) {
    if (isListener(mine) || mine.hand !== null) return [this.hand(mine, "soft")];
    if (mine.muted) return [];
    return [{ name: "Mute", icon: "muted", kind: "soft", deed: () => this.calling.setMuted(true) }];
  }

  /**
   * @param {Participant} mine
   * @param {string} kind
   * @returns {Control}
   */
  hand(mine, kind) {
    return mine.hand === null
      ? { name: "Raise hand", icon: "hand", kind, deed: () => this.calling.raiseHand(true) }
      : { name: "Lower hand", icon: "hand", kind: "soft", deed: () => this.calling.raiseHand(false) };
  }

  /** @returns {Control} */
  leaving() {
    return { name: "Leave", icon: "leave", kind: "soft danger", deed: () => this.calling.leave() };
  }

  /**
   * One sentence about one's own standing.
   * @param {Call | null} call
   * @returns {string}
   */
  noteWords(call) {
    const { line, otherLine } = this.calling;
    const mine = withTurns(call?.participants ?? []).find((one) => one.person === this.store.me);
    if (line === null) {
      if (!otherLine) return mine ? "In the call, but not through this page." : "";
      return `${this.store.nameOf(otherLine.person)} is still in the call through this page; that microphone rests while you are somebody else.`;
    }
    if (line.state === "broken") return "The connection was lost. Leave and join again.";
    if (line.state === "connecting") return "Connecting…";
    if (mine && mine.turn !== null)
      return `Your hand is up, ${inLine(mine.turn)}: an admin can let you speak.`;
    if (mine && isListener(mine))
      return "Connected as a listener: raise your hand, and an admin can let you speak.";
    if (line.microphone === null) return "Connected as a listener, without a microphone.";
    return mine?.muted ? "Connected. Your microphone is off." : "Connected. Everybody hears you.";
  }
}
