/** In whose name an admin writes: their own, or the group's. */

import { avatar } from "./avatars.js";
import { fill, find } from "./dom.js";
import { toast } from "./notices.js";

/** A face beside the text field; a press changes it. */
export class Identity {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./actions.js").Actions} actions
   */
  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
    this.button = find("identity");
    this.button.addEventListener("click", () => this.change());
  }

  /** Show what the store holds. */
  render() {
    const { chat, me, mayHide } = this.store;
    this.button.hidden = !mayHide;
    if (!chat || me === null || !mayHide) return;
    const name = chat.is_anonymous ? chat.title : this.store.nameOf(me);
    const other = chat.is_anonymous ? "yourself" : "the group, anonymously";
    const words = `You write as ${name}. Press to write as ${other}`;
    this.button.title = words;
    this.button.setAttribute("aria-label", words);
    fill(this.button, [me, chat.id, chat.is_anonymous, name], () => [
      avatar(chat.is_anonymous ? chat.id : me, name),
    ]);
  }

  async change() {
    const { chat, me } = this.store;
    if (!chat) return;
    const fields = { person: me, status: chat.my_status, is_anonymous: !chat.is_anonymous };
    if ((await this.actions.change("members", fields)) === null) return;
    toast(
      chat.is_anonymous
        ? "You write in your own name again."
        : `You write as ${chat.title} now: nobody sees who you are.`,
    );
  }
}
