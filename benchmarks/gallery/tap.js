// The tap: hears what leaves the page for the loudspeaker, and tells when each tone began and how high it was.

const LOUD = 0.1;
const OVER = 0.012; // seconds of silence after which a tone is over
const COUNTED = 960; // samples of a tone in which its waves are counted

class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.began = null; // by the context's clock
    this.before = 0;
  }

  process([[sound]]) {
    sound?.forEach((sample, place) => this.hear(sample, currentTime + place / sampleRate));
    return true;
  }

  hear(sample, now) {
    const isLoud = Math.abs(sample) > LOUD;
    if (isLoud && this.began === null) Object.assign(this, { began: now, samples: 0, turns: 0 });
    if (isLoud) this.loudAt = now;
    const isTurn = this.before < 0 !== sample < 0;
    this.before = sample;
    if (this.began === null) return;
    if (this.samples++ < COUNTED) this.turns += isTurn;
    if (now - this.loudAt > OVER) this.tell();
  }

  tell() {
    this.port.postMessage({ began: this.began, hertz: (this.turns / 2 / COUNTED) * sampleRate });
    this.began = null;
  }
}

registerProcessor("tap", Tap);
