/** A participant: one row of the voice chat's panel. */

import { avatar } from "./avatars.js";
import { fill, make } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./store.js").Participant} Participant */

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/**
 * Those with a hand up come first, in the order in which they raised it; then those who may speak.
 * @param {Participant[]} participants
 * @returns {(Participant & {turn: number | null})[]} `turn` counts raised hands from 0
 */
export function handOrder(participants) {
  const hands = participants
    .filter((one) => one.hand !== null)
    .sort((a, b) => Number(a.hand) - Number(b.hand))
    .map((one, turn) => ({ ...one, turn }));
  const others = participants.filter((one) => one.hand === null).map((one) => ({ ...one, turn: null }));
  return [...others.filter((one) => one.is_relay), ...hands, ...others.filter((one) => !one.is_relay)];
}

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
 * @param {Participant & {turn: number | null}} one
 * @param {import("./voice.js").VoicePanel} panel
 */
export function updateParticipant(element, one, panel) {
  const { store, calling } = panel;
  element.classList.toggle("is-speaking", one.is_speaking && !one.muted);
  const [ring, lines, rights] = /** @type {any} */ (element.children);
  fill(ring, [one.person, one.name], () => [avatar(one.person, one.name)]);
  const badge = one.is_relay ? "relay: streams and records" : one.person === store.me ? "you" : "";
  const state = stateOf(one);
  fill(lines, [one.name, badge, state], () => [
    make("span", { class: "name" }, one.name),
    badge
      ? make(
          "span",
          { class: one.is_relay ? "badge-relay" : "badge-you" },
          one.is_relay ? icon("relay") : null,
          badge,
        )
      : null,
    make("span", { class: `state is-${state.kind}` }, icon(state.icon), state.words),
  ]);
  const mayManage = store.isAdmin && one.person !== store.me && !one.is_relay;
  const isListener = one.muted && !one.can_self_unmute;
  fill(rights, [mayManage, isListener, one.name], () => {
    if (!mayManage) return [];
    const label = isListener ? `Let ${one.name} speak` : `Mute ${one.name}`;
    const deed = () => calling.setMutedOf(one.person, !isListener);
    return [
      make(
        "button",
        { type: "button", class: "soft small", "aria-label": label, onclick: deed },
        isListener ? "Let speak" : "Mute",
      ),
    ];
  });
}

/** @param {Participant & {turn: number | null}} one */
function stateOf(one) {
  if (!one.is_connected) return { kind: "off", icon: "phone", words: "connecting…" };
  if (one.turn !== null)
    return {
      kind: "hand",
      icon: "hand",
      words: `hand raised, ${ORDINALS[one.turn] ?? one.turn + 1} in line`,
    };
  if (!one.muted)
    return one.is_speaking
      ? { kind: "speaking", icon: "speak", words: "speaking" }
      : { kind: "open", icon: "microphone", words: "microphone on" };
  if (!one.can_self_unmute) return { kind: "off", icon: "muted", words: "listening, may not unmute" };
  return { kind: "off", icon: "muted", words: "muted" };
}
