/** Popovers: small things beside a button, closed by a choice, by Escape or by a press elsewhere. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {{name: string, icon: string, deed: () => unknown, isDanger?: boolean}} Choice
 */

/**
 * Show something beside the button that asked for it; the focus moves into it and comes back with Escape.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} content with something to focus in it
 * @returns {() => void} closes it
 */
export function openPopover(anchor, content) {
  const leave = (/** @type {Event} */ event) => {
    if (!content.contains(/** @type {Node} */ (event.target))) close();
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    anchor.focus();
  };
  function close() {
    content.remove();
    document.removeEventListener("pointerdown", leave, true);
    document.removeEventListener("keydown", escape, true);
  }
  document.addEventListener("pointerdown", leave, true);
  document.addEventListener("keydown", escape, true);
  anchor.after(content);
  /** @type {HTMLElement | null} */ (content.querySelector("button"))?.focus();
  return close;
}

/**
 * Offer deeds in a menu; arrows move through it.
 * @param {HTMLElement} anchor
 * @param {string} name
 * @param {Choice[]} choices at least one
 */
export function openMenu(anchor, name, choices) {
  const menu = make("div", { class: "menu", role: "menu", "aria-label": name });
  const take = (/** @type {Choice} */ choice) => {
    close();
    choice.deed();
  };
  const items = choices.map((choice) => {
    const kind = choice.isDanger ? "is-danger" : "";
    const onclick = () => take(choice);
    return make(
      "button",
      { type: "button", role: "menuitem", class: kind, onclick },
      icon(choice.icon),
      choice.name,
    );
  });
  menu.append(...items);
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    items[(at + step + items.length) % items.length].focus();
  });
  const close = openPopover(anchor, menu);
}
