/** Mentions: the people of the chat, while a name is being typed after an “at” sign. */

/**
 * @typedef {import("./suggestions.js").Option} Option
 * @typedef {{person: number, words: string}} Named somebody without a username, by the words that name them
 */

const MOST = 8;

/**
 * Those whom the words before the cursor may begin to name.
 * @param {string} before what stands before the cursor
 * @param {import("./store.js").Store} store
 * @param {(from: number, words: string, person: number | null) => void} write puts words in the place of what
 *   was typed; `person` for somebody who has no username
 * @returns {Option[]}
 */
export function mentionsOf(before, store, write) {
  const begun = /(?:^|[\s(])@([\p{L}\p{N}_]*)$/u.exec(before);
  if (begun === null || store.chat === null || store.chat.kind === "private") return [];
  const typed = begun[1].toLowerCase();
  const from = before.length - begun[1].length - 1;
  return store.chat.members
    .filter((one) => one.person !== store.me && fits(one, typed))
    .slice(0, MOST)
    .map(({ person, name, username }) => ({
      label: name,
      detail: username ? `@${username}` : "",
      take: () => write(from, username ? `@${username}` : name, username ? null : person),
    }));
}

/**
 * Where in a text people are named who have no username.
 * @param {string} text
 * @param {Named[]} named
 * @returns {{offset: number, length: number, person: number}[]}
 */
export function placed(text, named) {
  const found = [];
  let from = 0;
  for (const { person, words } of named) {
    const offset = text.indexOf(words, from);
    if (offset < 0) continue;
    from = offset + words.length;
    found.push({ offset, length: words.length, person });
  }
  return found;
}

/**
 * @param {import("./store.js").Member} member
 * @param {string} typed
 */
function fits({ name, username }, typed) {
  const words = [username, name, ...name.split(/\s+/)];
  return words.some((one) => one.toLowerCase().startsWith(typed));
}
