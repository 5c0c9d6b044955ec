/** Links: which may be followed at all, and which lead to the bot and stay inside the sandbox. */

const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const HOSTS = new Set(["t.me", "telegram.me"]);

/**
 * Read an address as a person wrote it.
 * @param {string} address maybe without a scheme
 * @returns {URL | null} null for what must not be followed, such as javascript:
 */
export function readLink(address) {
  const trimmed = address.trim();
  const whole =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[\w.-]+:\d/.test(trimmed) ? trimmed : `https://${trimmed}`;
  try {
    const url = new URL(whole);
    return SCHEMES.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/**
 * What a link wants here, when it leads to the bot of this world.
 * @param {URL} url
 * @param {string} username the bot's
 * @returns {{payload: string} | null} the payload of a deep link, empty for the plain chat
 */
export function readBotLink(url, username) {
  if (!HOSTS.has(url.hostname) || !username) return null;
  const name = url.pathname.split("/")[1] ?? "";
  if (name.toLowerCase() !== username.toLowerCase()) return null;
  return { payload: url.searchParams.get("start") ?? "" };
}

/**
 * Whether a link leads to a group's voice chat.
 * @param {URL} url
 * @returns {boolean}
 */
export function isVoiceLink(url) {
  return HOSTS.has(url.hostname) && (url.searchParams.has("videochat") || url.searchParams.has("voicechat"));
}
