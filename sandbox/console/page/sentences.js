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
  pinned_message: pinned,
  forum_topic_created: (who, payload) => `${who} opened the topic “${payload.name ?? ""}”`,
  forum_topic_edited: (who, payload) => `${who} renamed the topic to “${payload.name ?? ""}”`,
  forum_topic_closed: (who) => `${who} closed the topic`,
  forum_topic_reopened: (who) => `${who} reopened the topic`,
  new_chat_members: (who, payload, message, store) => {
    const others = payload.filter((/** @type {any} */ one) => idOf(one) !== message.sender);
    const names = others.map((/** @type {any} */ one) => nameIn(one, store)).join(", ");
    return names ? `${who} brought in ${names}` : `${who} joined the group`;
  },
  left_chat_member: (who, payload, message, store) =>
    idOf(payload) === message.sender ? `${who} left the group` : `${who} removed ${nameIn(payload, store)}`,
  users_shared: (who, payload, _message, store) =>
    `${who} chose ${payload.users.map((/** @type {any} */ one) => nameIn(one, store)).join(", ")}`,
  chat_shared: (who, payload, _message, store) => {
    const chat = store.world?.chats.find((one) => one.id === payload.chat_id);
    return `${who} chose ${chat?.title ?? "a chat"}`;
  },
  general_forum_topic_hidden: (who) => `${who} hid the topic General`,
  general_forum_topic_unhidden: (who) => `${who} showed the topic General again`,
  migrate_to_chat_id: (who) => `${who} made this group a supergroup`,
  migrate_from_chat_id: (who) => `${who} made this group a supergroup; it began as another one`,
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
  const medium = message.contact ? contactWords(message.contact) : mediumWords(message.media);
  return shorten([medium, words].filter(Boolean).join(": "));
}

/**
 * @param {string} who
 * @param {any} payload the message's number
 * @param {Message} notice which says so, maybe in another chat than the open one
 * @param {Store} store
 */
function pinned(who, payload, notice, store) {
  const number = typeof payload === "object" ? payload.message_id : payload;
  const chat = store.world?.chats.find((one) => one.messages.includes(notice));
  const message = chat?.messages.find((one) => one.id === number);
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

/** @param {any} one a person's number or the person */
function idOf(one) {
  return typeof one === "object" ? one.id : one;
}

/** @param {NonNullable<Message["contact"]>} contact */
function contactWords(contact) {
  return `Contact: ${[contact.first_name, contact.last_name].filter(Boolean).join(" ")}`;
}

/** @param {Message["media"]} media */
function mediumWords(media) {
  if (media === null) return "";
  return media.kind === "document" && media.name ? media.name : (MEDIA[media.kind] ?? "File");
}

/** @param {string} words */
function shorten(words) {
  return words.length > SHORT ? `${words.slice(0, SHORT)}…` : words;
}
