// Lock screens, headphones and media keys: what they show of the talk, and what their buttons do.

const SIZE = "1280x720";

export class LockScreen {
  constructor(cover) {
    this.session = navigator.mediaSession;
    this.artwork = [{ src: cover, sizes: SIZE, type: "image/jpeg" }];
  }

  // What each button does; those that are not named do nothing.
  answer(does) {
    for (const [name, act] of Object.entries(does)) {
      try {
        this.session?.setActionHandler(name, act);
      } catch {
        // this browser knows no such button
      }
    }
  }

  show({ title, host, group }) {
    if (!this.session || !("MediaMetadata" in window)) return;
    const { artwork } = this;
    this.session.metadata = new MediaMetadata({ title, artist: host, album: group ?? "", artwork });
  }

  // "playing", "paused", or "none".
  set state(state) {
    if (this.session) this.session.playbackState = state;
  }

  // In seconds; only of what has an end.
  place(duration, position, playbackRate) {
    this.session?.setPositionState?.({ duration, position: Math.min(position, duration), playbackRate });
  }
}
