// The ticket desk: the page that Telegram opens, which says who opened it in the part of the address after "#".

import { encode } from "./qr.js";
import { fingerprint, Refused, Ticket } from "./tickets.js";

const page = JSON.parse(document.getElementById("page").textContent);
const find = (id) => document.getElementById(id);

const ticket = new Ticket(page.key, page.name);
const proof = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");

async function take() {
  show("taking", page.texts.taking);
  try {
    await ticket.take(page.signer, proof);
    show("has", page.texts.has);
  } catch (error) {
    if (error instanceof Refused) show("refused", error.message);
    else show("failed", error instanceof TypeError ? page.texts.lost : page.texts.unfit);
  }
}

function show(state, text) {
  find("desk").dataset.state = state;
  find("status").textContent = text;
  find("take").hidden = !["idle", "failed", "refused"].includes(state);
  find("listen").hidden = find("move").hidden = state !== "has";
  if (state === "has" && window.top !== window) leaveFrame(find("listen"));
}

// In a frame of another site this browser keeps the ticket apart; in a window of ours it gets it by the link.
function leaveFrame(link) {
  link.href = ticket.link;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function move() {
  find("move").setAttribute("aria-expanded", "true");
  find("elsewhere").hidden = false;
  draw(find("qr"), encode(ticket.link, { ecc: "L", border: 4 }));
  find("elsewhere").scrollIntoView({ block: "nearest" });
}

function draw(svg, { data, size }) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.replaceChildren(path);
}

async function copy() {
  await navigator.clipboard.writeText(ticket.link);
  find("status").textContent = page.texts.copied;
}

find("take").addEventListener("click", take);
find("move").addEventListener("click", move);
find("copy").addEventListener("click", copy);
if (!("subtle" in (globalThis.crypto ?? {}))) show("old", page.texts.old);
else {
  fingerprint(page.signer).then((text) => (find("fingerprint").textContent = text));
  if (ticket.text) show("has", page.texts.has);
  else if (proof) show("idle", "");
  else show("unvouched", page.texts.unvouched);
}
