/** Who is in the group and what they are in it; admins change it here. */

import { avatar } from "./avatars.js";
import { fill, find, make, reconcile } from "./dom.js";
import { StandingForm } from "./standing.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").Member} Member
 */

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

/** Shows the members of the open group, and who could be brought in. */
export class MemberList {
  /**
   * @param {Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.section = find("members");
    this.list = find("member-list");
    this.absent = find("absent");
    this.absentList = find("absent-list");
  }

  /** Show what the store holds. */
  render() {
    const { chat, me } = this.store;
    const isShown = chat !== null && chat.kind !== "private";
    this.section.hidden = !isShown;
    if (!chat || !isShown) return;
    reconcile(this.list, chat.members, {
      key: (one) => `${me}:${chat.id}:${one.person}:${this.isMinded(one)}`,
      create: (one) => this.create(one),
      update: (element, one) => this.update(element, one),
    });
    this.renderAbsent(chat);
  }

  /**
   * Whether one may change what somebody is.
   * @param {Member} member
   */
  isMinded(member) {
    const rights = ["can_promote_members", "can_restrict_members"];
    return (
      member.status !== "creator" &&
      member.person !== this.store.me &&
      rights.some((one) => this.store.may(one))
    );
  }

  /** @param {Member} member */
  create(member) {
    if (!this.isMinded(member)) return make("li", { class: "row" });
    const form = new StandingForm(this.store, this.actions, member.person);
    return make(
      "li",
      {},
      make("details", { name: "member" }, make("summary", { class: "row" }), form.element),
    );
  }

  /**
   * @param {HTMLElement} element
   * @param {Member} member
   */
  update(element, member) {
    const row = element.querySelector("summary") ?? element;
    const title = [titleIn(this.store, member.person), member.is_anonymous && "anonymous", reading(member)];
    const name = member.person === this.store.me ? `${member.name} (you)` : member.name;
    const shown = title.filter(Boolean).join(", ");
    fill(row, [name, shown], () => [
      avatar(member.person, member.name, "small"),
      make("span", { class: "name" }, name),
      shown ? make("span", { class: "title" }, shown) : null,
    ]);
    StandingForm.of(element)?.render(member);
  }

  /** @param {import("./store.js").Chat} chat */
  renderAbsent(chat) {
    const present = new Set(chat.members.map((one) => one.person));
    const people = (this.store.world?.people ?? []).filter((one) => !present.has(one.id));
    this.absent.hidden =
      people.length === 0 || (chat.kind === "channel" && !this.store.may("can_invite_users"));
    fill(this.absentList, [chat.id, chat.kind, people], () =>
      people.map((one) => this.invitation(one, chat)),
    );
  }

  /**
   * @param {{id: number, name: string, is_bot: boolean}} person
   * @param {import("./store.js").Chat} chat
   */
  invitation(person, chat) {
    const asAdmin = person.is_bot && chat.kind === "channel";
    const status = asAdmin
      ? { status: "administrator", rights: ["can_post_messages"] }
      : { status: "member" };
    const onclick = () => this.actions.change("members", { person: person.id, ...status });
    return make(
      "li",
      { class: "row" },
      avatar(person.id, person.name, "small"),
      make("span", { class: "name" }, person.name),
      make(
        "button",
        { type: "button", class: "soft small", "aria-label": `Bring in ${person.name}`, onclick },
        "Bring in",
      ),
    );
  }
}

/** @param {Member} member */
function reading(member) {
  return member.status === "restricted" ? "reads only" : "";
}
