/** Media: photos shown, sounds played by the browser's own player, files to keep. */

import { icon } from "./icons.js";
import { make } from "./dom.js";
import { lasting } from "./times.js";

/**
 * What a message carries, ready to look at or to hear.
 * @param {{kind: string, url: string, name: string, mime: string, duration?: number}} media
 * @returns {HTMLElement}
 */
export function mediaElement(media) {
  if (media.kind === "photo") return photo(media);
  if (media.kind === "audio" || media.kind === "voice") return sound(media);
  return file(media);
}

/** @param {{url: string, name: string}} media */
function photo(media) {
  const image = make("img", {
    src: media.url,
    alt: media.name || "Photo",
    loading: "lazy",
    decoding: "async",
  });
  return make("a", { class: "photo", href: media.url, target: "_blank", rel: "noopener" }, image);
}

/** @param {{kind: string, url: string, name: string, duration?: number}} media */
function sound(media) {
  const name = media.kind === "voice" ? "Voice message" : media.name || "Audio";
  const length = media.duration ? lasting(media.duration) : null;
  return make(
    "figure",
    { class: "sound" },
    make(
      "figcaption",
      {},
      icon("speak"),
      make("span", { class: "name" }, name),
      length && make("small", {}, length),
    ),
    make("audio", { controls: true, preload: "none", src: media.url, "aria-label": name }),
    make("a", { class: "word", href: media.url, download: media.name || "" }, "Download"),
  );
}

/** @param {{url: string, name: string}} media */
function file(media) {
  const name = media.name || "File";
  return make("a", { class: "file", href: media.url, download: name }, icon("file"), make("span", {}, name));
}
