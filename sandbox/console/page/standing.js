/** Somebody's standing in a group, as a form for its admins: rights, and the ways out. */

import { fill, make } from "./dom.js";

/** @typedef {import("./store.js").Member} Member */

/** @type {Record<string, string>} */
const RIGHTS = {
  can_change_info: "Change the group's info",
  can_delete_messages: "Delete messages",
  can_restrict_members: "Ban people",
  can_invite_users: "Invite people",
  can_pin_messages: "Pin messages",
  can_manage_topics: "Manage topics",
  can_manage_video_chats: "Manage voice chats",
  can_promote_members: "Add new admins",
};

/** @type {Record<string, string>} */
const CHANNEL_RIGHTS = {
  can_change_info: "Change the channel's info",
  can_post_messages: "Post messages",
  can_edit_messages: "Edit messages of others, and pin",
  can_delete_messages: "Delete messages of others",
  can_invite_users: "Invite people",
  can_manage_video_chats: "Manage live streams",
  can_promote_members: "Add new admins",
};

/** @type {WeakMap<Element, StandingForm>} */
const forms = new WeakMap();

/** The form of one member; what was changed and not saved stays while others change other things. */
export class StandingForm {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {number} person
   */
  constructor(store, actions, person) {
    this.store = store;
    this.actions = actions;
    this.person = person;
    /** @type {Member | null} */
    this.member = null;
    this.element = make("form", { class: "standing" });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    forms.set(this.element, this);
  }

  /**
   * The form inside a row of the list.
   * @param {Element} row
   * @returns {StandingForm | undefined}
   */
  static of(row) {
    const element = row.querySelector(".standing");
    return element ? forms.get(element) : undefined;
  }

  /**
   * Show what somebody is.
   * @param {Member} member
   */
  render(member) {
    this.member = member;
    const { chat } = this.store;
    const mine = chat?.my_rights ?? [];
    fill(this.element, [member, mine, chat?.kind], () => [
      this.store.may("can_promote_members") ? this.promotion(member) : null,
      this.ways(member),
    ]);
  }

  /** @param {Member} member */
  promotion(member) {
    const isAdmin = member.status === "administrator";
    const isChannel = this.store.chat?.kind === "channel";
    const boxes = Object.entries(this.offered()).map(([right, words]) => {
      const checked = member.rights.includes(right);
      return box({ name: right, words, checked, disabled: !checked && !this.store.may(right) });
    });
    const title = make("input", {
      name: "custom_title",
      maxlength: 16,
      placeholder: "Title, such as “Host”",
      "aria-label": "Title",
      value: member.custom_title,
    });
    const hiding = {
      name: "is_anonymous",
      words: "Remain anonymous",
      checked: member.is_anonymous,
      disabled: false,
    };
    return make(
      "fieldset",
      {},
      make("legend", {}, isAdmin ? "Rights" : "Rights as an admin"),
      ...boxes,
      this.store.chat?.kind === "supergroup" && !member.is_bot ? box(hiding) : null,
      isChannel ? null : title,
      make("button", { type: "submit", class: "main small" }, isAdmin ? "Save" : "Make admin"),
    );
  }

  /** @param {Member} member */
  ways(member) {
    const isAdmin = member.status === "administrator";
    const isSilent = member.status === "restricted";
    const mayBan = this.store.may("can_restrict_members");
    const mayPromote = this.store.may("can_promote_members");
    return make(
      "div",
      { class: "ways" },
      isAdmin && mayPromote && !(member.is_bot && this.store.chat?.kind === "channel")
        ? this.way("Dismiss as admin", "member")
        : null,
      !isAdmin && mayBan
        ? this.way(isSilent ? "Let write" : "Let only read", isSilent ? "member" : "restricted")
        : null,
      (isAdmin ? mayPromote : mayBan) ? this.way("Remove", "left", true) : null,
      !isAdmin && mayBan ? this.way("Ban", "kicked", true) : null,
    );
  }

  /**
   * @param {string} words
   * @param {string} status
   * @param {boolean} [isDanger]
   */
  way(words, status, isDanger = false) {
    const onclick = () => this.actions.change("members", { person: this.person, status });
    return make(
      "button",
      { type: "button", class: isDanger ? "soft danger small" : "soft small", onclick },
      words,
    );
  }

  /** @returns {Record<string, string>} the rights that can be chosen, with what they are called */
  offered() {
    return this.store.chat?.kind === "channel" ? CHANNEL_RIGHTS : RIGHTS;
  }

  async save() {
    const others = (this.member?.rights ?? []).filter((right) => !(right in this.offered()));
    const fields = [.../** @type {NodeListOf<HTMLInputElement>} */ (this.element.querySelectorAll("input"))];
    const checked = fields.filter((one) => one.type === "checkbox" && one.checked).map((one) => one.name);
    const title = fields.find((one) => one.name === "custom_title");
    await this.actions.change("members", {
      person: this.person,
      status: "administrator",
      rights: [...others, ...checked.filter((name) => name !== "is_anonymous")],
      is_anonymous: checked.includes("is_anonymous"),
      custom_title: title?.value ?? "",
    });
  }
}

/** @param {{name: string, words: string, checked: boolean, disabled: boolean}} box */
function box({ name, words, checked, disabled }) {
  return make(
    "label",
    { class: "check" },
    make("input", { type: "checkbox", name, checked, disabled }),
    words,
  );
}
