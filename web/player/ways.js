// The ways to play a room's sound, the closest to the live edge first: the first that this browser has is taken.

import { hasMediaSource, playByMediaSource } from "./mediasource.js";
import { playPlainly } from "./plain.js";
import { hasWebCodecs, playByWebCodecs } from "./webcodecs.js";

// `isThere({ audio, loudspeaker })` may take a moment; `form` is the ending of the stream's address; `play` gets
// all that too, and `url`, `signal` and `tell(news, behind)`: it resolves when the stream ends, and rejects with
// Refused, NotAllowedError, or whatever broke the connection.
const WAYS = [
  { form: "live", isThere: ({ loudspeaker }) => hasWebCodecs(loudspeaker), play: playByWebCodecs },
  { form: "webm", isThere: hasMediaSource, play: playByMediaSource },
  { form: "m3u8", isThere: ({ audio }) => audio.canPlayType("application/vnd.apple.mpegurl"), play: playPlainly },
  { form: "ogg", isThere: ({ audio }) => audio.canPlayType("audio/ogg; codecs=opus"), play: playPlainly },
  { form: "mp3", isThere: () => true, play: playPlainly },
];

export async function chooseWay(means) {
  for (const way of WAYS) if (await way.isThere(means)) return way;
}
