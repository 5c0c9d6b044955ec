/** Countdowns: how long it is until a voice chat begins, told anew every second without drawing anything else. */

import { make } from "./dom.js";
import { count } from "./times.js";

const DAY = 86_400;
const LOOK_EVERY = 250;

/**
 * How long it is until an instant, as Telegram's apps say it.
 * @param {number} at seconds since the epoch
 * @param {number} [now] seconds since the epoch
 * @returns {{label: string, time: string}} such as "Starts in" and "12:30", or "Late by" and "0:05"
 */
export function countdown(at, now = Date.now() / 1000) {
  const left = Math.ceil(at - now);
  const seconds = Math.abs(left);
  const label = left >= 0 ? "Starts in" : "Late by";
  if (seconds >= DAY) return { label, time: count(Math.floor(seconds / DAY), "day") };
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return {
    label,
    time: shown.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":"),
  };
}

/**
 * An element that counts down by itself as long as it is on the page.
 * @param {number} at seconds since the epoch
 * @returns {HTMLElement}
 */
export function countdownElement(at) {
  const { label, time } = countdown(at);
  const element = make(
    "span",
    { class: "countdown", role: "timer", "data-at": at },
    make("span", {}, label),
    " ",
    make("b", {}, time),
  );
  return element;
}

function tick() {
  for (const element of document.querySelectorAll(".countdown")) {
    const { label, time } = countdown(Number(/** @type {HTMLElement} */ (element).dataset.at));
    const [first, last] = element.children;
    if (first.textContent !== label) first.textContent = label;
    if (last.textContent !== time) last.textContent = time;
  }
}

setInterval(tick, LOOK_EVERY);
