// Tickets: made here and kept here. Nothing of a ticket leaves this browser before it is shown for a place.

const MESSAGE = new TextEncoder().encode("Loggione: one place in the gallery");
const PREFIX = 32; // random bytes before the message (RFC 9474, section 4.1)
const FRAGMENT = /^#ticket=([A-Za-z0-9_-]{1,1024})$/;

export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

// The ticket for one room, as far as this browser has it. `room` is the end of the room's link, `name` that of
// the first one it ever had: a ticket stays good when a gallery is closed and opened again by another link.
export class Ticket {
  constructor(room, name) {
    this.room = room;
    this.place = `loggione ${name}`;
  }

  get text() {
    return this.kept().ticket ?? null;
  }

  // The link by which another device gets it: browsers send what follows "#" to nobody.
  get link() {
    return `${location.origin}/l/${this.room}#ticket=${this.text}`;
  }

  // A ticket that came by such a link, which then leaves the address bar and the history.
  receive() {
    const found = FRAGMENT.exec(location.hash);
    if (!found) return;
    history.replaceState(null, "", location.pathname);
    this.keep({ ticket: found[1] });
  }

  forget() {
    localStorage.removeItem(this.place);
  }

  // Get one signed; `proof` says who asks, `signer` is the room's public key. Asked again after a lost answer,
  // it sends the same as before. Rejects with Refused, or whatever broke.
  async take(signer, proof) {
    const { RSABSSA } = await import("./blindrsa.js");
    const suite = RSABSSA.SHA384.PSS.Randomized();
    const form = { name: "RSA-PSS", hash: "SHA-384" };
    const key = await crypto.subtle.importKey("spki", bytes(signer), form, true, ["verify"]);
    const draft = await this.draft(suite, key, signer);
    const answer = await post(`/l/${this.room}/ticket`, JSON.stringify({ proof, blinded: draft.blinded }));
    const signature = await suite
      .finalize(key, bytes(draft.prepared), bytes(answer.signature), bytes(draft.inverse))
      .catch((error) => (this.forget(), Promise.reject(error)));
    this.keep({ ticket: text(new Uint8Array([...bytes(draft.prepared).slice(0, PREFIX), ...signature])) });
  }

  // Show it; gives the address of the place that it opens. Rejects with Refused.
  async show() {
    const { seat } = await post(`/l/${this.room}/seats`, this.text);
    return `/l/${this.room}/seats/${seat}`;
  }

  async draft(suite, key, signer) {
    const { draft } = this.kept();
    if (draft?.signer === signer) return draft;
    const prepared = suite.prepare(MESSAGE);
    const { blindedMsg, inv } = await suite.blind(key, prepared);
    const fresh = { signer, prepared: text(prepared), blinded: text(blindedMsg), inverse: text(inv) };
    this.keep({ draft: fresh });
    return fresh;
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.place)) ?? {};
    } catch {
      return {}; // no storage here, or not ours
    }
  }

  keep(what) {
    localStorage.setItem(this.place, JSON.stringify(what));
  }
}

// The first bytes of the key's digest, by which people can compare it.
export async function fingerprint(signer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(signer)));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/(.{4})(?=.)/g, "$1 ");
}

async function post(address, body) {
  const options = { method: "POST", body, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
  const answer = await fetch(address, { ...options, headers: { "Content-Type": "text/plain" } });
  if (!answer.ok) throw new Refused(answer.status, (await answer.text()).trim());
  return answer.json();
}

function bytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

function text(bytes) {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
