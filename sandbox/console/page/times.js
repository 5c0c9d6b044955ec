/** Instants and lengths of time in words. */

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });
const DAY_SECONDS = 86_400;

/** @param {number} seconds since the epoch */
const dateOf = (seconds) => new Date(seconds * 1000);

/**
 * @param {number} seconds since the epoch
 * @returns {string} such as 18:05
 */
export const clock = (seconds) => CLOCK.format(dateOf(seconds));

/**
 * @param {number} seconds since the epoch
 * @returns {string} day, date and time to the second
 */
export const full = (seconds) => FULL.format(dateOf(seconds));

/**
 * @param {number} seconds since the epoch
 * @returns {string} a day: Today, Yesterday or its date
 */
export function day(seconds) {
  const name = dateOf(seconds).toDateString();
  const now = Date.now() / 1000;
  if (name === dateOf(now).toDateString()) return "Today";
  if (name === dateOf(now - DAY_SECONDS).toDateString()) return "Yesterday";
  return DAY.format(dateOf(seconds));
}

/**
 * @param {number} seconds since the epoch
 * @returns {string} the time today, the date on other days
 */
export function brief(seconds) {
  const isToday = dateOf(seconds).toDateString() === new Date().toDateString();
  return isToday ? clock(seconds) : SHORT_DAY.format(dateOf(seconds));
}

/**
 * @param {number} seconds since the epoch
 * @returns {string} an instant to come, such as "today at 18:05"
 */
export function ahead(seconds) {
  const isToday = dateOf(seconds).toDateString() === new Date().toDateString();
  return isToday ? `today at ${clock(seconds)}` : `${SHORT_DAY.format(dateOf(seconds))} at ${clock(seconds)}`;
}

/**
 * @param {number} seconds a length of time
 * @returns {string} such as "45 seconds" or "1 hour 5 minutes"
 */
export function lasting(seconds) {
  if (seconds < 60) return count(Math.round(seconds), "second");
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const words = [hours > 0 && count(hours, "hour"), minutes % 60 > 0 && count(minutes % 60, "minute")];
  return words.filter(Boolean).join(" ");
}

/**
 * @param {number} number
 * @param {string} noun in the singular
 * @returns {string} such as "1 member" or "3 members"
 */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
