// Steering: keeps playback near the live edge, gently by its rate, by a jump only when it is far behind.

const CLOSEST = 0.3; // seconds behind the newest sound, when all goes well
const FARTHEST = 1.0; // how far back it is moved, after underruns
const STEP = 0.1;
const TOO_FAR = 1.5; // seconds behind at which it jumps
const CALM = 30000; // milliseconds without an underrun that earn a step closer
const PATIENCE = 500; // milliseconds of silence before it is spoken of

export class Steering {
  constructor(audio, tell, signal) {
    this.audio = audio;
    this.tell = tell;
    this.target = CLOSEST;
    this.calmSince = performance.now();
    this.hasBegun = false;
    audio.playbackRate = 1;
    audio.addEventListener("waiting", () => this.ranDry(), { signal });
    audio.addEventListener("playing", () => clearTimeout(this.complaint), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.complaint), { once: true });
  }

  // Called after every piece of sound that came.
  follow(buffered) {
    if (!buffered.length || this.audio.seeking) return;
    const edge = buffered.end(buffered.length - 1);
    const start = buffered.start(buffered.length - 1);
    const behind = edge - this.audio.currentTime;
    if (this.audio.currentTime < start || behind > TOO_FAR) {
      this.audio.currentTime = Math.max(start, edge - this.target);
    } else {
      this.audio.playbackRate = rateFor(behind, this.target);
    }
    this.comeCloser();
    if (this.audio.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && !this.audio.paused) {
      this.hasBegun = true;
      this.tell("playing", edge - this.audio.currentTime);
    }
  }

  ranDry() {
    if (!this.hasBegun) return;
    this.target = Math.min(this.target + STEP, FARTHEST);
    this.calmSince = performance.now();
    clearTimeout(this.complaint);
    this.complaint = setTimeout(() => this.tell("waiting"), PATIENCE);
  }

  comeCloser() {
    if (performance.now() - this.calmSince < CALM) return;
    this.calmSince = performance.now();
    this.target = Math.max(this.target - STEP, CLOSEST);
  }
}

// A difference of rate that no ear notices in speech, in proportion to the distance.
export function rateFor(behind, target) {
  const off = behind - target;
  if (Math.abs(off) < 0.06) return 1;
  return 1 + Math.max(-0.04, Math.min(0.08, off * 0.2));
}
