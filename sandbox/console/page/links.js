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
 * @returns {{payload: string, isForGroup: boolean, rights: string[]} | null} the payload of a deep link, empty
 *   for the plain chat; whether it shall be added to a group, and with which rights (core.telegram.org/api/links)
 */
export function readBotLink(url, username) {
  if (!HOSTS.has(url.hostname) || !username) return null;
  const name = url.pathname.split("/")[1] ?? "";
  if (name.toLowerCase() !== username.toLowerCase()) return null;
  const { searchParams } = url;
  const rights = (searchParams.get("admin") ?? "").split(/[ +]/).filter(Boolean);
  return {
    payload: searchParams.get("start") ?? searchParams.get("startgroup") ?? "",
    isForGroup: searchParams.has("startgroup"),
    rights: rights.map((right) => `can_${right}`),
  };
}

/**
 * Which message a link such as t.me/c/1/23 leads to.
 * @param {URL} url
 * @returns {{chat: number, message: number} | null}
 */
export function readMessageLink(url) {
  const found = /^\/c\/(\d{1,12})(?:\/\d{1,12})?\/(\d{1,12})\/?$/.exec(url.pathname);
  if (!HOSTS.has(url.hostname) || found === null) return null;
  return { chat: Number(`-100${found[1].padStart(10, "0")}`), message: Number(found[2]) };
}

/**
 * Which voice chat a link leads to.
 * @param {URL} url
 * @returns {{username: string, invite: string} | null} the public name of its group, which a private one lacks,
 *   and what makes a speaker of whoever comes by the link, if anything does
 */
export function readVoiceLink(url) {
  const invite = url.searchParams.get("videochat") ?? url.searchParams.get("voicechat");
  if (!HOSTS.has(url.hostname) || invite === null) return null;
  const username = /^\/([a-z]\w{3,31})\/?$/i.exec(url.pathname)?.[1] ?? "";
  return { username: username.toLowerCase(), invite };
}
