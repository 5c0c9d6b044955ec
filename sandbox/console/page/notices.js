/** Notices: a toast for what may be missed, a dialog for what must be seen. */

import { find, make } from "./dom.js";

const SHOWN_FOR = 5000;
const MOST = 3;

/**
 * Say something in passing.
 * @param {string} words
 * @param {"plain" | "trouble"} [kind]
 */
export function toast(words, kind = "plain") {
  const region = find("toasts");
  const note = make("p", { class: `toast is-${kind}` }, words);
  region.append(note);
  while (region.children.length > MOST) region.firstElementChild?.remove();
  setTimeout(() => note.remove(), SHOWN_FOR + words.length * 40);
}

/**
 * Say something that must be read; the first choice is the main one.
 * @param {{title: string, words: string, choices?: string[]}} notice
 * @returns {Promise<number>} which choice was taken, -1 for none
 */
export function ask({ title, words, choices = ["OK"] }) {
  const buttons = choices.map((choice, index) =>
    make(
      "button",
      { type: "button", class: index === 0 ? "main" : "soft", onclick: () => dialog.close(String(index)) },
      choice,
    ),
  );
  const dialog = openDialog(title, make("p", {}, words), make("div", { class: "choices" }, ...buttons));
  buttons[0].focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "" ? -1 : Number(dialog.returnValue));
    });
  });
}

/**
 * Open a dialog; Escape closes it, and it is gone when closed.
 * @param {string} title
 * @param {...HTMLElement} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, ...content) {
  const dialog = /** @type {HTMLDialogElement} */ (
    make(
      "dialog",
      { "aria-labelledby": "dialog-title" },
      make("h2", { id: "dialog-title" }, title),
      ...content,
    )
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Ask for something that is set in a form.
 * @param {string} title
 * @param {string} deed what the button says that takes it
 * @param {HTMLElement} field
 * @returns {Promise<boolean>} whether it was taken
 */
export function askForm(title, deed, field) {
  const take = make("button", { type: "submit", class: "main" }, deed);
  const stop = make("button", { type: "button", class: "soft" }, "Cancel");
  const form = make("form", {}, field, make("div", { class: "choices" }, take, stop));
  const dialog = openDialog(title, form);
  stop.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close("taken");
  });
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "taken"));
  });
}

/**
 * Ask for a line of text.
 * @param {{title: string, label: string, value: string, longest: number, deed: string}} question
 * @returns {Promise<string | null>} null for none
 */
export async function askLine({ title, label, value, longest, deed }) {
  const line = /** @type {HTMLInputElement} */ (
    make("input", { maxlength: longest, "aria-label": label, value })
  );
  const taken = askForm(title, deed, line);
  line.select();
  return ((await taken) && line.value.trim()) || null;
}

/**
 * Offer a link that the bot answered with; it is opened only by a press, never by itself.
 * @param {URL} url
 */
export function offerLink(url) {
  const open = make(
    "a",
    { class: "main", href: url.href, target: "_blank", rel: "noopener noreferrer" },
    "Open",
  );
  const close = make("button", { type: "button", class: "soft" }, "Not now");
  const choices = make("div", { class: "choices" }, open, close);
  const dialog = openDialog("Open this link?", make("p", { class: "address" }, url.href), choices);
  for (const one of [open, close]) one.addEventListener("click", () => dialog.close());
}

/**
 * Tell screen readers about something that is on the page anyway.
 * @param {string} words
 */
export function announce(words) {
  find("announcer").textContent = words;
}
