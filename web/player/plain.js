// One connection played by the audio element alone: some seconds behind, but wherever there is sound at all.

const SILENCE = 20000;

// Resolves when the stream ends or fails; rejects with NotAllowedError.
export function playPlainly({ audio, loudspeaker, url, signal, tell }) {
  loudspeaker.takeElement();
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    let dying;
    const end = (settle, value) => {
      clearTimeout(dying);
      listening.abort();
      settle(value);
    };
    const on = (name, does) => audio.addEventListener(name, does, { signal: listening.signal });
    const alive = () => {
      clearTimeout(dying);
      dying = setTimeout(() => end(resolve), SILENCE);
    };
    on("playing", () => tell("playing"));
    on("waiting", () => tell("waiting"));
    on("timeupdate", alive);
    on("ended", () => end(resolve));
    on("error", () => end(resolve));
    signal.addEventListener("abort", () => end(resolve), { signal: listening.signal });
    alive();
    audio.src = url;
    audio.play().catch((error) => error.name === "NotAllowedError" && end(reject, error));
  });
}
