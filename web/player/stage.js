// The stage: who is in the call, who speaks now, who has a hand up.

export function showStage(section, people, texts) {
  const list = section.querySelector("ul");
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const seen = new Map();
  const items = people.map((person) => {
    const number = seen.get(person.name) ?? 0;
    seen.set(person.name, number + 1);
    const key = `${person.name} ${number}`;
    return dress(known.get(key) ?? make(key), person, texts);
  });
  list.replaceChildren(...items);
  section.hidden = people.length === 0;
}

function make(key) {
  const item = document.createElement("li");
  item.dataset.key = key;
  item.append(...["name", "does"].map((name) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  }));
  return item;
}

function dress(item, person, texts) {
  const does = person.is_speaking ? "speaks" : person.has_hand_up ? "hand" : person.is_muted ? "muted" : "open";
  item.className = does;
  item.querySelector(".name").textContent = person.name;
  item.querySelector(".does").textContent = texts[does];
  return item;
}
