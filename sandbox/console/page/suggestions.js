/** Suggestions: the bot's commands, while a command is being typed (a combobox with a list, WAI-ARIA 1.2). */

import { assign, make } from "./dom.js";
import { suggestions, takesWords } from "./commands.js";

/** Offers what fits; the field keeps the focus all the time. */
export class Suggestions {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} list
   * @param {(words: string) => void} write puts words into the field
   */
  constructor(field, list, write) {
    this.field = field;
    this.list = list;
    this.write = write;
    /** @type {import("./commands.js").Command[] | undefined} */
    this.told = undefined;
    /** @type {import("./commands.js").Command[]} */
    this.offered = [];
    this.at = 0;
    field.addEventListener("blur", () => this.close());
  }

  /** Offer what fits what is in the field now. */
  look() {
    const offered = suggestions(this.field.value, this.told);
    const isWhole = offered.length === 1 && this.field.value === `/${offered[0].command}`;
    this.offered = isWhole ? [] : offered;
    this.at = 0;
    this.draw();
  }

  /** Offer nothing. */
  close() {
    this.offered = [];
    this.draw();
  }

  /**
   * A key was pressed in the field.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was meant for the suggestions
   */
  typed(event) {
    if (this.offered.length === 0) return false;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) this.take(this.at);
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {number} step */
  move(step) {
    this.at = (this.at + step + this.offered.length) % this.offered.length;
    this.draw();
  }

  /** @param {number} index */
  take(index) {
    const command = `/${this.offered[index].command}`;
    this.write(takesWords(command) ? `${command} ` : command);
    this.close();
  }

  draw() {
    this.list.hidden = this.offered.length === 0;
    assign(this.field, "aria-expanded", String(!this.list.hidden));
    assign(this.field, "aria-activedescendant", this.list.hidden ? null : `suggestion-${this.at}`);
    this.list.replaceChildren(...this.offered.map((one, index) => this.option(one, index)));
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {import("./commands.js").Command} one
   * @param {number} index
   */
  option({ command, description }, index) {
    const option = make(
      "li",
      { id: `suggestion-${index}`, role: "option", "aria-selected": String(index === this.at) },
      make("strong", {}, `/${command}`),
      make("span", {}, description),
    );
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(index);
    });
    return option;
  }
}
