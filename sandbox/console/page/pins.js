/** The bar of pinned messages: the newest first, and with each tap the one before it. */

import { fill, find, make } from "./dom.js";
import { icon } from "./icons.js";
import { gist } from "./sentences.js";
import { threadOf } from "./threads.js";

/** @typedef {import("./store.js").Message} Message */

const MOST_MARKS = 5;

/** Shows one pin; a tap goes to its message. */
export class PinBar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {(message: number) => void} goTo brings a message into view
   */
  constructor(store, actions, goTo) {
    this.store = store;
    this.actions = actions;
    this.goTo = goTo;
    this.bar = find("pins");
    this.pinsShown = "";
    this.tapped = 0;
  }

  /** Show what the store holds. */
  render() {
    const pins = this.pins();
    this.bar.hidden = pins.length === 0;
    const shown = `${this.store.chatId} ${pins.map((pin) => pin.id)}`;
    if (shown !== this.pinsShown) this.tapped = 0;
    this.pinsShown = shown;
    if (pins.length === 0) return;
    const at = this.tapped % pins.length;
    const pin = pins[at];
    const mayUnpin = this.store.may(
      this.store.chat?.kind === "channel" ? "can_edit_messages" : "can_pin_messages",
    );
    fill(this.bar, [shown, at, firstLine(pin, this.store), pin.media, mayUnpin], () => [
      this.button(pin, at, pins.length),
      mayUnpin ? this.unpinButton(pin) : null,
    ]);
  }

  /** @returns {Message[]} the pins of what is open, the newest message first */
  pins() {
    const { chat, thread } = this.store;
    const pinned = new Set(chat?.pinned ?? []);
    const messages = (chat?.messages ?? []).filter((one) => pinned.has(one.id));
    return messages.filter((one) => thread === null || threadOf(one) === thread).reverse();
  }

  /**
   * @param {Message} pin
   * @param {number} at
   * @param {number} number of pins
   */
  button(pin, at, number) {
    const label = number > 1 ? `Pinned message ${number - at} of ${number}` : "Pinned message";
    const picture = pin.media?.kind === "photo" && !pin.media.is_gone ? pin.media.url : null;
    return make(
      "button",
      { type: "button", class: "pin", onclick: () => this.tap(pin.id) },
      marks(at, number),
      picture ? make("img", { class: "thumbnail", src: picture, alt: "" }) : icon("pin"),
      make(
        "span",
        { class: "lines" },
        make("strong", {}, label),
        make("span", {}, firstLine(pin, this.store)),
      ),
    );
  }

  /** @param {Message} pin */
  unpinButton(pin) {
    const onclick = () => this.actions.pin(pin, false);
    return make(
      "button",
      { type: "button", class: "round", "aria-label": "Unpin", title: "Unpin", onclick },
      icon("close"),
    );
  }

  /** @param {number} message */
  tap(message) {
    this.goTo(message);
    this.tapped += 1;
    this.store.touch();
  }
}

/**
 * Strokes at the side, one for each pin, the one that is shown stronger; the lowest is the newest.
 * @param {number} at
 * @param {number} number
 */
function marks(at, number) {
  if (number < 2) return null;
  const most = Math.min(number, MOST_MARKS);
  const strong = most - 1 - Math.min(at, most - 1);
  const strokes = Array.from({ length: most }, (_, place) =>
    make("i", { class: place === strong ? "is-here" : "" }),
  );
  return make("span", { class: "marks", "aria-hidden": "true" }, ...strokes);
}

/**
 * @param {Message} pin
 * @param {import("./store.js").Store} store
 */
function firstLine(pin, store) {
  const line = pin.text.split("\n").find((one) => one.trim());
  return line?.trim() ?? gist(pin, store);
}
