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
  const dialog = /** @type {HTMLDialogElement} */ (
    make(
      "dialog",
      { "aria-labelledby": "dialog-title" },
      make("h2", { id: "dialog-title" }, title),
      make("p", {}, words),
    )
  );
  const buttons = choices.map((choice, index) =>
    make(
      "button",
      { type: "button", class: index === 0 ? "main" : "soft", onclick: () => dialog.close(String(index)) },
      choice,
    ),
  );
  dialog.append(make("div", { class: "choices" }, ...buttons));
  document.body.append(dialog);
  dialog.showModal();
  buttons[0].focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "" ? -1 : Number(dialog.returnValue));
    });
  });
}

/**
 * Offer a link that the bot answered with; it is opened only by a press, never by itself.
 * @param {URL} url
 */
export function offerLink(url) {
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { "aria-labelledby": "dialog-title" }));
  const open = make(
    "a",
    { class: "main", href: url.href, target: "_blank", rel: "noopener noreferrer" },
    "Open",
  );
  const close = make("button", { type: "button", class: "soft" }, "Not now");
  for (const one of [open, close]) one.addEventListener("click", () => dialog.close());
  dialog.append(
    make("h2", { id: "dialog-title" }, "Open this link?"),
    make("p", { class: "address" }, url.href),
    make("div", { class: "choices" }, open, close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Tell screen readers about something that is on the page anyway.
 * @param {string} words
 */
export function announce(words) {
  find("announcer").textContent = words;
}
