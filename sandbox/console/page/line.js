/** A line: one person's WebRTC connection to one call (RFC 8829): a microphone out, eight voices in. */

import { post, postParting } from "./api.js";

const VOICES = 8;

/** Joins once, then tells of its state until it is closed; a closed one is not used again. */
export class Line {
  /**
   * @param {number} person who joins
   * @param {number} chat whose call
   * @param {() => void} onChange the state is another now
   */
  constructor(person, chat, onChange) {
    this.person = person;
    this.chat = chat;
    this.onChange = onChange;
    /** @type {"connecting" | "connected" | "broken" | "closed"} */
    this.state = "connecting";
    this.isSeen = false;
    /** @type {MediaStreamTrack | null} */
    this.microphone = null;
    /** @type {HTMLAudioElement[]} */
    this.players = [];
    this.connection = new RTCPeerConnection();
    this.connection.addEventListener("track", ({ track }) => this.play(track));
    this.connection.addEventListener("connectionstatechange", () => this.look());
    // The line for the microphone is there without one too, so that one can be put in later.
    this.sender = this.connection.addTransceiver("audio", { direction: "sendonly" }).sender;
    for (let voice = 0; voice < VOICES; voice += 1) {
      this.connection.addTransceiver("audio", { direction: "recvonly" });
    }
  }

  /**
   * Call. The server's candidate comes with its answer and it waits for our checks (ICE lite), so nobody
   * waits for candidates here.
   * @param {string} [invite] what the link ended in by which one comes
   * @throws {import("./api.js").Trouble}
   */
  async join(invite) {
    await this.connection.setLocalDescription();
    const sdp = this.connection.localDescription?.sdp;
    const answer = await post("call/join", { as: this.person, chat: this.chat, sdp, invite });
    if (this.state !== "closed")
      await this.connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
  }

  /**
   * Speak through this microphone from now on.
   * @param {MediaStreamTrack} track
   */
  async take(track) {
    this.microphone = track;
    track.enabled = false;
    await this.sender.replaceTrack(track);
    this.onChange();
  }

  /** @param {boolean} isLive whether the microphone's sound leaves this page */
  open(isLive) {
    if (this.microphone !== null && this.microphone.enabled !== isLive) this.microphone.enabled = isLive;
  }

  /** @param {boolean} isAudible whether what comes in is heard here */
  listen(isAudible) {
    for (const player of this.players) player.muted = !isAudible;
  }

  /** Hang up, here only: the call knows already or is told by `leave`. */
  close() {
    if (this.state === "closed") return;
    this.state = "closed";
    this.microphone?.stop();
    this.connection.close();
    for (const player of this.players) player.srcObject = null;
    this.onChange();
  }

  /** The page goes away: tell the call, without waiting. */
  part() {
    if (this.state !== "closed") postParting("call/leave", { as: this.person, chat: this.chat });
    this.close();
  }

  /** @param {MediaStreamTrack} track */
  play(track) {
    const player = new Audio();
    player.autoplay = true;
    player.srcObject = new MediaStream([track]);
    this.players.push(player);
    this.onChange();
  }

  look() {
    if (this.state === "closed") return;
    const { connectionState } = this.connection;
    if (connectionState === "connected") this.state = "connected";
    else if (connectionState === "failed") this.state = "broken";
    this.onChange();
  }
}
