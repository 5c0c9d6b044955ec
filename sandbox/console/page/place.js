/** The place: who one is, which chat is open and which of its threads, kept in the address after `#`. */

/**
 * Read it.
 * @returns {{person: number | null, chat: number | null, thread: number | null}}
 */
export function readPlace() {
  const words = new URLSearchParams(location.hash.slice(1));
  return {
    person: numberOf(words.get("as")),
    chat: numberOf(words.get("chat")),
    thread: numberOf(words.get("thread")),
  };
}

/**
 * Write it, without a new entry in the history.
 * @param {number | null} person
 * @param {number | null} chat
 * @param {number | null} thread null: all of them
 */
export function writePlace(person, chat, thread) {
  const words = new URLSearchParams();
  if (person !== null) words.set("as", String(person));
  if (chat !== null) words.set("chat", String(chat));
  if (chat !== null && thread !== null) words.set("thread", String(thread));
  if (`#${words}` !== location.hash) history.replaceState(null, "", `#${words}`);
}

/** @param {string | null} word */
function numberOf(word) {
  return word !== null && /^-?\d{1,16}$/.test(word) ? Number(word) : null;
}
