/** Reactions: those a message has, and a small choice of new ones. */

import { make } from "./dom.js";
import { openPopover } from "./popover.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./actions.js").Actions} Actions
 */

/** @type {Record<string, string>} */
const CHOICE = {
  "👍": "Thumbs up",
  "❤": "Heart",
  "👏": "Applause",
  "🔥": "Fire",
  "😁": "Grin",
  "🤔": "Thinking",
};

/**
 * The reactions under a message; pressing one's own takes it back, pressing another joins it.
 * @param {Message} message
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function reactionButtons(message, actions) {
  return message.reactions.map(({ emoji, count, mine }) =>
    make(
      "button",
      {
        type: "button",
        class: "reaction",
        "aria-pressed": String(mine),
        "aria-label": `${CHOICE[emoji] ?? emoji}, ${count}`,
        onclick: () => actions.react(message, mine ? null : emoji),
      },
      `${emoji} ${count}`,
    ),
  );
}

/**
 * Offer reactions beside the button that asked for them.
 * @param {HTMLElement} anchor
 * @param {Message} message
 * @param {Actions} actions
 */
export function openPicker(anchor, message, actions) {
  const mine = message.reactions.find((one) => one.mine)?.emoji;
  const picker = make("div", { class: "picker", role: "group", "aria-label": "Reactions" });
  const choose = (/** @type {string} */ emoji) => {
    close();
    actions.react(message, emoji === mine ? null : emoji);
  };
  for (const [emoji, name] of Object.entries(CHOICE)) {
    picker.append(
      make("button", { type: "button", "aria-label": name, onclick: () => choose(emoji) }, emoji),
    );
  }
  const close = openPopover(anchor, picker);
}
