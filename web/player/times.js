// Local times: beside each time of the group's zone, the reader's own, where they differ.

const STYLE = { weekday: "short", hour: "2-digit", minute: "2-digit" };

for (const element of document.querySelectorAll("time[data-zone]")) {
  const instant = new Date(element.dateTime);
  const language = document.documentElement.lang;
  const here = new Intl.DateTimeFormat(language, { ...STYLE, hourCycle: "h23" }).format(instant);
  const there = new Intl.DateTimeFormat(language, { ...STYLE, hourCycle: "h23", timeZone: zoneOf(element) }).format(instant);
  if (here !== there) {
    const note = document.createElement("span");
    note.className = "local";
    note.textContent = element.dataset.local.replace("{time}", here);
    element.closest(".time").append(note);
  }
}

function zoneOf(element) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: element.dataset.zone });
    return element.dataset.zone;
  } catch {
    return "UTC";
  }
}
