/** Media: photos shown, sounds played by the browser's own player, files to keep, contacts as cards. */

import { avatar } from "./avatars.js";
import { icon } from "./icons.js";
import { make } from "./dom.js";
import { lasting } from "./times.js";
import { openViewer } from "./viewer.js";

/**
 * @typedef {import("./store.js").Media} Media
 * @typedef {import("./store.js").Message} Message
 */

const WIDEST = 432;
const NARROWEST = 240;
const HIGHEST = 420;
const LOWEST = 100;
const UNITS = ["bytes", "KB", "MB"];

/**
 * What a message carries, ready to look at or to hear.
 * @param {Message} message
 * @returns {HTMLElement | null}
 */
export function mediaElement(message) {
  const { media, contact } = message;
  if (contact !== null) return card(contact);
  if (media === null) return null;
  if (media.kind === "photo") return photo(media, message);
  if (media.is_gone) return gone("This file is gone.");
  if (media.kind === "audio" || media.kind === "voice") return sound(media);
  return file(media);
}

/**
 * How wide a photo's message is, in pixels of the page; a photo keeps its ratio, within bounds.
 * @param {Media} media
 * @returns {number}
 */
export function photoWidth({ width = 4, height = 3 }) {
  const fitting = Math.min(width < 10 ? WIDEST : width, WIDEST, (HIGHEST * width) / height);
  return Math.round(Math.max(fitting, NARROWEST));
}

/**
 * @param {Media} media
 * @param {Message} message
 */
function photo(media, message) {
  const words = `Picture from ${message.sender_name}${message.text ? `: ${message.text.split("\n")[0]}` : ""}`;
  if (media.is_gone) return gone("This picture is gone.");
  const image = make("img", { src: media.url, alt: words, decoding: "async" });
  const { width = 4, height = 3 } = media;
  const whole = photoWidth(media);
  image.style.aspectRatio = String(Math.min(Math.max(width / height, whole / HIGHEST), whole / LOWEST));
  const link = make("a", { class: "photo", href: media.url, target: "_blank", rel: "noopener" }, image);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openViewer(media.url, words);
  });
  image.addEventListener("error", () => link.replaceWith(gone("This picture cannot be shown.")));
  return link;
}

/** @param {string} words */
function gone(words) {
  return make("p", { class: "gone" }, icon("photo"), words);
}

/** @param {Media} media */
function sound(media) {
  const name = media.kind === "voice" ? "Voice message" : media.title || media.name || "Audio";
  const length = media.duration ? lasting(media.duration) : null;
  return make(
    "figure",
    { class: "sound" },
    make(
      "figcaption",
      {},
      icon("speak"),
      make(
        "span",
        { class: "lines" },
        make("span", { class: "name" }, name),
        media.performer ? make("span", { class: "line" }, media.performer) : null,
      ),
      length && make("small", {}, length),
    ),
    make("audio", { controls: true, preload: "none", src: media.url, "aria-label": name }),
    make("a", { class: "word", href: media.url, download: media.name || "" }, "Download"),
  );
}

/** @param {Media} media */
function file(media) {
  const name = media.name || "File";
  return make(
    "a",
    {
      class: "file",
      href: media.url,
      download: name,
      "aria-label": `Download ${name}, ${bytes(media.size)}`,
    },
    make("span", { class: "file-icon" }, icon("download")),
    make("span", { class: "lines" }, make("strong", {}, name), make("span", {}, bytes(media.size))),
  );
}

/** @param {NonNullable<Message["contact"]>} contact */
function card(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return make(
    "div",
    { class: "contact" },
    avatar(contact.user_id ?? 0, name),
    make("span", { class: "lines" }, make("strong", {}, name), make("span", {}, contact.phone_number)),
  );
}

/**
 * @param {number} size in bytes
 * @returns {string} such as "1 byte", "12 KB" or "1.4 MB"
 */
export function bytes(size) {
  if (size === 1) return "1 byte";
  let unit = 0;
  let amount = size;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}
