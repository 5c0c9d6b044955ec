// The level meter: footlights that burn from the middle outwards, as loud as the room is.

const FLOOR = -55; // decibels of full scale at which the first lamp begins to glow
const CEILING = -12; // and at which all of them burn
const FALL = 0.9; // how much of the light stays from one picture to the next
const CALM = 1000; // milliseconds between two pictures for those who asked for less motion

export class Meter {
  constructor(audio, lights) {
    this.audio = audio;
    this.lights = lights;
    this.level = 0;
    const middle = (lights.children.length - 1) / 2;
    [...lights.children].forEach((lamp, number) => {
      lamp.style.setProperty("--at", Math.abs(number - middle) / (middle + 1));
    });
  }

  // Call it from a press: without one, browsers keep sound that passes through here silent.
  async start() {
    if (this.context || !("AudioContext" in window)) return;
    this.context = new AudioContext({ latencyHint: "interactive" });
    await this.context.resume();
    if (this.context.state !== "running") return;
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaElementSource(this.audio).connect(this.analyser).connect(this.context.destination);
    this.context.addEventListener("statechange", () => this.context.resume());
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.draw();
  }

  draw() {
    this.analyser.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length;
    const decibels = 10 * Math.log10(power + 1e-12);
    const now = Math.max(0, Math.min(1, (decibels - FLOOR) / (CEILING - FLOOR)));
    this.level = Math.max(now, this.level * FALL);
    this.lights.style.setProperty("--level", this.level.toFixed(3));
    if (this.calm.matches) setTimeout(() => this.draw(), CALM);
    else requestAnimationFrame(() => this.draw());
  }
}
