/** The bar above the messages while a voice chat is on or planned. */

import { fill, find, make } from "./dom.js";
import { icon } from "./icons.js";
import { ahead } from "./times.js";

/** Shows in one line what the panel shows in full. */
export class CallBar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./calling.js").Calling} calling
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, calling, actions) {
    this.store = store;
    this.calling = calling;
    this.actions = actions;
    this.bar = find("call-bar");
  }

  /** Show what the store holds. */
  render() {
    const call = this.store.chat?.call ?? null;
    this.bar.hidden = call === null;
    if (call === null) return;
    const mine = call.participants.find((one) => one.person === this.store.me);
    const isIn = this.calling.line !== null && mine !== undefined;
    const isJoining = this.calling.line !== null && mine === undefined;
    const speaking = call.participants.filter((one) => one.is_speaking && !one.muted).map((one) => one.name);
    const line = this.line(call, speaking);
    this.bar.classList.toggle("is-live", call.is_active);
    fill(
      this.bar,
      [this.store.place, call.id, call.title, line, call.is_active, isIn, isJoining, mine],
      () => [
        make(
          "button",
          { type: "button", class: "what", onclick: () => this.actions.show("voice") },
          make("span", { class: "dot" }, icon("speak")),
          make(
            "span",
            { class: "lines" },
            make("strong", {}, call.title || this.store.chat?.title || "Voice chat"),
            make("span", { class: "line" }, line),
          ),
        ),
        ...this.buttons(call, isIn, isJoining, mine),
      ],
    );
  }

  /**
   * @param {import("./store.js").Call} call
   * @param {string[]} speaking
   */
  line(call, speaking) {
    if (!call.is_active) return `planned for ${ahead(call.schedule_date ?? 0)}`;
    if (speaking.length > 0) return `${speaking.join(", ")} ${speaking.length > 1 ? "are" : "is"} speaking`;
    return call.participants.length === 0 ? "nobody in it yet" : `${call.participants.length} in it`;
  }

  /**
   * @param {import("./store.js").Call} call
   * @param {boolean} isIn
   * @param {boolean} isJoining
   * @param {import("./store.js").Participant | undefined} mine
   */
  buttons(call, isIn, isJoining, mine) {
    if (!call.is_active) return [];
    if (!isIn) {
      const onclick = () => this.calling.join();
      return [
        make(
          "button",
          { type: "button", class: "main", disabled: isJoining, onclick },
          isJoining ? "Joining…" : "Join",
        ),
      ];
    }
    const muted = mine?.muted ?? true;
    const properties = {
      type: "button",
      class: muted ? "round" : "round is-on",
      "aria-label": muted ? "Unmute" : "Mute",
      disabled: muted && !mine?.can_self_unmute,
      onclick: () => this.calling.setMuted(!muted),
    };
    return [
      make("button", properties, icon(muted ? "muted" : "microphone")),
      make(
        "button",
        { type: "button", class: "round danger", "aria-label": "Leave", onclick: () => this.calling.leave() },
        icon("leave"),
      ),
    ];
  }
}
