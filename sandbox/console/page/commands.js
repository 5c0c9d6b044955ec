/** The bot's commands: those it told the sandbox of, or else those that it is known to have. */

/** @typedef {{command: string, description: string}} Command */

/** @type {Command[]} */
const KNOWN = [
  { command: "schedule", description: "Plan a talk: title | when | how long" },
  { command: "rooms", description: "The talks on air and ahead" },
  { command: "open", description: "Open a talk now" },
  { command: "close", description: "End the talk on air" },
  { command: "cancel", description: "Call a talk off" },
  { command: "help", description: "What the bot can do" },
  { command: "start", description: "Say hello to the bot" },
];

const WITH_WORDS = new Set(["schedule"]);

/** An example that a newcomer can send as it is. */
export const EXAMPLE = "/schedule Careers after 40 | in 1 minute | 10m";

/**
 * The commands that begin like what was typed.
 * @param {string} typed such as "/sch"
 * @param {Command[] | undefined} told by the bot, if it told any
 * @returns {Command[]}
 */
export function suggestions(typed, told) {
  const begun = /^\/(\w*)$/.exec(typed);
  if (begun === null) return [];
  const known = told && told.length > 0 ? told : KNOWN;
  return known.filter(({ command }) => command.startsWith(begun[1].toLowerCase()));
}

/**
 * Whether a command makes no sense without words after it.
 * @param {string} command as written, with the slash and maybe the bot's name
 * @returns {boolean}
 */
export function takesWords(command) {
  return WITH_WORDS.has(command.slice(1).split("@")[0].toLowerCase());
}
