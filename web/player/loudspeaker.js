// The loudspeaker: where all sound of the page goes through, so that it has one volume, one level, one fading out.

const FADING = 8; // seconds in which sound goes before the page falls silent by itself

export class Loudspeaker {
  constructor(audio) {
    this.audio = audio;
    this.volume = 1;
  }

  // Call it from a press: without one, browsers keep sound silent. Where there is no AudioContext, the audio
  // element plays by itself.
  async open() {
    if (!this.context && "AudioContext" in window) this.begin();
    await this.context?.resume().catch(() => {});
  }

  begin() {
    this.context = new AudioContext({ latencyHint: "interactive", sampleRate: 48000 });
    this.context.addEventListener("statechange", () => this.context.state === "interrupted" && this.context.resume());
    this.gain = this.context.createGain();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.gain.connect(this.analyser).connect(this.context.destination);
    this.setVolume(this.volume);
  }

  get isOpen() {
    return this.context?.state === "running";
  }

  // Lets the audio element be heard through here; once it is, there is no way back.
  takeElement() {
    if (!this.isOpen || this.element) return;
    this.element = this.context.createMediaElementSource(this.audio);
    this.element.connect(this.gain);
    this.setVolume(this.volume);
  }

  setVolume(volume) {
    this.volume = volume;
    this.audio.volume = this.element ? 1 : volume;
    this.gain?.gain.setTargetAtTime(volume, this.context.currentTime, 0.02);
  }

  // Resolves when it is quiet.
  async fade() {
    if (!this.isOpen) return;
    const { gain } = this.gain;
    gain.setValueAtTime(gain.value, this.context.currentTime);
    gain.linearRampToValueAtTime(0, this.context.currentTime + FADING);
    await new Promise((resolve) => setTimeout(resolve, FADING * 1000));
  }

  // Undoes a fading, also one under way.
  brighten() {
    this.gain?.gain.cancelScheduledValues(this.context.currentTime);
    this.setVolume(this.volume);
  }

  // Seconds from here to the ear, as far as the browser knows.
  get delay() {
    return (this.context?.baseLatency ?? 0) + (this.context?.outputLatency ?? 0);
  }
}
