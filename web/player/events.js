// The room's events: how it is now, and again whenever something changes, until it is over.

const OVER = ["ended", "cancelled", "missed"];

// `listeners` are called with what else is told, by its name. Gives a function that ends it.
export function follow(url, see, listeners = {}) {
  let events;
  let again;
  const open = () => {
    events = new EventSource(url);
    events.addEventListener("room", (event) => {
      const room = JSON.parse(event.data);
      see(room);
      if (OVER.includes(room.state)) events.close();
    });
    for (const [name, hear] of Object.entries(listeners)) {
      events.addEventListener(name, (event) => hear(JSON.parse(event.data)));
    }
    events.addEventListener("closed", () => location.reload()); // the link is dead, and the page there says so
    // A browser gives up on an answer that is no stream, such as a full gallery's; we do not.
    events.addEventListener("error", () => {
      if (events.readyState !== EventSource.CLOSED) return;
      again = setTimeout(open, 5000 + Math.random() * 5000);
      leaveIfGone(url);
    });
  };
  open();
  return () => (clearTimeout(again), events.close());
}

// A gallery that was closed meanwhile, or a talk that was forgotten, has another page now.
async function leaveIfGone(url) {
  const answer = await fetch(url, { method: "HEAD", cache: "no-store", credentials: "omit" }).catch(() => null);
  if (answer && [404, 410].includes(answer.status)) location.reload();
}
