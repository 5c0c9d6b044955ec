// The sleep timer: the sound fades out and stops after as many minutes as were chosen.

export class SleepTimer {
  // `doze` fades out and resolves when it is quiet, `sleep` stops, `wake` undoes a fading.
  constructor(select, { doze, sleep, wake }) {
    this.select = select;
    this.does = { doze, sleep, wake };
    select.addEventListener("change", () => this.set());
  }

  set() {
    clearTimeout(this.waiting);
    this.chosen = {};
    this.does.wake();
    const minutes = Number(this.select.value);
    if (minutes) this.waiting = setTimeout(() => this.end(), minutes * 60000);
  }

  async end() {
    const { chosen } = this;
    await this.does.doze();
    if (chosen !== this.chosen) return; // something else was chosen meanwhile
    this.select.value = "";
    this.does.sleep();
    this.does.wake();
  }
}
