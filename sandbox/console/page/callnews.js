/** News of calls: says what admins changed about one's own place, and that a call began of which one is reminded. */

import { toast } from "./notices.js";

/** @typedef {import("./store.js").Call} Call */

/** Compares every snapshot with the one before it that the same person saw. */
export class CallNews {
  constructor() {
    /** @type {number | null} */
    this.person = null;
    /** @type {Map<number, Call>} by chat */
    this.before = new Map();
  }

  /** @param {import("./store.js").Store} store */
  follow({ me, world }) {
    const calls = new Map();
    for (const { id, call } of world?.chats ?? []) if (call !== null) calls.set(id, call);
    if (this.person === me) {
      for (const [chat, call] of calls) this.compare(this.before.get(chat), call, Number(me));
    }
    this.person = me;
    this.before = calls;
  }

  /**
   * @param {Call | undefined} before
   * @param {Call} call
   * @param {number} me
   */
  compare(before, call, me) {
    if (before?.id !== call.id) return;
    if (!before.is_active && call.is_active && before.is_subscribed)
      toast(`${call.title ? `“${call.title}”` : "The voice chat"} has begun.`);
    const [then, now] = [before, call].map((one) => one.participants.find(({ person }) => person === me));
    if (!then || !now || then.can_self_unmute === now.can_self_unmute) return;
    if (now.can_self_unmute) toast("An admin lets you speak: you may unmute now.");
    else toast("An admin muted you: raise your hand to speak.");
  }
}
