// The ear: in the listener's page before anything of its own. Puts the tap beside the loudspeaker, and keeps what
// it tells, by the clock of performance.now(), and how often the sound ran dry.

// `tap` is the tap's own script.
(tap) => {
  const ear = (window.ear = { heard: [], delays: [], torn: 0, waits: 0, get tears() { return this.torn + this.waits; } });
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to === this.context.destination) listen(this);
    return connect.call(this, to, ...more);
  };

  async function listen(source) {
    const { context } = source;
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([tap], { type: "text/javascript" })));
    const node = new AudioWorkletNode(context, "tap", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data: { began, hertz } }) => {
      const { contextTime, performanceTime } = context.getOutputTimestamp(); // what leaves the sound card, and when
      ear.heard.push([performanceTime / 1000 + began - contextTime, hertz]);
      ear.delays.push(context.baseLatency + context.outputLatency);
    };
    connect.call(source, node);
  }

  // The page's ring says how often it ran dry or jumped, an audio element that it waits: at its seam, too, while it
  // repeats the silence that keeps the lock screen.
  const Node = window.AudioWorkletNode;
  window.AudioWorkletNode = class extends Node {
    constructor(context, name, ...more) {
      super(context, name, ...more);
      if (name !== "ring") return;
      this.port.addEventListener("message", ({ data: { underruns, jumps } }) => (ear.torn = underruns + jumps));
    }
  };
  addEventListener("waiting", ({ target }) => (ear.waits += !target.loop), true);
}
