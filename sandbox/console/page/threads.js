/** Threads: the topics of a forum, General among them, to which messages without a thread belong. */

/** General, among the numbers of threads. */
export const GENERAL = 0;

/**
 * A forum's threads, General first unless it is hidden.
 * @param {import("./store.js").Chat | null} chat
 * @returns {import("./store.js").Thread[]} empty for a chat that is no forum
 */
export function threadsOf(chat) {
  if (!chat?.is_forum) return [];
  const general = { ...chat.general, id: GENERAL };
  return chat.general.is_hidden ? chat.threads : [general, ...chat.threads];
}

/**
 * The thread that a message belongs to.
 * @param {import("./store.js").Message} message
 * @returns {number}
 */
export function threadOf(message) {
  return message.thread ?? GENERAL;
}
