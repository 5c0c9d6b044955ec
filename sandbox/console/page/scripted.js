/** Scripted people: voices for those who have no microphone at hand, or no company. */

import { post } from "./api.js";
import { avatar } from "./avatars.js";
import { find, fill, make } from "./dom.js";
import { icon } from "./icons.js";
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
    fill(this.list, [chat?.id, people, voices.length], () => people.map((person) => this.menu(person)));
  }

  /** @param {number} person */
  menu(person) {
    const name = this.store.nameOf(person);
    const voices = this.store.voices.filter((voice) => voice.person === person);
    return make(
      "details",
      { class: "speaker", name: "scripted" },
      make("summary", {}, avatar(person, name, "small"), `Let ${name.split(" ")[0]} speak`),
      make("ul", {}, ...voices.map((voice) => make("li", {}, this.utterance(voice)))),
    );
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
    await this.actions.attempt(() => post("speak", body));
    button.removeAttribute("aria-busy");
  }
}
