/** The live feed: the world as somebody sees it, again after every change, and again after every break. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/**
 * One feed at a time; opening another closes the one before.
 */
export class Feed {
  /**
   * @param {(world: any) => void} onWorld called with each snapshot
   * @param {(levels: Record<string, Record<string, number>>) => void} onLevels called with how loud people are
   * @param {(isUp: boolean) => void} onLink called when the line comes or goes
   */
  constructor(onWorld, onLevels, onLink) {
    this.onWorld = onWorld;
    this.onLevels = onLevels;
    this.onLink = onLink;
    /** @type {EventSource | null} */
    this.source = null;
    this.pause = FIRST_PAUSE;
    this.timer = 0;
  }

  /**
   * See the world as this person from now on.
   * @param {number} person
   */
  open(person) {
    this.close();
    const source = new EventSource(`/api/events?as=${encodeURIComponent(person)}`);
    this.source = source;
    source.addEventListener("world", (event) => {
      this.pause = FIRST_PAUSE;
      this.onLink(true);
      this.onWorld(JSON.parse(event.data));
    });
    source.addEventListener("levels", (event) => this.onLevels(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      this.onLink(false);
      if (source.readyState === EventSource.CLOSED) this.retry(person);
    });
  }

  /** See nothing more. */
  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  /**
   * The browser itself comes back after a broken connection, but not after a refusal.
   * @param {number} person
   */
  retry(person) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(person), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}
