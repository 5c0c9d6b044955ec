/** Avatars: initials on a colour that always is the same for the same person or chat. */

import { make } from "./dom.js";

const COLOURS = 7;

/**
 * @param {number} id of a person or a chat
 * @returns {number} 0 to 6, the number of a colour in the style sheets
 */
export function colourOf(id) {
  // The sum of the digits sets neighbours apart, and people from bots, better than the number itself.
  return [...String(Math.abs(id))].reduce((sum, digit) => sum + Number(digit), 0) % COLOURS;
}

/**
 * @param {string} name
 * @returns {string} one or two letters
 */
export function initialsOf(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => [.../** @type {any} */ (word.match(/[\p{L}\p{N}]/u))][0]);
  return (letters.length > 1 ? letters[0] + letters[letters.length - 1] : (letters[0] ?? "?")).toUpperCase();
}

/**
 * @param {number} id whose
 * @param {string} name
 * @param {string} [size] small or large
 * @returns {HTMLElement} decoration only: the name stands beside it
 */
export function avatar(id, name, size = "") {
  return make(
    "span",
    { class: `avatar ${size}`, "data-colour": colourOf(id), "aria-hidden": "true" },
    initialsOf(name),
  );
}
