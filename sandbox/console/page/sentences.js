/** Sentences: what a service message says, and what a message is in one line. */

import { ahead, lasting } from "./times.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./store.js").Store} Store
 */

/** @type {Record<string, (who: string, payload: any, message: Message, store: Store) => string>} */
const SERVICE = {
  video_chat_scheduled: (who, payload) => `${who} planned a voice chat for ${ahead(payload.start_date)}`,
  video_chat_started: (who) => `${who} started the voice chat`,
  video_chat_ended: (who, payload) => `${who} ended the voice chat after ${lasting(payload.duration ?? 0)}`,
  video_chat_participants_invited: (who, payload, _message, store) =>
    `${who} invited ${payload.users.map((/** @type {any} */ one) => nameIn(one, store)).join(", ")} to the voice chat`,
  pinned_message: (who, payload, _message, store) => pinned(who, payload, store),
  forum_topic_created: (who, payload) => `${who} opened the topic “${payload.name ?? ""}”`,
  forum_topic_edited: (who, payload) => `${who} renamed the topic to “${payload.name ?? ""}”`,
  forum_topic_closed: (who) => `${who} closed the topic`,
  forum_topic_reopened: (who) => `${who} reopened the topic`,
  new_chat_members: (who) => `${who} joined the group`,
  left_chat_member: (who) => `${who} left the group`,
  new_chat_title: (who, payload) => `${who} called the group “${payload}”`,
};

/** @type {Record<string, string>} */
const MEDIA = { photo: "Photo", audio: "Audio", voice: "Voice message", document: "File" };

const SHORT = 90;

/**
 * What a service message says.
 * @param {Message} message
 * @param {Store} store
 * @returns {string}
 */
export function serviceSentence(message, store) {
  const { kind, payload } = /** @type {{kind: string, payload: any}} */ (message.service);
  const say = SERVICE[kind];
  if (say === undefined) return `${message.sender_name}: ${kind.replaceAll("_", " ")}`;
  return say(message.sender_name, payload ?? {}, message, store);
}

/**
 * A message in one line, without who wrote it.
 * @param {Message} message
 * @param {Store} store
 * @returns {string}
 */
export function gist(message, store) {
  if (message.service !== null) return serviceSentence(message, store);
  const words = message.text.replace(/\s+/g, " ").trim();
  const medium = message.media && (MEDIA[message.media.kind] ?? "File");
  return shorten([medium, words].filter(Boolean).join(": "));
}

/**
 * @param {string} who
 * @param {any} payload the message's number
 * @param {Store} store
 */
function pinned(who, payload, store) {
  const number = typeof payload === "object" ? payload.message_id : payload;
  const message = store.chat?.messages.find((one) => one.id === number);
  const words = message && message.service === null ? gist(message, store) : "";
  return words
    ? `${who} pinned “${words.slice(0, 40)}${words.length > 40 ? "…" : ""}”`
    : `${who} pinned a message`;
}

/**
 * @param {any} one a person's number or the person
 * @param {Store} store
 */
function nameIn(one, store) {
  return typeof one === "object" ? (one.first_name ?? "somebody") : store.nameOf(one);
}

/** @param {string} words */
function shorten(words) {
  return words.length > SHORT ? `${words.slice(0, SHORT)}…` : words;
}
