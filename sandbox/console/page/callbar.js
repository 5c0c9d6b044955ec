/** The bar above the messages while a voice chat is on or planned. */

import { countdownElement } from "./countdown.js";
import { fill, find, make } from "./dom.js";
import { icon } from "./icons.js";
import { isListener } from "./participant.js";

/**
 * @typedef {import("./store.js").Call} Call
 * @typedef {import("./store.js").Participant} Participant
 */

/** Shows in one line what the panel shows in full. */
export class CallBar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./calling.js").Calling} calling
   * @param {import("./presiding.js").Presiding} presiding
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, calling, presiding, actions) {
    this.store = store;
    this.calling = calling;
    this.presiding = presiding;
    this.actions = actions;
    this.bar = find("call-bar");
    this.what = make("button", { type: "button", class: "what" });
    this.ways = make("div", { class: "ways" });
    this.bar.append(this.what, this.ways);
    this.what.addEventListener("click", () => actions.show("voice"));
  }

  /** Show what the store holds. */
  render() {
    const call = this.store.chat?.call ?? null;
    this.bar.hidden = call === null;
    if (call === null) return;
    this.bar.classList.toggle("is-live", call.is_active);
    const title = call.title || this.store.chat?.title || "Voice chat";
    const line = this.line(call);
    fill(this.what, [call.id, title, line, call.schedule_date], () => [
      make("span", { class: "dot" }, icon(call.is_active ? "speak" : "calendar")),
      make(
        "span",
        { class: "lines" },
        make("strong", {}, title),
        make("span", { class: "line" }, line ?? countdownElement(call.schedule_date ?? 0)),
      ),
    ]);
    const mine = call.participants.find((one) => one.person === this.store.me);
    const isJoining = this.calling.line !== null && mine === undefined;
    const isIn = this.calling.line !== null && mine !== undefined;
    const mayStart = this.store.may("can_manage_video_chats");
    fill(
      this.ways,
      [
        this.store.place,
        call.id,
        call.is_active,
        call.is_subscribed,
        isIn,
        isJoining,
        mayStart,
        mine?.muted,
        mine?.can_self_unmute,
        mine?.hand,
      ],
      () => this.buttons(call, isIn ? mine : undefined, isJoining, mayStart),
    );
  }

  /**
   * @param {Call} call
   * @returns {string | null} null: it counts down
   */
  line(call) {
    if (!call.is_active) return null;
    const names = (/** @type {(one: Participant) => boolean} */ which) =>
      call.participants.filter(which).map((one) => one.name);
    const asking = names((one) => one.hand !== null && one.person !== this.store.me);
    if (asking.length > 0 && this.store.may("can_manage_video_chats"))
      return `✋ ${asking.join(", ")} ${asking.length > 1 ? "want" : "wants"} to speak`;
    const speaking = names((one) => one.is_speaking && !one.muted);
    if (speaking.length > 0) return `${speaking.join(", ")} ${speaking.length > 1 ? "are" : "is"} speaking`;
    return call.participants.length === 0 ? "nobody in it yet" : `${call.participants.length} in it`;
  }

  /**
   * @param {Call} call
   * @param {Participant | undefined} mine one's own place, if one is there by this page
   * @param {boolean} isJoining
   * @param {boolean} mayStart
   */
  buttons(call, mine, isJoining, mayStart) {
    if (!call.is_active) {
      const [name, deed] = mayStart
        ? ["Start now", () => this.presiding.start()]
        : [
            call.is_subscribed ? "Cancel reminder" : "Set reminder",
            () => this.presiding.subscribe(!call.is_subscribed),
          ];
      const kind = call.is_subscribed && !mayStart ? "soft" : "main";
      return [make("button", { type: "button", class: kind, onclick: deed }, String(name))];
    }
    if (mine === undefined) {
      const properties = {
        type: "button",
        class: "main",
        disabled: isJoining,
        onclick: () => this.calling.join(),
      };
      return [make("button", properties, isJoining ? "Joining…" : "Join")];
    }
    return [
      this.ownButton(mine),
      make(
        "button",
        { type: "button", class: "round danger", "aria-label": "Leave", onclick: () => this.calling.leave() },
        icon("leave"),
      ),
    ];
  }

  /** @param {Participant} mine */
  ownButton(mine) {
    const { muted, hand } = mine;
    const [name, drawing, deed] = isListener(mine)
      ? [hand === null ? "Raise hand" : "Lower hand", "hand", () => this.calling.raiseHand(hand === null)]
      : [muted ? "Unmute" : "Mute", muted ? "muted" : "microphone", () => this.calling.setMuted(!muted)];
    const kind = isListener(mine) ? (hand === null ? "" : "is-up") : muted ? "" : "is-on";
    return make(
      "button",
      {
        type: "button",
        class: `round ${kind}`,
        "aria-label": String(name),
        title: String(name),
        onclick: deed,
      },
      icon(String(drawing)),
    );
  }
}
