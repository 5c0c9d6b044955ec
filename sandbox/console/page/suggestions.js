/** Suggestions: what may be meant by what is being typed (a combobox with a list, WAI-ARIA 1.2). */

import { assign, make } from "./dom.js";

/**
 * @typedef {{label: string, detail: string, take: (isFinal: boolean) => void}} Option what is offered;
 *   `isFinal` when it was chosen as it is, false when it is only to be completed
 */

/** Offers what fits; the field keeps the focus all the time. */
export class Suggestions {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} list
   * @param {() => Option[]} offer what fits what is in the field now
   */
  constructor(field, list, offer) {
    this.field = field;
    this.list = list;
    this.offer = offer;
    /** @type {Option[]} */
    this.offered = [];
    this.at = 0;
    field.addEventListener("blur", () => this.close());
  }

  /** Offer what fits what is in the field now. */
  look() {
    this.offered = this.offer();
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
    else if (event.key === "Tab") this.take(this.at, false);
    else if (event.key === "Enter" && !event.shiftKey) this.take(this.at, true);
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {number} step */
  move(step) {
    this.at = (this.at + step + this.offered.length) % this.offered.length;
    this.draw();
  }

  /**
   * @param {number} index
   * @param {boolean} isFinal
   */
  take(index, isFinal) {
    const option = this.offered[index];
    this.close();
    option.take(isFinal);
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
   * @param {Option} one
   * @param {number} index
   */
  option({ label, detail }, index) {
    const option = make(
      "li",
      { id: `suggestion-${index}`, role: "option", "aria-selected": String(index === this.at) },
      make("strong", {}, label),
      make("span", {}, detail),
    );
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(index, true);
    });
    return option;
  }
}
