/** The microphone: asked for when it is needed, with a sentence for each way in which there may be none. */

/** There is no microphone to be had; the message is a sentence for the person at the page. */
export class NoMicrophone extends Error {}

/** @type {Record<string, string>} */
const REASONS = {
  NotAllowedError:
    "The browser was not allowed to use the microphone. You can allow it beside the page's address.",
  SecurityError:
    "The browser was not allowed to use the microphone. You can allow it beside the page's address.",
  NotFoundError: "This computer has no microphone that the browser can see.",
  NotReadableError: "The microphone is there, but another program holds it.",
};

/**
 * Ask for the microphone.
 * @returns {Promise<MediaStreamTrack>}
 * @throws {NoMicrophone}
 */
export async function openMicrophone() {
  if (!navigator.mediaDevices) {
    throw new NoMicrophone(
      "Browsers give the microphone only to pages on this computer or on https addresses.",
    );
  }
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    return stream.getAudioTracks()[0];
  } catch (error) {
    const { name } = /** @type {DOMException} */ (error);
    throw new NoMicrophone(REASONS[name] ?? "The microphone could not be opened.");
  }
}
