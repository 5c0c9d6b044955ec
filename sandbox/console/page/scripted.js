/** Scripted people: voices for those who have no microphone at hand, or no company. */

import { post } from "./api.js";
import { avatar } from "./avatars.js";
import { find, fill, make, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";
import { isListener } from "./participant.js";
import { lasting } from "./times.js";

/** @typedef {{person: number, utterance: string, text: string, language: string, seconds: number}} Voice */

/** A menu of what people can be made to say in the call. */
export class ScriptedPeople {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.section = find("scripted");
    this.list = find("scripted-list");
  }

  /** Show what the store holds. */
  render() {
    const { chat, voices } = this.store;
    this.section.hidden = !chat?.call?.is_active || voices.length === 0;
    if (this.section.hidden) return;
    const present = new Set(chat?.members.map((one) => one.person));
    const people = [...new Set(voices.map((voice) => voice.person))].filter((person) => present.has(person));
    reconcile(this.list, people, {
      key: (person) => `${chat?.id}:${person}`,
      create: (person) => this.menu(person),
      update: (element, person) => this.update(element, person),
    });
  }

  /** @param {number} person */
  menu(person) {
    const name = this.store.nameOf(person);
    const voices = this.store.voices.filter((voice) => voice.person === person);
    return make(
      "details",
      { class: "speaker", name: "scripted" },
      make("summary", {}, avatar(person, name, "small"), `Let ${name.split(" ")[0]} speak`),
      make("div", { class: "unheard" }),
      make("ul", {}, ...voices.map((voice) => make("li", {}, this.utterance(voice)))),
    );
  }

  /**
   * Say of a listener that nobody would hear them, and what helps.
   * @param {HTMLElement} element
   * @param {number} person
   */
  update(element, person) {
    const one = this.store.chat?.call?.participants.find((other) => other.person === person);
    const isUnheard = one !== undefined && isListener(one);
    fill(element.children[1], [isUnheard, one?.hand !== null], () => {
      if (!isUnheard) return [];
      const name = one.name.split(" ")[0];
      const isUp = one.hand !== null;
      const words = isUp
        ? `${name}'s hand is up. Allow ${name} to speak, as an admin or from the stage board.`
        : `${name} is muted by admins and would not be heard.`;
      const onclick = () => this.raiseHand(person);
      const raise = make(
        "button",
        { type: "button", class: "soft small", onclick },
        icon("hand"),
        `Raise ${name}'s hand`,
      );
      return [make("p", {}, words), isUp ? null : raise];
    });
  }

  /** @param {number} person */
  async raiseHand(person) {
    const body = { as: person, chat: this.store.chatId, is_up: true };
    await this.actions.attempt(() => post("call/hand", body));
  }

  /** @param {Voice} voice */
  utterance(voice) {
    const button = make(
      "button",
      { type: "button", class: "utterance", lang: voice.language },
      icon("speak"),
      make("span", {}, voice.text),
      make("small", { lang: "en" }, lasting(voice.seconds)),
    );
    button.addEventListener("click", () => this.speak(button, voice));
    return button;
  }

  /**
   * @param {HTMLElement} button
   * @param {Voice} voice
   */
  async speak(button, voice) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const body = { as: voice.person, chat: this.store.chatId, utterance: voice.utterance };
    const answer = await this.actions.attempt(() => post("speak", body));
    if (answer !== null && !answer.is_heard) {
      const name = this.store.nameOf(voice.person);
      toast(`${name} was muted before everything was said: the rest was not heard.`, "trouble");
    }
    button.removeAttribute("aria-busy");
  }
}
