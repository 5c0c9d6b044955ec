/** A participant: one row of the voice chat's panel. */

import { avatar } from "./avatars.js";
import { fill, make } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./popover.js";

/**
 * @typedef {import("./store.js").Participant} Participant
 * @typedef {Participant & {turn: number | null}} Queued `turn` counts raised hands from 0
 */

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/**
 * Who is there, in the order in which the server tells it, each with their turn in the queue of hands.
 * @param {Participant[]} participants
 * @returns {Queued[]}
 */
export function withTurns(participants) {
  const hands = participants
    .filter((one) => one.hand !== null)
    .sort((a, b) => Number(b.hand) - Number(a.hand)) // the highest rating was first
    .map((one) => one.person);
  return participants.map((one) => ({
    ...one,
    turn: one.hand === null ? null : hands.indexOf(one.person),
  }));
}

/**
 * A place in the queue of hands.
 * @param {number} turn from 0
 * @returns {string} such as "first in line"
 */
export const inLine = (turn) => `${ORDINALS[turn] ?? `number ${turn + 1}`} in line`;

/** @param {Participant} one */
export const isListener = (one) => one.muted && !one.can_self_unmute;

/** @returns {HTMLElement} an empty row */
export function createParticipant() {
  return make(
    "li",
    { class: "participant" },
    make("span", { class: "ring" }),
    make("div", { class: "lines" }),
    make("div", { class: "rights" }),
  );
}

/**
 * @param {HTMLElement} element
 * @param {Queued} one
 * @param {import("./voice.js").VoicePanel} panel
 */
export function updateParticipant(element, one, panel) {
  element.classList.toggle("is-speaking", one.is_speaking && !one.muted);
  element.dataset.person = String(one.person);
  const [ring, lines, rights] = /** @type {any} */ (element.children);
  fill(ring, [one.speaks_as, one.person, one.name], () => [avatar(one.speaks_as ?? one.person, one.name)]);
  const badges = badgesOf(one, panel.store.me);
  const state = stateOf(one);
  fill(lines, [one.name, badges, state], () => [
    make(
      "span",
      { class: "heading" },
      make("span", { class: "name" }, one.name),
      ...badges.map(({ words, kind }) =>
        make("span", { class: `mark is-${kind}` }, kind === "relay" ? icon("relay") : null, words),
      ),
    ),
    make("span", { class: `state is-${state.kind}` }, icon(state.icon), state.words),
  ]);
  const choices = choicesFor(one, panel);
  fill(rights, [choices.map(({ name }) => name), one.name, one.hand !== null], () =>
    rightsOf(one, choices, panel),
  );
}

/**
 * What marks somebody: the relay account is one like others, and says what it is.
 * @param {Participant} one
 * @param {number | null} me
 */
function badgesOf(one, me) {
  const badges = [
    one.person === me && { words: "you", kind: "you" },
    one.is_admin && { words: "admin", kind: "admin" },
    one.is_relay && { words: "relay account", kind: "relay" },
  ];
  return badges.filter((badge) => badge !== false);
}

/** @param {Queued} one */
function stateOf(one) {
  if (!one.is_connected) return { kind: "off", icon: "phone", words: "connecting…" };
  if (one.turn !== null) return { kind: "hand", icon: "hand", words: `hand raised, ${inLine(one.turn)}` };
  if (!one.muted)
    return one.is_speaking
      ? { kind: "speaking", icon: "speak", words: "speaking" }
      : { kind: "open", icon: "microphone", words: "microphone on" };
  return one.can_self_unmute
    ? { kind: "off", icon: "muted", words: "muted, may unmute" }
    : { kind: "listener", icon: "muted", words: "muted by admins" };
}

/**
 * What one may do about somebody else now.
 * @param {Participant} one
 * @param {import("./voice.js").VoicePanel} panel
 * @returns {import("./popover.js").Choice[]}
 */
function choicesFor(one, { store, calling, presiding }) {
  if (one.person === store.me) return [];
  const mayManage = store.may("can_manage_video_chats");
  const mute = isListener(one)
    ? { name: "Allow to speak", icon: "microphone", deed: () => calling.setMutedOf(one.person, false) }
    : { name: "Mute", icon: "muted", deed: () => calling.setMutedOf(one.person, true) };
  // Of an admin nobody takes the right to unmute; muting one who is muted would do nothing.
  const isIdle = one.is_admin && one.muted;
  /** @type {(import("./popover.js").Choice | false)[]} */
  const choices = [
    mayManage && !isIdle && mute,
    mayManage &&
      one.hand !== null && { name: "Lower hand", icon: "hand", deed: () => presiding.lowerHand(one) },
    presiding.mayRemove(one) && {
      name: "Remove from the group",
      icon: "remove",
      deed: () => presiding.remove(one),
      isDanger: true,
    },
  ];
  return choices.filter((choice) => choice !== false);
}

/**
 * The first deed has a button of its own, the others are in a menu.
 * @param {Participant} one
 * @param {import("./popover.js").Choice[]} choices
 * @param {import("./voice.js").VoicePanel} panel
 */
function rightsOf(one, choices, { store }) {
  if (choices.length === 0) return [];
  const more = make(
    "button",
    { type: "button", class: "round", "aria-label": `More about ${one.name}`, "aria-haspopup": "menu" },
    icon("more"),
  );
  more.addEventListener("click", () => {
    openMenu(more, one.name, choices);
    more.nextElementSibling?.scrollIntoView({ block: "nearest" });
  });
  if (!isListener(one) || !store.may("can_manage_video_chats")) return [more];
  const properties = {
    type: "button",
    class: one.hand !== null ? "main small" : "soft small",
    "aria-label": `Allow ${one.name} to speak`,
    onclick: choices[0].deed,
  };
  return [make("button", properties, "Allow"), more];
}
