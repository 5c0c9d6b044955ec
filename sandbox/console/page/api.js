/** The console's JSON API: questions and deeds, with failures as sentences. */

/** Something did not work; the message is a sentence for the person at the page. */
export class Trouble extends Error {}

/**
 * Ask for something.
 * @param {string} path below `/api/`
 * @returns {Promise<any>}
 * @throws {Trouble}
 */
export async function get(path) {
  return answered(fetch(`/api/${path}`));
}

/**
 * Do something.
 * @param {string} path below `/api/`
 * @param {Record<string, unknown>} body what stands as undefined is left out
 * @returns {Promise<any>}
 * @throws {Trouble}
 */
export async function post(path, body) {
  return answered(
    fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

/**
 * Do something that needs a file.
 * @param {string} path below `/api/`
 * @param {Record<string, string | number | Blob | null | undefined>} fields null and undefined are left out
 * @returns {Promise<any>}
 * @throws {Trouble}
 */
export async function postForm(path, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== null && value !== undefined) form.append(name, String(value));
  }
  return answered(fetch(`/api/${path}`, { method: "POST", body: form }));
}

/**
 * Do something while the page goes away; nobody waits for the answer.
 * @param {string} path below `/api/`
 * @param {Record<string, unknown>} body
 */
export function postParting(path, body) {
  navigator.sendBeacon(`/api/${path}`, new Blob([JSON.stringify(body)], { type: "application/json" }));
}

/** @param {Promise<Response>} asking */
async function answered(asking) {
  let response;
  try {
    response = await asking;
  } catch {
    throw new Trouble("The sandbox does not answer. Is it still running?");
  }
  const content = await response.json().catch(() => ({}));
  if (!response.ok) throw new Trouble(content.error ?? `The sandbox answered ${response.status}.`);
  return content;
}
