// Silence in the audio element, while sound is made elsewhere: phones give their lock screens only to elements
// that play, and let only pages play on in the pocket that have one.

const RATE = 8000;
const SECONDS = 10; // shorter sound is taken for a mere beep

let address;

export function silence(audio) {
  address ??= URL.createObjectURL(new Blob([wave()], { type: "audio/wav" }));
  audio.loop = true;
  audio.src = address;
  audio.play().catch(() => {}); // the sound itself does not depend on it
}

// A RIFF file of eight bits a sample, all of them in the middle.
function wave() {
  const length = RATE * SECONDS;
  const file = new DataView(new ArrayBuffer(44 + length));
  const write = (at, text) => [...text].forEach((letter, place) => file.setUint8(at + place, letter.charCodeAt(0)));
  write(0, "RIFF");
  file.setUint32(4, 36 + length, true);
  write(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // channels
  file.setUint32(24, RATE, true);
  file.setUint32(28, RATE, true);
  file.setUint16(32, 1, true);
  file.setUint16(34, 8, true);
  write(36, "data");
  file.setUint32(40, length, true);
  new Uint8Array(file.buffer, 44).fill(128);
  return file;
}
