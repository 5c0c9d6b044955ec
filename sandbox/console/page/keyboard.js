/** Inline keyboards: the buttons under a bot's message. */

import { icon } from "./icons.js";
import { make } from "./dom.js";
import { readLink } from "./links.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./actions.js").Actions} Actions
 */

/**
 * The rows of buttons.
 * @param {Message} message
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function keyboardRows(message, actions) {
  return (message.keyboard ?? []).map((row) =>
    make("div", { class: "keys" }, ...row.map((key) => keyElement(key, message, actions))),
  );
}

/**
 * @param {any} key
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
    return make("a", properties, key.text, icon("open"));
  }
  if (key.copy_text) {
    const onclick = () => actions.copy(key.copy_text.text);
    return make("button", { type: "button", class: "key", onclick }, key.text, icon("copy"));
  }
  const button = make("button", { type: "button", class: "key", disabled: !key.callback_data }, key.text);
  button.addEventListener("click", () => press(button, message, key.callback_data, actions));
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
