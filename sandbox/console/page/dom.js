/**
 * Elements made and kept: no markup is ever parsed from text, and what has not changed is left alone,
 * so that a snapshot of the world never steals the focus or a selection.
 */

const shown = new WeakMap();
const keptIn = new WeakMap();

const FOCUSABLE = "a[href], button, input, textarea, select, summary, audio";

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] attributes, and listeners under names such as `onclick`;
 *   null, undefined and false leave one out, true sets an empty one
 * @param {...(Node | string | null | undefined | false)} children strings become text, never markup
 * @returns {HTMLElement}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/**
 * Find an element that the page is known to have.
 * @param {string} id
 * @returns {any}
 */
export function find(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

/**
 * Fill an element anew, only if what it shows has changed; the focus stays where it was inside it.
 * @param {Element} container
 * @param {unknown} data everything that the content is made from, as JSON can hold it
 * @param {() => (Node | string | null)[]} build
 */
export function fill(container, data, build) {
  const signature = JSON.stringify(data);
  if (shown.get(container) === signature) return;
  shown.set(container, signature);
  const focused = [...container.querySelectorAll(FOCUSABLE)].indexOf(
    /** @type {Element} */ (document.activeElement),
  );
  container.replaceChildren(...build().filter((one) => one !== null));
  if (focused >= 0) {
    const places = /** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll(FOCUSABLE));
    places[Math.min(focused, places.length - 1)]?.focus();
  }
}

/**
 * Make the children of an element stand for items, in order; those that stay are the same nodes as before.
 * @template Item
 * @param {Element} container
 * @param {Item[]} items
 * @param {{key: (item: Item) => string, create: (item: Item) => HTMLElement,
 *   update: (element: HTMLElement, item: Item) => void}} ways
 */
export function reconcile(container, items, { key, create, update }) {
  const kept = keptIn.get(container) ?? new Map();
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const next = new Map();
  for (const item of items) {
    const name = key(item);
    const element = kept.get(name) ?? create(item);
    update(element, item);
    next.set(name, element);
  }
  for (const [name, element] of kept) {
    if (!next.has(name)) element.remove();
  }
  let place = container.firstElementChild;
  for (const element of next.values()) {
    if (element === place) place = element.nextElementSibling;
    else container.insertBefore(element, place);
  }
  keptIn.set(container, next);
  if (focused !== document.activeElement && container.contains(focused)) focused?.focus();
}

/**
 * Set an attribute only if it is another one now.
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value null takes it away
 */
export function assign(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
