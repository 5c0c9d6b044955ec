/** Adding the bot to a group, as links with `startgroup` ask for. */

import { post } from "./api.js";
import { avatar } from "./avatars.js";
import { make } from "./dom.js";
import { describe } from "./header.js";
import { openDialog } from "./notices.js";

/**
 * @typedef {{payload: string, rights: string[]}} Wish what the bot is to be told there, and may be
 * @typedef {import("./store.js").Chat} Chat
 */

/**
 * Let somebody choose a group of theirs, and add the bot to it.
 * @param {import("./actions.js").Actions} actions
 * @param {Wish} wish
 */
export function chooseGroup(actions, wish) {
  const { world } = actions.store;
  const groups = (world?.chats ?? []).filter((chat) => ["group", "supergroup"].includes(chat.kind));
  const stop = make("button", { type: "button", class: "soft" }, "Cancel");
  const rows = groups.map((chat) => {
    const onclick = () => {
      dialog.close();
      add(actions, chat, wish);
    };
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "row", onclick },
        avatar(chat.id, chat.title, "small"),
        make("span", { class: "name" }, chat.title),
        make("span", { class: "title" }, describe(chat)),
      ),
    );
  });
  const list = make("ul", { class: "rows" }, ...rows);
  const dialog = openDialog(
    `Add ${world?.bot.name} to a group`,
    list,
    make("div", { class: "choices" }, stop),
  );
  stop.addEventListener("click", () => dialog.close());
}

/**
 * @param {import("./actions.js").Actions} actions
 * @param {Chat} chat
 * @param {Wish} wish
 */
async function add(actions, chat, { payload, rights }) {
  const { me, world } = actions.store;
  const place = { as: me, chat: chat.id };
  const known = chat.members.find((one) => one.person === world?.bot.id);
  const mayPromote = chat.my_rights.includes("can_promote_members");
  if (known === undefined || (rights.length > 0 && mayPromote)) {
    const all = [...new Set([...(known?.rights ?? []), ...rights])];
    const standing =
      all.length && mayPromote ? { status: "administrator", rights: all } : { status: "member" };
    const deed = () => post("members", { ...place, person: world?.bot.id, ...standing });
    if ((await actions.attempt(deed)) === null) return;
  }
  actions.open(chat.id);
  if (payload) await actions.send(`/start@${world?.bot.username} ${payload}`, null);
}
