// Talking back, unseen: questions, votes and reactions. What was sent is known to this page alone, while it is open.

const BURST = 10000; // milliseconds for which reactions are summed; one of a kind counts once

const find = (id) => document.getElementById(id);

export class TalkBack {
  // `place()`: the address under which this page may send; rejects when it has none.
  constructor(place, language) {
    this.place = place;
    this.number = new Intl.NumberFormat(language);
    this.texts = JSON.parse(find("talk-back-texts").textContent);
    this.ballots = new Map();
    this.wanted = new Set();
    this.ballot = draw();
    this.listeners = { questions: (asked) => this.showQuestions(asked), murmur: (heard) => this.showMurmur(heard) };
    find("ask").addEventListener("submit", (event) => this.ask(event));
    find("reactions").addEventListener("submit", (event) => this.react(event));
    find("questions").addEventListener("submit", (event) => this.vote(event));
  }

  see(room) {
    this.takesQuestions = room.takes_questions;
    find("ask").hidden = find("gallery-open").hidden = !room.takes_questions;
    find("reactions").hidden = !room.takes_reactions;
    this.showSection();
  }

  showQuestions(asked) {
    const list = find("questions");
    const known = new Map([...list.children].map((item) => [Number(item.dataset.id), item]));
    const held = document.activeElement?.closest?.("#questions li")?.dataset.id;
    list.replaceChildren(...asked.map((question) => this.dress(known.get(question.id) ?? make(question), question)));
    if (held) list.querySelector(`[data-id="${held}"] button`)?.focus(); // moving an item takes the focus away
    this.showSection();
  }

  showMurmur({ crowd, reactions }) {
    find("crowd").hidden = crowd === null;
    write(find("crowd"), crowd === null ? "" : this.texts.crowd.replace("{number}", this.number.format(crowd)));
    for (const button of find("reactions").querySelectorAll("button")) {
      const felt = reactions[button.value];
      write(button.querySelector(".felt"), felt ? `> ${this.number.format(felt)}` : "");
      const more = this.texts.reaction.replace("{number}", felt).replace("{name}", button.title);
      button.setAttribute("aria-label", felt ? more : button.title);
    }
  }

  showSection() {
    find("asked").hidden = !this.takesQuestions && !find("questions").children.length;
  }

  async ask(event) {
    event.preventDefault();
    const field = find("ask-text");
    const button = event.target.querySelector("button");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const text = field.value;
    const { isTaken, said } = await this.send("questions", { text });
    button.setAttribute("aria-disabled", "false");
    if (isTaken && field.value === text) field.value = ""; // what was written meanwhile stays
    this.say(said);
  }

  async vote(event) {
    event.preventDefault();
    const item = event.target.closest("li");
    const question = Number(item.dataset.id);
    const wants = !this.wanted.has(question);
    if (!this.ballots.has(question)) this.ballots.set(question, draw());
    this.mark(item, question, wants);
    const { isTaken, said } = await this.send("votes", { question, ballot: this.ballots.get(question), wants });
    if (!isTaken) this.mark(item, question, !wants);
    this.say(said);
  }

  async react(event) {
    event.preventDefault();
    const button = event.submitter;
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => button.setAttribute("aria-disabled", "false"), BURST);
    const { said } = await this.send("reactions", { reaction: button.value, ballot: this.ballot });
    this.say(said);
  }

  mark(item, question, wants) {
    this.wanted[wants ? "add" : "delete"](question);
    item.querySelector("button")?.setAttribute("aria-pressed", String(wants));
  }

  // Whether it was taken, and the sentence that the house has to say about it.
  async send(deed, what) {
    try {
      const answer = await fetch(`${await this.place()}/${deed}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
        body: JSON.stringify(what),
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      return { isTaken: answer.ok, said: (await answer.text()).trim() };
    } catch {
      return { isTaken: false, said: this.texts.broken };
    }
  }

  // A sentence is spoken when it is written anew, so it is taken away first.
  say(sentence) {
    find("ask-said").textContent = "";
    if (sentence) setTimeout(() => (find("ask-said").textContent = sentence), 50);
  }

  dress(item, { id, text, state, votes }) {
    item.className = state;
    write(item.querySelector(".words"), text);
    const canVote = state !== "done" && this.takesQuestions !== false;
    const note = item.querySelector(".state") ?? add(item, "p", "state");
    write(note, this.texts[state] ?? "");
    note.hidden = !this.texts[state];
    if (!item.querySelector(canVote ? "form" : "p.votes")) {
      item.querySelector("form, p.votes")?.remove();
      canVote ? addVote(item) : add(item, "p", "votes");
    }
    write(item.querySelector(".votes"), this.number.format(votes));
    const button = item.querySelector("button");
    button?.setAttribute("aria-pressed", String(this.wanted.has(id)));
    button?.setAttribute("aria-label", `${this.texts.vote.replace("{question}", text)} (${this.number.format(votes)})`);
    return item;
  }
}

function make({ id }) {
  const item = document.createElement("li");
  item.dataset.id = id;
  add(item, "p", "words");
  return item;
}

function addVote(item) {
  const form = add(item, "form", "vote");
  const button = add(form, "button", "");
  add(button, "span", "").textContent = "▲";
  button.firstChild.setAttribute("aria-hidden", "true");
  button.append(" ");
  add(button, "span", "votes");
}

function add(parent, kind, name) {
  const element = document.createElement(kind);
  if (name) element.className = name;
  parent.append(element);
  return element;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A number that means something to this page alone, and only until it is closed.
function draw() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
