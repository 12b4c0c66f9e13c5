// The sandbox's people's side, /_sandbox: one function per thing a person can look at or do.

export class SandboxError extends Error {}

export const sandbox = {
  state: () => call("GET", "state"),
  messages: (channel) => call("GET", "messages", { channel }),
  ephemerals: (user, channel) => call("GET", "ephemerals", { user, channel }),
  views: (user) => call("GET", "views", { user }),
  socket: () => call("GET", "socket"),
  app: () => call("GET", "app"),
  calls: (filter = {}) => call("GET", "calls", filter),
  clearCalls: () => call("DELETE", "calls"),
  faults: () => call("GET", "faults"),
  orderFault: (fault) => call("POST", "faults", fault),
  clearFaults: () => call("DELETE", "faults"),
  setLimits: (enabled) => call("POST", "limits", { enabled }),
  actOnSocket: (op) => call("POST", "socket", { op }),
  reset: () => call("POST", "reset", {}),

  typeCommand: (order) => call("POST", "act/command", order),
  writeMessage: (order) => call("POST", "act/message", order),
  editMessage: (order) => call("PUT", "act/message", order),
  deleteMessage: (order) => call("DELETE", "act/message", order),
  useElement: (order) => call("POST", "act/action", order),
  runShortcut: (order) => call("POST", "act/shortcut", order),
  answerView: (order) => call("POST", "act/view", order),
  openHome: (user) => call("POST", "act/home", { user }),
  changeChannel: (order) => call("POST", "act/channel", order),
  changePerson: (user, op) => call("POST", "act/person", { user, op }),
  changeToken: (order) => call("POST", "act/token", order),
};

async function call(method, path, values) {
  const inQuery = method === "GET";
  const query = inQuery && values ? `?${new URLSearchParams(given(values))}` : "";
  const response = await fetch(`/_sandbox/${path}${query}`, {
    method,
    cache: "no-store",
    headers: inQuery || !values ? {} : { "Content-Type": "application/json" },
    body: inQuery || !values ? undefined : JSON.stringify(given(values)),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new SandboxError(body.error ?? `${path}: HTTP ${response.status}`);
  return body;
}

function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
