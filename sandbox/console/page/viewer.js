/** The viewer: a picture in full size, over everything else. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Show a picture until it is pressed, or Escape is.
 * @param {string} url
 * @param {string} words what it shows
 */
export function openViewer(url, words) {
  const close = make("button", { type: "button", class: "round", "aria-label": "Close" }, icon("close"));
  const save = make(
    "a",
    { class: "round", href: url, download: "", "aria-label": "Download" },
    icon("download"),
  );
  const picture = make("img", { src: url, alt: words });
  const dialog = /** @type {HTMLDialogElement} */ (
    make(
      "dialog",
      { class: "viewer", "aria-label": "Picture" },
      make("div", { class: "viewer-deeds" }, save, close),
      picture,
    )
  );
  for (const one of [close, picture]) one.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
