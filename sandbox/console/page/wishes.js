/** What a bot's keyboard may ask of somebody besides words: their contact, people, a chat. */

import { post } from "./api.js";
import { avatar } from "./avatars.js";
import { make } from "./dom.js";
import { ask, askForm } from "./notices.js";

/** @typedef {import("./actions.js").Actions} Actions */

/** @type {Record<string, (actions: Actions, message: number, wish: any) => Promise<boolean>>} whether it was done */
export const WISHES = {
  request_contact: sendOwnContact,
  request_users: chooseUsers,
  request_chat: chooseChat,
};

/** @param {Actions} actions */
async function sendOwnContact(actions) {
  const { me, world } = actions.store;
  const words = `${world?.bot.name ?? "The bot"} will know your phone number.`;
  const choices = ["Send it", "Not now"];
  if ((await ask({ title: "Send your contact?", words, choices })) !== 0) return false;
  return actions.write((place) => post("contacts", { ...place, person: me }), null);
}

/**
 * @param {Actions} actions
 * @param {number} message
 * @param {{request_id: number, max_quantity?: number, user_is_bot?: boolean}} wish
 */
async function chooseUsers(actions, message, wish) {
  const most = Number(wish.max_quantity ?? 1);
  const people = (actions.store.world?.people ?? []).filter(
    (one) => wish.user_is_bot === undefined || one.is_bot === wish.user_is_bot,
  );
  const title = most > 1 ? `Choose up to ${most} people` : "Choose somebody";
  const chosen = await choose(title, people, most);
  if (chosen.length === 0) return false;
  return share(actions, { message, request_id: wish.request_id, people: chosen });
}

/**
 * @param {Actions} actions
 * @param {number} message
 * @param {{request_id: number, chat_is_channel?: boolean}} wish
 */
async function chooseChat(actions, message, wish) {
  const kinds = wish.chat_is_channel ? ["channel"] : ["group", "supergroup"];
  const chats = (actions.store.world?.chats ?? []).filter((chat) => kinds.includes(chat.kind));
  const named = chats.map((chat) => ({ id: chat.id, name: chat.title, username: chat.username }));
  const [shared] = await choose(wish.chat_is_channel ? "Choose a channel" : "Choose a group", named, 1);
  if (shared === undefined) return false;
  return share(actions, { message, request_id: wish.request_id, shared });
}

/**
 * @param {Actions} actions
 * @param {Record<string, unknown>} fields
 */
async function share(actions, fields) {
  return (await actions.change("shared", fields)) !== null;
}

/**
 * Let some of them be chosen.
 * @param {string} title
 * @param {{id: number, name: string, username: string}[]} offered
 * @param {number} most
 * @returns {Promise<number[]>} empty for none
 */
async function choose(title, offered, most) {
  const kind = most > 1 ? "checkbox" : "radio";
  const boxes = offered.map(
    (one) => /** @type {HTMLInputElement} */ (make("input", { type: kind, name: "chosen", value: one.id })),
  );
  const rows = offered.map((one, index) =>
    make(
      "li",
      {},
      make(
        "label",
        { class: "row" },
        boxes[index],
        avatar(one.id, one.name, "small"),
        make("span", { class: "name" }, one.name),
        make("span", { class: "title" }, one.username ? `@${one.username}` : ""),
      ),
    ),
  );
  const isTaken = await askForm(title, "Choose", make("ul", { class: "rows" }, ...rows));
  return isTaken ? boxes.filter((box) => box.checked).map((box) => Number(box.value)) : [];
}
