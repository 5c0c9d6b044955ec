/** The place: who one is and which chat is open, kept in the address after `#`. */

/**
 * Read it.
 * @returns {{person: number | null, chat: number | null}}
 */
export function readPlace() {
  const words = new URLSearchParams(location.hash.slice(1));
  return { person: numberOf(words.get("as")), chat: numberOf(words.get("chat")) };
}

/**
 * Write it, without a new entry in the history.
 * @param {number | null} person
 * @param {number | null} chat
 */
export function writePlace(person, chat) {
  const words = new URLSearchParams();
  if (person !== null) words.set("as", String(person));
  if (chat !== null) words.set("chat", String(chat));
  if (`#${words}` !== location.hash) history.replaceState(null, "", `#${words}`);
}

/** @param {string | null} word */
function numberOf(word) {
  return word !== null && /^-?\d{1,16}$/.test(word) ? Number(word) : null;
}
