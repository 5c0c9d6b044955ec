/** The composition: everything is made here, and drawn again whenever the store was touched. */

import { AboutPanel } from "./about.js";
import { Actions } from "./actions.js";
import { Attaching } from "./attaching.js";
import { Trouble, get } from "./api.js";
import { CallBar } from "./callbar.js";
import { Calling } from "./calling.js";
import { ChatHeader } from "./header.js";
import { ChatList } from "./chats.js";
import { Composer } from "./composer.js";
import { find } from "./dom.js";
import { Feed } from "./live.js";
import { Identity } from "./identity.js";
import { LettersBar } from "./letters.js";
import { MemberList } from "./members.js";
import { MessageList } from "./messages.js";
import { PeopleBar } from "./people.js";
import { PinBar } from "./pins.js";
import { Presiding } from "./presiding.js";
import { readPlace, writePlace } from "./place.js";
import { rove } from "./roving.js";
import { ScriptedPeople } from "./scripted.js";
import { Store } from "./store.js";
import { TopicTabs } from "./tabs.js";
import { Reading } from "./unread.js";
import { VoicePanel } from "./voice.js";
import { Weather } from "./weather.js";

const PATIENCE = 1500;
const AGAIN = 2000;

const store = new Store();
const reading = new Reading();
const composer = new Composer(store);
const actions = new Actions(store, composer);
const calling = new Calling(store, actions);
const presiding = new Presiding(store, actions);
const panel = new VoicePanel(store, calling, presiding);
const messages = new MessageList(store, actions, reading);
const people = new PeopleBar(store, actions);
const parts = [
  new ChatHeader(store, actions),
  new TopicTabs(store, reading),
  new PinBar(store, actions, (message) => messages.goTo(message)),
  new CallBar(store, calling, presiding, actions),
  messages,
  composer,
  new Identity(store, actions),
  new LettersBar(store, actions),
  new Attaching(store, actions, composer),
  panel,
  new ScriptedPeople(store, actions),
  new AboutPanel(store, actions),
  new MemberList(store, actions),
  new ChatList(store, actions, reading),
];
composer.listen(actions);
actions.goTo = (/** @type {number} */ message) => messages.goTo(message);
new Weather(actions);
rove(find("messages"));

/** @type {number | null} */
let seenAs = null;
let doubt = 0;

const feed = new Feed(
  (world) => {
    if (world.me.id !== store.me) return;
    store.world = world;
    choosePlace();
    store.touch();
  },
  (levels) => panel.showLevels(levels[String(store.chatId)] ?? {}),
  (isUp) => {
    clearTimeout(doubt);
    if (isUp) setLinked(true);
    else doubt = setTimeout(() => setLinked(false), PATIENCE);
  },
);

/** @param {boolean} isLinked */
function setLinked(isLinked) {
  if (store.isLinked === isLinked) return;
  store.isLinked = isLinked;
  store.touch();
}

/** The open chat must be one that is there, maybe under another number; on a first visit it is the newest. */
function choosePlace() {
  const chats = store.world?.chats ?? [];
  const successor = chats.find((chat) => chat.upgraded_from === store.chatId && store.chatId !== null);
  if (successor) store.chatId = successor.id;
  const isThere = store.isWithBot || chats.some((chat) => chat.id === store.chatId);
  if (isThere) return;
  const group = chats.find((chat) => chat.kind !== "private") ?? chats[0];
  store.chatId = group?.id ?? null;
}

store.subscribe(() => {
  if (store.me !== seenAs && store.me !== null) {
    seenAs = store.me;
    feed.open(store.me);
  }
  writePlace(store.me, store.chatId, store.thread);
  document.body.dataset.view = store.view;
  document.body.dataset.side = store.panel;
  find("reconnecting").hidden = store.isLinked;
  people.render();
  // Between two people, what is on the page stays until the other's view is there.
  if (store.world !== null && store.world.me.id !== store.me) return;
  calling.follow();
  for (const part of parts) part.render();
});

find("skip").addEventListener("click", (/** @type {Event} */ event) => {
  event.preventDefault(); // what stands after # in the address is the place
  composer.prefill("");
});
document.addEventListener("visibilitychange", () => store.touch());
addEventListener("hashchange", () => takePlace());

/** Be who the address says, where it says; whoever is not known is the first of all. */
function takePlace() {
  const { person, chat, thread } = readPlace();
  store.me = store.personas.find((one) => one.id === person)?.id ?? store.personas[0]?.id ?? null;
  store.chatId = chat;
  if (chat !== null) {
    store.view = "chat";
    store.choose(thread);
  }
  store.touch();
}

async function begin() {
  try {
    store.personas = (await get("people")).people;
    store.voices = (await get("voices")).voices;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    setLinked(false);
    setTimeout(begin, AGAIN);
    return;
  }
  setLinked(true);
  takePlace();
}

begin();
