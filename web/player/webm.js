// WebM, as much of it as the house's own streams need: clusters of known size with simple blocks of Opus.

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const BLOCK = 0xa3;
const ENTERED = new Set([SEGMENT, CLUSTER]); // what is looked into; everything else is passed over
const LONGEST = 1 << 20; // bytes; no element of ours comes near it

export class Unreadable extends Error {}

export class Demuxer {
  constructor() {
    this.rest = new Uint8Array(0);
    this.cluster = 0;
  }

  // Takes the next bytes of the stream, cut anywhere; gives the packets that are whole by now, each with the
  // millisecond of the room's clock at which it begins.
  push(bytes) {
    const data = joined(this.rest, bytes);
    const packets = [];
    let at = 0;
    for (;;) {
      const head = readHead(data, at);
      if (!head) break;
      if (ENTERED.has(head.id)) {
        at = head.body;
        continue;
      }
      if (!(head.length <= LONGEST)) throw new Unreadable();
      if (head.body + head.length > data.length) break;
      this.read(head, data.subarray(head.body, head.body + head.length), packets);
      at = head.body + head.length;
    }
    this.rest = data.slice(at);
    return packets;
  }

  read({ id }, body, packets) {
    if (id === TIMESTAMP) this.cluster = bigEndian(body, 0, body.length);
    if (id !== BLOCK) return;
    const after = new DataView(body.buffer, body.byteOffset).getInt16(1); // after the track's number, of one byte
    packets.push({ at: this.cluster + after, opus: body.slice(4) });
  }
}

// An element's id, its length, and where its body begins; nothing if not all of that is there yet.
function readHead(data, at) {
  const idWidth = width(data, at, 4);
  if (!idWidth || at + idWidth >= data.length) return null;
  const lengthAt = at + idWidth;
  const lengthWidth = width(data, lengthAt, 8);
  if (!lengthWidth || lengthAt + lengthWidth > data.length) return null;
  const marked = bigEndian(data, lengthAt, lengthWidth);
  return { id: bigEndian(data, at, idWidth), length: marked - 2 ** (7 * lengthWidth), body: lengthAt + lengthWidth };
}

// How many bytes a number takes, told by the zeros it begins with (RFC 8794, section 4).
function width(data, at, most) {
  if (at >= data.length) return 0;
  const bytes = Math.clz32(data[at]) - 23;
  if (bytes > most) throw new Unreadable();
  return bytes;
}

function bigEndian(data, at, length) {
  let value = 0;
  for (let place = at; place < at + length; place++) value = value * 256 + data[place];
  return value;
}

function joined(first, second) {
  if (!first.length) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
