// The room's events: how it is now, and again whenever something changes, until it is over.

const OVER = ["ended", "cancelled", "missed"];

export function follow(url, see) {
  const events = new EventSource(url);
  events.addEventListener("room", (event) => {
    const room = JSON.parse(event.data);
    see(room);
    if (OVER.includes(room.state)) events.close();
  });
  // A browser gives up on an answer that is no stream, such as a full gallery's; we do not.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => follow(url, see), 5000 + Math.random() * 5000);
  });
}
