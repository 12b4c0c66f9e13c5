// The webhook server's App API, called as any app's client would call it: one app user, the public app token.

const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 60_000;

/** The server did not answer at all. */
export class ServerAway extends Error {}

/** The server answered with an error; `status` is its HTTP status. */
export class Refused extends Error {
  constructor(status, code, description) {
    super(description || code || `HTTP ${status}`);
    this.status = status;
    this.code = code;
  }
}

/** `settings` is {server_url, app_id, app_token}. */
export function appClient(settings) {
  const base = `${settings.server_url.replace(/\/+$/, "")}/v1/apps/${encodeURIComponent(settings.app_id)}`;
  const ofUser = (userId) => `${base}/appusers/${encodeURIComponent(userId)}`;
  const call = (method, url, body, key) => request(settings.app_token, method, url, body, key);
  const createOrFind = (profile) =>
    call("POST", `${base}/appusers`, profile).catch((error) => {
      if (error.status !== 409 && error.status !== 403) throw error;
      return call("GET", ofUser(profile.userId)).catch((missing) => {
        throw missing.status === 404 ? error : missing;
      });
    });
  return {
    /** Introduces the user to the server, or finds the one that is there; answers {appUser}. */
    async introduce(profile) {
      const device = { id: deviceId(), platform: "other" };
      try {
        return await call("POST", `${base}/init`, { device, ...profile });
      } catch (error) {
        if (error.status !== 404 && error.status !== 405) throw error;
      }
      return createOrFind(profile); // a server without /init
    },
    /** Whether the server answers at all. */
    async knock() {
      try {
        await fetch(`${settings.server_url}/healthz`, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      } catch (error) {
        throw new ServerAway(error.message);
      }
    },
    getUser: (userId) => call("GET", ofUser(userId)),
    updateUser: (userId, profile) => call("PUT", ofUser(userId), profile),
    sendMessage: (userId, text, key) => call("POST", `${ofUser(userId)}/messages`, { role: "appUser", text }, key),
    /** An image is a message at once; any other file is stored first, and the message says where. */
    async sendFile(userId, file, key) {
      const form = new FormData();
      form.append("source", file, file.name);
      form.append("role", "appUser");
      if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return call("POST", `${ofUser(userId)}/images`, form, key);
      const { mediaUrl, mediaType } = await call("POST", `${base}/attachments?access=public`, form, `${key}-file`);
      const message = { role: "appUser", type: "file", mediaUrl, mediaType };
      return call("POST", `${ofUser(userId)}/messages`, message, key);
    },
    /** Messages after the float `after` (exclusive), or the latest page: {messages, previous?, next?, …}. */
    readMessages: (userId, after) =>
      call("GET", `${ofUser(userId)}/messages${after === null ? "" : `?after=${after}`}`),
    markRead: (userId) => call("POST", `${ofUser(userId)}/conversation/read`),
    /** `type` is "typing:start" or "typing:stop". */
    tellTyping: (userId, type) => call("POST", `${ofUser(userId)}/conversation/activity`, { role: "appUser", type }),
    /** The body of the user's stream, from after the event `lastEventId` (or from now) until `signal` aborts it. */
    openStream: (userId, lastEventId, signal) =>
      openStream(settings.app_token, `${ofUser(userId)}/stream`, lastEventId, signal),
  };
}

async function request(token, method, url, body, key) {
  const headers = { "app-token": token };
  const form = body instanceof FormData;
  if (body && !form) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body && !form ? JSON.stringify(body) : body,
      cache: "no-store",
      signal: AbortSignal.timeout(form ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
    });
  } catch (error) {
    throw new ServerAway(error.message);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error?.code, answer.error?.description);
  return answer;
}

// EventSource sends no header, so it could not show the token.
async function openStream(token, url, lastEventId, signal) {
  const headers = { "app-token": token, Accept: "text/event-stream" };
  if (lastEventId) headers["Last-Event-ID"] = lastEventId;
  const response = await fetch(url, { headers, cache: "no-store", signal });
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream");
  if (response.ok && isStream) return response.body;
  await response.body?.cancel();
  throw new Refused(response.status);
}

function deviceId() {
  const known = localStorage.getItem("sandbox.app.device");
  if (known) return known;
  const made = crypto.randomUUID().replaceAll("-", "");
  localStorage.setItem("sandbox.app.device", made);
  return made;
}
