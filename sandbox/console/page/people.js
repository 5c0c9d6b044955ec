/** Who one is: a row of people to be, one press each. */

import { avatar } from "./avatars.js";
import { fill, find, make, reconcile } from "./dom.js";

/** @typedef {import("./store.js").Persona} Persona */

/** Shows the people that a newcomer may be. */
export class PeopleBar {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.bar = find("people");
    this.about = find("about");
  }

  /** Show what the store holds. */
  render() {
    const { personas, me } = this.store;
    reconcile(this.bar, personas, {
      key: (one) => String(one.id),
      create: (one) => this.create(one),
      update: (element, one) => {
        const input = /** @type {HTMLInputElement} */ (element.querySelector("input"));
        if (input.checked !== (one.id === me)) input.checked = one.id === me;
      },
    });
    const persona = personas.find((one) => one.id === me);
    fill(this.about, persona?.about, () => [persona?.about ?? ""]);
  }

  /** @param {Persona} persona */
  create(persona) {
    const onchange = () => this.actions.become(persona.id);
    return make(
      "label",
      { class: "persona", title: persona.about },
      make("input", { type: "radio", name: "persona", value: persona.id, onchange }),
      avatar(persona.id, persona.name),
      make(
        "span",
        { class: "who" },
        make("span", { class: "name" }, persona.name.split(" ")[0]),
        make("span", { class: "role" }, persona.role),
      ),
    );
  }
}
