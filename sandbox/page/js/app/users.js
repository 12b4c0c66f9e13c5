// The app users this browser plays, and what each has written that the server does not have yet.

const KEY = "sandbox.app.users";

/** [{userId, givenName?, surname?, email?, properties?, unsent: [{id, text, at, state}]}] */
export function knownUsers() {
  return read().users;
}

export function currentUser() {
  const { users, current } = read();
  return users.find((user) => user.userId === current) ?? users[0] ?? null;
}

export function chooseUser(userId) {
  write({ ...read(), current: userId });
}

/** Adds or changes a user and makes it the current one. */
export function keepUser(profile) {
  const { users } = read();
  const known = users.find((user) => user.userId === profile.userId);
  const kept = { unsent: [], ...known, ...profile };
  write({
    users: known ? users.map((user) => (user === known ? kept : user)) : [...users, kept],
    current: kept.userId,
  });
}

export function forgetUser(userId) {
  const { users, current } = read();
  write({ users: users.filter((user) => user.userId !== userId), current: current === userId ? null : current });
}

export function changeUnsent(userId, change) {
  const { users, current } = read();
  write({
    users: users.map((user) => (user.userId === userId ? { ...user, unsent: change(user.unsent ?? []) } : user)),
    current,
  });
}

export function displayName(user) {
  return [user.givenName, user.surname].filter(Boolean).join(" ") || user.userId;
}

/** Properties as people type them: a JSON object, or one key=value a line. Throws where it is neither. */
export function parseProperties(text) {
  const trimmed = text.trim();
  if (!trimmed) return {};
  if (trimmed.startsWith("{")) return JSON.parse(trimmed);
  return Object.fromEntries(
    trimmed
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => {
        const at = line.indexOf("=");
        if (at < 1) throw new SyntaxError(line);
        return [line.slice(0, at).trim(), value(line.slice(at + 1).trim())];
      }),
  );
}

export function formatProperties(properties = {}) {
  const plain = Object.entries(properties).every(
    ([key, one]) => !/[=\n]/.test(key) && !key.startsWith("{") && !/\n/.test(String(one)) && value(String(one)) === one,
  );
  return plain
    ? Object.entries(properties)
        .map(([key, one]) => `${key}=${one}`)
        .join("\n")
    : JSON.stringify(properties, null, 2);
}

function value(text) {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function read() {
  try {
    return { users: [], current: null, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { users: [], current: null };
  }
}

function write(state) {
  localStorage.setItem(KEY, JSON.stringify(state));
}
