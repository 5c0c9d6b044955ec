// The entrance: where the room is heard. By the link if it is open, else from a place that a ticket opens.

import { Refused } from "./connection.js";

export class Entrance {
  // `tell(place)`: the address of the place that was got, or null when it is lost.
  constructor(page, ticket, tell) {
    this.page = page;
    this.ticket = ticket;
    this.tell = tell;
    this.place = null;
  }

  get isOpen() {
    return this.page.room.admission === "open";
  }

  // The address of the sound, without its ending. Rejects with Refused.
  async address() {
    if (this.isOpen) return this.page.stream;
    if (this.place === null) {
      this.place = await this.ticket.show().catch((error) => {
        throw error.status ? new Refused(error.status) : error;
      });
      this.tell(this.place);
    }
    return `${this.place}/stream`;
  }

  // The place is somebody else's, or nobody's, any more.
  leave() {
    if (this.place !== null) this.tell(null);
    this.place = null;
  }
}
