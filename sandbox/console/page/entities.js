/** Entities: formatted text as nodes. Offsets count UTF-16 units, as JavaScript's strings do. */

import { make } from "./dom.js";
import { readLink } from "./links.js";

/**
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string}} Entity
 * @typedef {{onCommand: (command: string) => void, onLink: (event: Event, url: URL) => void,
 *   onMention: (name: string) => void}} Ways what happens when a part of the text is pressed
 */

/** @type {Record<string, string>} */
const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/**
 * Turn a text with its entities into nodes; no part of the text is ever read as markup.
 * @param {string} text
 * @param {Entity[]} entities Bot API shapes; nested ones are fine, one that sticks out of another is cut
 * @param {Ways} ways
 * @returns {(Node | string)[]}
 */
export function formatted(text, entities, ways) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return weave(text, sorted, { begin: 0, end: text.length }, ways);
}

/**
 * @param {string} text
 * @param {Entity[]} waiting sorted; those that begin within the span are taken from it
 * @param {{begin: number, end: number}} span
 * @param {Ways} ways
 * @returns {(Node | string)[]}
 */
function weave(text, waiting, span, ways) {
  const nodes = [];
  let at = span.begin;
  while (waiting.length > 0 && waiting[0].offset < span.end) {
    const entity = /** @type {Entity} */ (waiting.shift());
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, span.end);
    if (begin >= end) continue;
    if (begin > at) nodes.push(text.slice(at, begin));
    const inner = weave(text, waiting, { begin, end }, ways);
    nodes.push(wrap(entity, text.slice(begin, end), inner, ways));
    at = end;
  }
  if (at < span.end) nodes.push(text.slice(at, span.end));
  return nodes;
}

/**
 * @param {Entity} entity
 * @param {string} words what it covers
 * @param {(Node | string)[]} inner the same as nodes
 * @param {Ways} ways
 * @returns {Node}
 */
function wrap(entity, words, inner, ways) {
  switch (entity.type) {
    case "bot_command":
      return make(
        "button",
        { type: "button", class: "word", onclick: () => ways.onCommand(words) },
        ...inner,
      );
    case "mention":
      return make(
        "button",
        { type: "button", class: "word", onclick: () => ways.onMention(words) },
        ...inner,
      );
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return make("span", { class: "tag" }, ...inner);
    case "pre":
      return make("pre", { "data-language": entity.language }, make("code", {}, ...inner));
    case "spoiler":
      return spoiler(inner);
    case "url":
    case "text_link":
    case "email":
    case "phone_number":
      return link(addressOf(entity, words), inner, ways);
    default:
      return make(PLAIN_TAGS[entity.type] ?? "span", {}, ...inner);
  }
}

/**
 * @param {Entity} entity
 * @param {string} words
 */
function addressOf(entity, words) {
  if (entity.type === "text_link") return entity.url ?? "";
  if (entity.type === "email") return `mailto:${words}`;
  if (entity.type === "phone_number") return `tel:${words.replace(/[^\d+]/g, "")}`;
  return words;
}

/**
 * @param {string} address
 * @param {(Node | string)[]} inner
 * @param {Ways} ways
 */
function link(address, inner, ways) {
  const url = readLink(address);
  if (url === null) return make("span", {}, ...inner);
  const onclick = (/** @type {Event} */ event) => ways.onLink(event, url);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick }, ...inner);
}

/** @param {(Node | string)[]} inner */
function spoiler(inner) {
  const hidden = make(
    "span",
    { class: "spoiler", role: "button", tabindex: 0, title: "Hidden text" },
    ...inner,
  );
  hidden.addEventListener("click", () => hidden.classList.add("is-shown"));
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") hidden.classList.add("is-shown");
  });
  return hidden;
}
