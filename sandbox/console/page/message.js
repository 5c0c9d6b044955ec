/** A message: its bubble, kept and changed part by part, so that only what is new is drawn again. */

import { avatar, colourOf } from "./avatars.js";
import { assign, fill, make } from "./dom.js";
import { formatted } from "./entities.js";
import { icon } from "./icons.js";
import { showKeyboard } from "./keyboard.js";
import { mediaElement, photoWidth } from "./media.js";
import { openMenu } from "./popover.js";
import { openPicker, reactionButtons } from "./reactions.js";
import { gist, serviceSentence } from "./sentences.js";
import { clock, full } from "./times.js";

/**
 * @typedef {import("./store.js").Message} Message
 * @typedef {import("./actions.js").Actions} Actions
 * @typedef {{message: Message, isMine: boolean, isFirst: boolean, isLast: boolean, title: string,
 *   thread: string, quoted: Message | null | undefined}} Shown a message with its neighbourhood:
 *   first and last of a group by one sender; `quoted` is null when what it replies to is gone
 */

const PARTS = ["sender", "quote", "media", "text", "stamp", "reactions", "keyboard"];

/** Makes and updates the elements of one list. */
export class MessageElements {
  /**
   * @param {Actions} actions
   * @param {(message: number) => void} goTo brings another message into view
   */
  constructor(actions, goTo) {
    this.actions = actions;
    this.goTo = goTo;
    this.ways = {
      onCommand: (/** @type {string} */ command) => actions.command(command),
      onLink: (/** @type {Event} */ event, /** @type {URL} */ url) => actions.follow(event, url),
      onMention: (/** @type {string} */ name) => actions.mention(name),
    };
  }

  /**
   * @param {Shown} shown
   * @returns {HTMLElement}
   */
  create({ message }) {
    if (message.service !== null) return make("li", { class: "service", "data-message": message.id });
    const parts = PARTS.map((part) => make("div", { class: part }));
    const bubble = make("div", { class: "bubble" }, ...parts.slice(0, -1));
    const frame = make("div", { class: "frame" }, bubble, make("div", { class: "deeds" }));
    return make(
      "li",
      { class: "message", "data-message": message.id },
      make("div", { class: "face" }),
      frame,
      parts[6],
    );
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  update(element, shown) {
    const { message } = shown;
    if (message.service !== null) {
      const sentence = serviceSentence(message, this.actions.store);
      fill(element, sentence, () => [make("span", { title: full(message.date) }, sentence)]);
      return;
    }
    element.classList.toggle("is-mine", shown.isMine);
    element.classList.toggle("is-first", shown.isFirst);
    element.classList.toggle("is-last", shown.isLast);
    const isPhoto = message.media?.kind === "photo";
    element.classList.toggle("has-photo", isPhoto);
    if (message.media && isPhoto)
      element.style.setProperty("--photo-width", `${photoWidth(message.media)}px`);
    assign(element, "aria-label", `${message.sender_name}, ${clock(message.date)}`);
    for (const part of [
      this.face,
      this.sender,
      this.quote,
      this.content,
      this.stamp,
      this.below,
      this.deeds,
    ]) {
      part.call(this, element, shown);
    }
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  face(element, { message, isMine, isLast }) {
    const isShown = isLast && !isMine;
    fill(part(element, "face"), isShown, () =>
      isShown ? [avatar(voiceOf(message), message.sender_name, "small")] : [],
    );
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  sender(element, { message, isMine, isFirst, title, thread }) {
    const isOther = !isMine || message.is_anonymous;
    const isShown = isFirst && isOther && this.actions.store.chat?.kind !== "private";
    const origin = message.forwarded_from === message.sender_name ? null : message.forwarded_from;
    const titles = [isShown && title, isFirst && thread && `in ${thread}`].filter(Boolean).join(" · ");
    fill(part(element, "sender"), [isShown, message.sender_name, titles, origin], () => [
      isShown
        ? make("span", { class: "name", "data-colour": colourOf(voiceOf(message)) }, message.sender_name)
        : null,
      titles ? make("span", { class: "title" }, titles) : null,
      origin ? make("span", { class: "origin" }, `Forwarded from ${origin}`) : null,
    ]);
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  quote(element, { quoted }) {
    const words = quoted ? gist(quoted, this.actions.store) : "";
    fill(part(element, "quote"), [quoted?.id, quoted === null, words], () => {
      if (quoted === undefined) return [];
      if (quoted === null) return [make("span", { class: "quoted" }, "A message that is gone")];
      const onclick = () => this.goTo(quoted.id);
      const name = make("strong", {}, quoted.sender_name);
      return [
        make(
          "button",
          { type: "button", class: "quoted", "data-colour": colourOf(voiceOf(quoted)), onclick },
          name,
          make("span", {}, words),
        ),
      ];
    });
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  content(element, { message }) {
    fill(part(element, "media"), [message.media, message.contact], () => [mediaElement(message)]);
    fill(
      part(element, "text"),
      [message.text, message.entities],
      () => /** @type {any[]} */ (formatted(message.text, message.entities, this.ways)),
    );
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  stamp(element, { message }) {
    fill(part(element, "stamp"), [message.date, message.edited], () => [
      message.edited ? make("span", {}, "edited ") : null,
      make(
        "time",
        { datetime: new Date(message.date * 1000).toISOString(), title: full(message.date) },
        clock(message.date),
      ),
    ]);
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  below(element, { message }) {
    fill(part(element, "reactions"), message.reactions, () => reactionButtons(message, this.actions));
    showKeyboard(part(element, "keyboard"), message, this.actions);
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown} shown
   */
  deeds(element, { message }) {
    const { actions } = this;
    fill(part(element, "deeds"), [message.reactions, message.text], () => {
      const reply = deed("Reply", "reply");
      reply.addEventListener("click", () => actions.replyTo(message.id));
      const react = deed("React", "react");
      react.addEventListener("click", () => openPicker(react, message, actions));
      const more = deed("More", "more");
      more.addEventListener("click", () => openMenu(more, "Message", this.choices(message)));
      return [reply, react, more];
    });
  }

  /**
   * What else one may do with a message, as things are now.
   * @param {Message} message
   * @returns {import("./popover.js").Choice[]}
   */
  choices(message) {
    const { actions } = this;
    const { store } = actions;
    const isPinned = store.chat?.pinned.includes(message.id) ?? false;
    const mayPin = store.may(store.chat?.kind === "channel" ? "can_edit_messages" : "can_pin_messages");
    const mayDelete = message.sender === store.me || store.may("can_delete_messages");
    /** @type {(import("./popover.js").Choice | false)[]} */
    const choices = [
      { name: "Copy text", icon: "copy", deed: () => actions.copy(message.text) },
      mayPin && {
        name: isPinned ? "Unpin" : "Pin",
        icon: "pin",
        deed: () => actions.pin(message, !isPinned),
      },
      mayDelete && { name: "Delete", icon: "remove", deed: () => actions.remove(message), isDanger: true },
    ];
    return choices.filter((one) => one !== false);
  }
}

/**
 * @param {string} name
 * @param {string} picture
 */
function deed(name, picture) {
  return make("button", { type: "button", class: "deed", title: name, "aria-label": name }, icon(picture));
}

/**
 * In whose colour a message is: a chat's, or a person's.
 * @param {Message} message
 */
function voiceOf(message) {
  return message.sender_chat ?? message.sender;
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 */
function part(element, name) {
  return /** @type {HTMLElement} */ (element.querySelector(`.${name}`));
}
