/** Inline keyboards: the buttons under a bot's message, which stay the same while their words change. */

import { fill, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { readLink } from "./links.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./actions.js").Actions} Actions
 * @typedef {{text: string, url?: string, callback_data?: string, copy_text?: {text: string}, web_app?: {url: string}}} Key
 * @typedef {{key: Key, name: string}} Named a key with what tells it from the others of its row
 */

/**
 * Show a message's buttons. A bot that edits its message every few seconds must not take a button away from
 * under somebody's finger, so one that does the same as before is the same element, whatever it says.
 * @param {HTMLElement} container
 * @param {Message} message
 * @param {Actions} actions
 */
export function showKeyboard(container, message, actions) {
  const rows = (message.keyboard ?? []).map((row, index) => ({ row: named(row), index }));
  reconcile(container, rows, {
    key: ({ index }) => String(index),
    create: () => make("div", { class: "keys" }),
    update: (element, { row }) =>
      reconcile(element, row, {
        key: ({ name }) => name,
        create: ({ key }) => keyElement(key, message, actions),
        update: (one, { key }) => label(one, key),
      }),
  });
}

/**
 * @param {Key[]} row
 * @returns {Named[]}
 */
function named(row) {
  const seen = new Map();
  return row.map((key) => {
    const deed = JSON.stringify([key.url, key.callback_data, key.copy_text?.text, key.web_app?.url]);
    const times = seen.get(deed) ?? 0;
    seen.set(deed, times + 1);
    return { key, name: `${deed} ${times}` };
  });
}

/**
 * @param {HTMLElement} element
 * @param {Key} key
 */
function label(element, key) {
  const sign = element.tagName === "A" || key.web_app ? "open" : key.copy_text ? "copy" : null;
  fill(element, [key.text, sign], () => [key.text, sign && icon(sign)].filter((one) => one !== null));
}

/**
 * @param {Key} key
 * @param {Message} message
 * @param {Actions} actions
 */
function keyElement(key, message, actions) {
  const url = key.url ? readLink(key.url) : null;
  if (url !== null) {
    const onclick = (/** @type {Event} */ event) => actions.follow(event, url);
    const properties = {
      class: "key",
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick,
    };
    return make("a", properties);
  }
  const { copy_text: copied, callback_data: data, web_app: app } = key;
  if (app) {
    const onclick = () => actions.openApp(message, app.url);
    return make("button", { type: "button", class: "key", onclick });
  }
  if (copied) {
    const onclick = () => actions.copy(copied.text);
    return make("button", { type: "button", class: "key", onclick });
  }
  const button = make("button", { type: "button", class: "key", disabled: !data });
  button.addEventListener("click", () => press(button, message, data ?? "", actions));
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {Message} message
 * @param {string} data
 * @param {Actions} actions
 */
async function press(button, message, data, actions) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await actions.press(message, data);
  } finally {
    button.removeAttribute("aria-busy");
  }
}
