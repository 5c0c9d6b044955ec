// The ring: takes samples by the room's clock as they come, and plays them as soon as can be without running dry.
//
// How long it waits follows what the network does: as long as the latest packet of the last seconds was late, and
// a little longer. It comes to that by playing a trifle faster or slower, which also takes up the difference
// between the server's clock and the sound card's; it jumps only where something is missing or lies far behind.

const RATE = 48000; // samples a second by the room's clock
const LENGTH = 1 << 17; // samples that the ring holds: 2.7 s
const PACKET = 0.02 * RATE;

const CLOSEST = 0.1 * RATE; // behind the newest sample, on a network without jitter
const FIRST = 0.12 * RATE; // while nothing is known of the network
const FARTHEST = 0.35 * RATE; // networks that are worse than this will be heard to be
const MARGIN = 0.005 * RATE; // more than the latest packet was late,
const CAUTION = 0.2; // and this share of what it was late, for one that is later still
const TOO_FAR = 1 * RATE; // behind that: it jumps,
const FRESH = 0.5 * RATE; // and sooner within the first samples after a tear,
const WIDE = 0.1 * RATE; // when it is that much too far behind
const MEMORY = 8; // seconds for which the earliest and the latest packets are remembered, and up to twice that
const JOINING = 0.1; // seconds in which a joiner is given a little of the past
const LEARNING = 2; // seconds in which FIRST holds

const FASTEST = 0.02; // share by which it may play faster or slower: unheard in speech
const EAGERNESS = 0.25 / RATE; // of it, for each sample that it is away from where it should be
const SMOOTHNESS = 0.01; // how much of a change of rate comes with each block
const FADE = 240; // samples (5 ms) in which sound ends and begins where it is torn
const PAUSE = 0.2; // seconds between two reports

// The extreme of the last MEMORY to 2 * MEMORY seconds.
class Extreme {
  constructor(choose, nothing) {
    this.choose = choose;
    this.nothing = nothing;
    this.clear(0);
  }

  clear(now) {
    this.before = this.now = this.nothing;
    this.turnsAt = now + MEMORY;
  }

  take(value, now) {
    if (now >= this.turnsAt) {
      this.before = this.now;
      this.now = this.nothing;
      this.turnsAt = now + MEMORY;
    }
    this.now = this.choose(this.now, value);
  }

  get value() {
    return this.choose(this.before, this.now);
  }
}

class Ring extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Float32Array(LENGTH);
    this.underruns = 0;
    this.jumps = 0;
    this.tail = 0; // the last sample that was played
    this.reportsAt = 0;
    this.restart(0);
    this.port.onmessage = ({ data }) => this.listenTo(data);
  }

  // To what is decoded; to nothing, once this ring is of no more use.
  listenTo(wire) {
    this.isOver = !wire;
    if (wire) wire.onmessage = ({ data }) => this.write(data);
  }

  // Nothing of what was there belongs to what comes.
  restart(at) {
    this.begin = this.end = this.read = at;
    this.isDry = true;
    this.silent = 0; // samples since the sound was torn
    this.heard = 0; // and since it began
    this.rate = 1;
    this.earliest = new Extreme(Math.min, Infinity);
    this.latest = new Extreme(Math.max, -Infinity);
    this.since = currentTime;
  }

  // Now, counted as the room's clock counts.
  get now() {
    return currentTime * RATE;
  }

  write({ at, samples }) {
    if (this.begin === this.end || Math.abs(at - this.end) > LENGTH / 2) this.restart(at);
    for (; this.end < at; this.end++) this.samples[this.end % LENGTH] = 0; // what is missing is silent
    const known = Math.min(this.end - at, samples.length);
    for (let place = known; place < samples.length; place++) this.samples[this.end++ % LENGTH] = samples[place];
    this.begin = Math.max(this.begin, this.end - LENGTH);
    this.observe();
  }

  // How late this packet is, compared with the earliest ones.
  observe() {
    const offset = this.now - this.end;
    this.earliest.take(offset, currentTime);
    if (!this.isJoining) this.latest.take(offset, currentTime);
  }

  // A joiner is given a little of the past all at once, which says nothing of the network.
  get isJoining() {
    return currentTime - this.since < JOINING;
  }

  // Where the newest sample would be, if every packet came as fast as the earliest.
  get edge() {
    return this.now - this.earliest.value;
  }

  get jitter() {
    return Math.max(0, this.latest.value - this.earliest.value);
  }

  // How far behind the edge to play, in samples.
  get target() {
    const least = currentTime - this.since < LEARNING ? FIRST : CLOSEST;
    return Math.min(FARTHEST, Math.max(least, this.jitter * (1 + CAUTION) + PACKET + MARGIN));
  }

  get behind() {
    return this.edge - this.read;
  }

  get isReady() {
    return !this.isJoining && this.silent >= FADE && this.end - this.begin >= this.target;
  }

  // Behind what is there, as what is not there cannot be played.
  get isTooFar() {
    const most = this.heard < FRESH ? this.target + WIDE : TOO_FAR;
    return this.newest - this.read > most;
  }

  get newest() {
    return Math.min(this.end, this.edge);
  }

  resume() {
    this.read = Math.max(this.begin, this.newest - this.target);
    this.rate = 1;
    this.heard = 0;
    this.isDry = false;
  }

  process(_inputs, [[out]]) {
    if (this.isDry && this.isReady) this.resume();
    if (!this.isDry && this.isTooFar) this.jump();
    this.steer();
    for (let place = 0; place < out.length; place++) out[place] = this.isDry ? this.fadeOut() : this.next();
    this.report();
    return !this.isOver;
  }

  steer() {
    const away = (this.behind - this.target) * EAGERNESS;
    const wanted = 1 + Math.max(-FASTEST, Math.min(FASTEST, away));
    this.rate += (wanted - this.rate) * SMOOTHNESS;
  }

  next() {
    if (this.read + 2 >= this.end) {
      this.underruns += 1;
      this.tear();
      return this.fadeOut();
    }
    const sample = this.between(this.read) * Math.min(1, ++this.heard / FADE);
    this.read += (this.rate * RATE) / sampleRate;
    return (this.tail = sample);
  }

  // The sound between two samples: a cubic through four of them (Catmull and Rom).
  between(at) {
    const whole = Math.floor(at);
    const share = at - whole;
    const [a, b, c, d] = [this.sample(whole - 1), this.sample(whole), this.sample(whole + 1), this.sample(whole + 2)];
    return b + 0.5 * share * (c - a + share * (2 * a - 5 * b + 4 * c - d + share * (3 * (b - c) + d - a)));
  }

  sample(at) {
    return this.samples[(at + LENGTH) % LENGTH];
  }

  fadeOut() {
    return this.tail * Math.max(0, 1 - ++this.silent / FADE);
  }

  jump() {
    this.jumps += 1;
    this.tear();
  }

  // Fades out; what was played is not played again.
  tear() {
    this.isDry = true;
    this.begin = Math.floor(this.read);
    this.silent = 0;
  }

  report() {
    if (currentTime < this.reportsAt) return;
    this.reportsAt = currentTime + PAUSE;
    const { isDry, underruns, jumps, rate } = this;
    const [behind, target, jitter] = [this.behind, this.target, this.jitter].map((samples) => samples / RATE);
    this.port.postMessage({ isDry, underruns, jumps, rate, behind, target, jitter });
  }
}

registerProcessor("ring", Ring);
