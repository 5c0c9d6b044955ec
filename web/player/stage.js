// The stage: who is in the call, who speaks now, who has a hand up.

export function showStage(section, speaking, people, texts) {
  const list = section.querySelector("ul");
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const seen = new Map();
  const items = people.map((person) => {
    const number = seen.get(person.name) ?? 0;
    seen.set(person.name, number + 1);
    const key = `${person.name} ${number}`;
    return dress(known.get(key) ?? make(key), person, texts);
  });
  if (items.length !== list.children.length || items.some((item, place) => item !== list.children[place])) {
    list.replaceChildren(...items);
  }
  section.hidden = people.length === 0;
  showSpeaking(speaking, people);
}

// The names of those who speak, on the stage itself; the list says the same to screen readers.
function showSpeaking(element, people) {
  const names = people.filter((person) => person.is_speaking).map((person) => person.name);
  if (names.length) element.textContent = names.join(", ");
  element.classList.toggle("is-seen", names.length > 0);
}

function make(key) {
  const item = document.createElement("li");
  item.dataset.key = key;
  item.append(
    ...["face", "name", "does"].map((name) => {
      const part = document.createElement("span");
      part.className = name;
      return part;
    }),
  );
  item.querySelector(".face").setAttribute("aria-hidden", "true");
  return item;
}

function dress(item, person, texts) {
  const does = person.is_speaking ? "speaks" : person.has_hand_up ? "hand" : person.is_muted ? "muted" : "open";
  item.className = does;
  write(item.querySelector(".face"), [...person.name.trim()][0]?.toUpperCase() ?? "");
  write(item.querySelector(".name"), person.name);
  write(item.querySelector(".does"), texts[does]);
  return item;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
