/** The page's icons: strokes on a 24 by 24 grid, drawn for it. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5 16-3-6-8-2zM12 14l8-10",
  reply: "M10 7L4 12l6 5M4 12h9a6 6 0 0 1 6 6",
  react: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8.5 14a4 4 0 0 0 7 0M9 9.5v.5M15 9.5v.5",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  down: "M6 10l6 6 6-6",
  microphone: "M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  muted:
    "M5 4l14 16M9 9v2a3 3 0 0 0 4.5 2.6M15 11V7a3 3 0 0 0-5.6-1.5M6 11a6 6 0 0 0 9.5 4.9M18 11a6 6 0 0 1-.5 2.4M12 17v3",
  hand: "M8 13V6.5a1.5 1.5 0 0 1 3 0V11V5a1.5 1.5 0 0 1 3 0v6V6.5a1.5 1.5 0 0 1 3 0V14a6 6 0 0 1-6 6c-3 0-4-1.5-5.5-4l-1.5-3a1.4 1.4 0 0 1 2.4-1.4z",
  leave: "M4 14c5-5 11-5 16 0l-2 3-4-1.5v-2.5a9 9 0 0 0-4 0v2.5l-4 1.5z",
  phone: "M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z",
  people:
    "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M3 19a6 6 0 0 1 12 0M16 5.5a3 3 0 0 1 0 6M17 14a5 5 0 0 1 4 5",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  person: "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M5 20a7 7 0 0 1 14 0",
  more: "M5.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M17.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  channel: "M4 10v4h3l9 5V5l-9 5zM19 9.5a4 4 0 0 1 0 5M7 14l1.5 6h2L9 15",
  topics: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  add: "M12 5v14M5 12h14",
  open: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
  speak: "M4 9v6h4l5 4V5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  bell: "M12 4a5 5 0 0 0-5 5v4l-2 3h14l-2-3V9a5 5 0 0 0-5-5zM10 19a2 2 0 0 0 4 0",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v5M15 3v5",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  spark: "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z",
  relay:
    "M12 11a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M8.5 16a5 5 0 0 1 0-7M15.5 9a5 5 0 0 1 0 7M5.5 19a9.5 9.5 0 0 1 0-13M18.5 6a9.5 9.5 0 0 1 0 13",
};

/**
 * Draw an icon; it says nothing to a screen reader, the control around it has the words.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
