/** Presiding: what is done about a voice chat as a whole, by its admins mostly; each deed asks for what it needs. */

import { post } from "./api.js";
import { avatar } from "./avatars.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { ask, askForm, askLine } from "./notices.js";

const LONGEST_TITLE = 64;
const SOON = 10 * 60;
const LATEST = 8 * 86_400;

/** Acts as whoever one is, on the call of the open chat. */
export class Presiding {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
  }

  /** Start a call in the open chat, or the one that is planned. */
  async start() {
    await this.actions.change("call/start", {});
  }

  /** Plan a call, after asking for when. */
  async schedule() {
    const now = Date.now() / 1000;
    const title = input("Title, if it has one", { maxlength: LONGEST_TITLE });
    const at = input("When", {
      type: "datetime-local",
      required: true,
      value: local(now + SOON),
      min: local(now),
      max: local(now + LATEST),
    });
    const fields = make("div", { class: "form" }, title.label, at.label);
    if (!(await askForm("Schedule a voice chat", "Schedule", fields))) return;
    const seconds = Math.round(new Date(at.field.value).getTime() / 1000);
    await this.actions.change("call/schedule", { title: title.field.value.trim(), at: seconds });
  }

  /** End the open chat's call, or give up the planned one, after asking whether that is meant. */
  async end() {
    const isActive = this.store.chat?.call?.is_active ?? false;
    const question = isActive
      ? {
          title: "End the voice chat?",
          words: "Everybody in it is hung up. A talk that is on air in it is cut off.",
          choices: ["End it", "Go on"],
        }
      : {
          title: "Call off the voice chat?",
          words: "Nobody is reminded of it, and it does not begin.",
          choices: ["Call it off", "Keep it"],
        };
    if ((await ask(question)) === 0) await this.actions.change("call/end", {});
  }

  /** Give the call another title. */
  async retitle() {
    const value = this.store.chat?.call?.title ?? "";
    const title = await askLine({
      title: "Title of the voice chat",
      label: "Title",
      value,
      longest: LONGEST_TITLE,
      deed: "Save",
    });
    if (title !== null && title !== value) await this.actions.change("call/title", { title });
  }

  /**
   * @param {boolean} joinMuted whether newcomers only listen
   * @returns {Promise<boolean>} whether it was done
   */
  async letInMuted(joinMuted) {
    return (await this.actions.change("call/settings", { join_muted: joinMuted })) !== null;
  }

  /** @param {boolean} isWanted whether one is reminded when the planned call begins */
  async subscribe(isWanted) {
    await this.actions.change("call/subscribe", { is_wanted: isWanted });
  }

  /** Ask members of the group into the call. */
  async invite() {
    const rows = this.absent().map((one) =>
      make(
        "li",
        {},
        make(
          "label",
          { class: "row" },
          make("input", { type: "checkbox", value: one.person }),
          avatar(one.person, one.name, "small"),
          make("span", { class: "name" }, one.name),
        ),
      ),
    );
    const nobody = make("p", {}, "Everybody who is in the group is in the voice chat.");
    const list = make("ul", { class: "rows" }, ...rows);
    const links = this.links();
    const content = make("div", {}, rows.length > 0 ? list : nobody, links);
    if (!(await askForm("Invite to the voice chat", "Invite", content))) return;
    const chosen = [.../** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll(":checked"))];
    const people = chosen.map((one) => Number(one.value));
    if (people.length > 0) await this.actions.change("call/invite", { people });
  }

  /** @returns {import("./store.js").Member[]} members who could come */
  absent() {
    const { chat } = this.store;
    const present = new Set(chat?.call?.participants.map((one) => one.person));
    return (chat?.members ?? []).filter((one) => !one.is_bot && !present.has(one.person));
  }

  /** @returns {HTMLElement | null} a public group's links */
  links() {
    if (!this.store.chat?.username) return null;
    return make(
      "div",
      { class: "links" },
      this.linkButton("Copy link for listeners", false),
      this.store.may("can_manage_video_chats") ? this.linkButton("Copy link for speakers", true) : null,
    );
  }

  /**
   * @param {string} words
   * @param {boolean} maySpeak
   */
  linkButton(words, maySpeak) {
    const onclick = async () => {
      const answer = await this.actions.change("call/link", { may_speak: maySpeak });
      if (answer !== null) await this.actions.copy(answer.link);
    };
    return make("button", { type: "button", class: "soft small", onclick }, icon("link"), words);
  }

  /**
   * Take somebody out of the group, and so out of the call, after asking whether that is meant.
   * @param {import("./store.js").Participant} one
   */
  async remove(one) {
    const { chat } = this.store;
    const words = "They are out of the voice chat and of the group, until somebody lets them in again.";
    const choices = ["Remove", "Keep"];
    if ((await ask({ title: `Remove ${one.name} from the group?`, words, choices })) !== 0) return;
    const status = chat?.kind === "group" ? "left" : "kicked"; // only larger groups have a list of the banned
    await this.actions.change("members", { person: one.person, status });
  }

  /**
   * Whether one may take somebody out of the group.
   * @param {import("./store.js").Participant} one
   */
  mayRemove(one) {
    const member = this.store.chat?.members.find((other) => other.person === one.person);
    if (member === undefined || member.status === "creator") return false;
    const isAdmin = member.status === "administrator";
    return this.store.may(isAdmin ? "can_promote_members" : "can_restrict_members");
  }

  /**
   * Lower somebody's hand.
   * @param {import("./store.js").Participant} one
   */
  async lowerHand(one) {
    await this.actions.attempt(() =>
      post("call/hand", {
        as: this.store.me,
        chat: this.store.chatId,
        person: one.person,
        is_up: false,
      }),
    );
  }
}

/**
 * @param {string} words
 * @param {Record<string, unknown>} properties
 */
function input(words, properties) {
  const field = /** @type {HTMLInputElement} */ (make("input", properties));
  return { field, label: make("label", {}, make("span", {}, words), field) };
}

/**
 * @param {number} seconds since the epoch
 * @returns {string} the same in the local zone, as `datetime-local` wants it, to the minute
 */
function local(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
