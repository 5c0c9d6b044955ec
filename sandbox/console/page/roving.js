/** One tab stop for a long list: arrows move through the messages, Tab goes on into the one that has the focus. */

/**
 * Let arrow keys move the focus through the messages of a list.
 * @param {HTMLElement} list whose items carry `data-message`
 */
export function rove(list) {
  list.tabIndex = 0;
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const target = /** @type {HTMLElement} */ (event.target);
    const isOnItem = target === list || target.parentElement === list;
    if (step === undefined || !isOnItem) return;
    const items = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > [data-message]")]);
    const at = items.indexOf(target);
    const next = at < 0 ? items[items.length - 1] : items[at + step];
    if (next === undefined) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus();
  });
  list.addEventListener("click", (event) => {
    const item = /** @type {HTMLElement} */ (event.target).closest("[data-message]");
    for (const one of list.querySelectorAll(".is-chosen")) {
      if (one !== item) one.classList.remove("is-chosen");
    }
    if (!(/** @type {HTMLElement} */ (event.target).closest("button, a, audio")))
      item?.classList.toggle("is-chosen");
  });
}
