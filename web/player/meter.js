// The level meter: footlights that burn from the middle outwards, as loud as the room is.

const FLOOR = -55; // decibels of full scale at which the first lamp begins to glow
const CEILING = -12; // and at which all of them burn
const FALL = 0.9; // how much of the light stays from one picture to the next
const CALM = 1000; // milliseconds between two pictures for those who asked for less motion

export class Meter {
  constructor(loudspeaker, lights) {
    this.loudspeaker = loudspeaker;
    this.lights = lights;
    this.level = 0;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    const middle = (lights.children.length - 1) / 2;
    [...lights.children].forEach((lamp, number) => {
      lamp.style.setProperty("--at", Math.abs(number - middle) / (middle + 1));
    });
  }

  // Once the loudspeaker is open.
  start() {
    const { analyser } = this.loudspeaker;
    if (!analyser || this.samples) return;
    this.samples = new Float32Array(analyser.fftSize);
    this.draw();
  }

  draw() {
    this.loudspeaker.analyser.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length;
    const decibels = 10 * Math.log10(power + 1e-12);
    const now = Math.max(0, Math.min(1, (decibels - FLOOR) / (CEILING - FLOOR)));
    this.level = Math.max(now, this.level * FALL);
    const shown = this.level.toFixed(3);
    if (shown !== this.shown) this.lights.style.setProperty("--level", (this.shown = shown));
    if (this.calm.matches) setTimeout(() => this.draw(), CALM);
    else requestAnimationFrame(() => this.draw());
  }
}
