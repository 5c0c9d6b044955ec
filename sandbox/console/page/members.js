/** Who is in the group, and what they are in it. */

import { avatar } from "./avatars.js";
import { fill, find, make } from "./dom.js";

/** @typedef {import("./store.js").Store} Store */

/**
 * What somebody is called in a chat, besides their name.
 * @param {Store} store
 * @param {number} person
 * @returns {string} a title they were given, or owner, admin, bot, relay; empty for a plain member
 */
export function titleIn(store, person) {
  const role = store.world?.people.find((one) => one.id === person)?.role;
  if (role === "bot" || role === "relay") return role;
  const member = store.chat?.members.find((one) => one.person === person);
  return member?.custom_title || { creator: "owner", administrator: "admin" }[member?.status ?? ""] || "";
}

/** Shows the members of the open group. */
export class MemberList {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.section = find("members");
    this.list = find("member-list");
  }

  /** Show what the store holds. */
  render() {
    const { chat, me } = this.store;
    this.section.hidden = !chat || chat.kind === "private";
    const rows = (chat?.members ?? []).map((one) => ({ ...one, title: titleIn(this.store, one.person) }));
    fill(this.list, [rows, me], () => rows.map((row) => this.row(row)));
  }

  /** @param {{person: number, name: string, title: string}} member */
  row({ person, name, title }) {
    return make(
      "li",
      {},
      avatar(person, name, "small"),
      make("span", { class: "name" }, person === this.store.me ? `${name} (you)` : name),
      title ? make("span", { class: "title" }, title) : null,
    );
  }
}
