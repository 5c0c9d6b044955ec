/** The weather: hardships of the sandbox that are switched on for trying. */

import { get, post } from "./api.js";
import { find } from "./dom.js";

/** The switches, which show how it is whenever they are looked at. */
export class Weather {
  /** @param {import("./actions.js").Actions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {HTMLInputElement} */
    this.floods = find("floods");
    find("weather").addEventListener("toggle", () => this.look());
    this.floods.addEventListener("change", () => this.turn());
  }

  async look() {
    const answer = await this.actions.attempt(() => get("floods"));
    if (answer !== null) this.floods.checked = answer.is_on;
  }

  async turn() {
    await this.actions.attempt(() => post("floods", { is_on: this.floods.checked }));
    await this.look();
  }
}
