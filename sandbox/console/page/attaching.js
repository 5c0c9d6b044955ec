/** Attaching: pictures, files and contacts, from the paperclip, by dropping and by pasting. */

import { post, postForm } from "./api.js";
import { avatar } from "./avatars.js";
import { find, make } from "./dom.js";
import { icon } from "./icons.js";
import { bytes } from "./media.js";
import { openDialog } from "./notices.js";
import { openMenu } from "./popover.js";

const LONGEST_CAPTION = 1024;
const PICTURES = ["image/jpeg", "image/png", "image/webp"];

/** Whatever is sent besides words, and each time a look at it before. */
export class Attaching {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   * @param {import("./composer.js").Composer} composer
   */
  constructor(store, actions, composer) {
    this.store = store;
    this.actions = actions;
    this.composer = composer;
    this.button = find("attach");
    /** @type {HTMLInputElement} */
    this.input = find("file");
    this.isFile = false;
    this.button.addEventListener("click", () => this.openMenu());
    this.input.addEventListener("change", () => this.chosen(this.input.files?.[0]));
    this.listen();
  }

  /** Show what the store holds: nothing of it changes the paperclip. */
  render() {}

  listen() {
    find("text").addEventListener("paste", (/** @type {ClipboardEvent} */ event) => {
      const file = event.clipboardData?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      this.offer(file, false);
    });
    const stage = find("history");
    stage.addEventListener("dragover", (/** @type {Event} */ event) => event.preventDefault());
    stage.addEventListener("drop", (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined && this.store.chat?.silence === null) this.offer(file, false);
    });
  }

  openMenu() {
    openMenu(this.button, "Attach", [
      { name: "Picture", icon: "photo", deed: () => this.choose(PICTURES.join(), false) },
      { name: "File", icon: "file", deed: () => this.choose("", true) },
      { name: "Contact", icon: "person", deed: () => this.chooseContact() },
    ]);
  }

  /**
   * @param {string} kinds
   * @param {boolean} isFile not to be shown as a picture
   */
  choose(kinds, isFile) {
    this.isFile = isFile;
    this.input.accept = kinds;
    this.input.value = "";
    this.input.click();
  }

  /** @param {File | undefined} file */
  chosen(file) {
    if (file !== undefined) this.offer(file, this.isFile);
  }

  /**
   * Show what would be sent, with room for a caption.
   * @param {File} file
   * @param {boolean} isFile
   */
  offer(file, isFile) {
    const isPicture = !isFile && PICTURES.includes(file.type);
    const url = isPicture ? URL.createObjectURL(file) : null;
    const caption = /** @type {HTMLTextAreaElement} */ (
      make("textarea", {
        rows: 2,
        maxlength: LONGEST_CAPTION,
        placeholder: "Add a caption",
        "aria-label": "Caption",
      })
    );
    const send = make("button", { type: "button", class: "main" }, "Send");
    const stop = make("button", { type: "button", class: "soft" }, "Cancel");
    const shown = url
      ? make("img", { class: "preview", src: url, alt: file.name })
      : make(
          "p",
          { class: "file" },
          make("span", { class: "file-icon" }, icon("file")),
          `${file.name}, ${bytes(file.size)}`,
        );
    const title = isPicture ? "Send a picture" : "Send a file";
    const dialog = openDialog(title, shown, caption, make("div", { class: "choices" }, send, stop));
    dialog.addEventListener("close", () => url && URL.revokeObjectURL(url));
    stop.addEventListener("click", () => dialog.close());
    send.addEventListener("click", async () => {
      send.setAttribute("disabled", "");
      const more = { caption: caption.value, is_file: isFile ? "true" : null, file };
      const isSent = await this.write((place) => postForm("files", { ...place, ...more }));
      send.removeAttribute("disabled");
      if (isSent) dialog.close();
    });
    caption.focus();
  }

  chooseContact() {
    const people = (this.store.world?.people ?? []).filter((one) => !one.is_bot);
    const rows = people.map((one) => {
      const button = make(
        "button",
        { type: "button", class: "row" },
        avatar(one.id, one.name, "small"),
        make("span", { class: "name" }, one.name),
        make("span", { class: "title" }, one.username ? `@${one.username}` : ""),
      );
      button.addEventListener("click", () => {
        dialog.close();
        this.write((place) => post("contacts", { ...place, person: one.id }));
      });
      return make("li", {}, button);
    });
    const stop = make("button", { type: "button", class: "soft" }, "Cancel");
    const dialog = openDialog(
      "Send a contact",
      make("ul", { class: "rows" }, ...rows),
      make("div", { class: "choices" }, stop),
    );
    stop.addEventListener("click", () => dialog.close());
  }

  /** @param {(place: any) => Promise<any>} deed */
  write(deed) {
    return this.actions.write(deed, this.composer.chosenThread());
  }
}
