// What the page knows right now, and who wants to hear when a part of it changes.

const ACTING_AS = "sandbox.actingAs";

const state = {
  actingAs: localStorage.getItem(ACTING_AS) ?? "",
  place: { kind: "channel", id: null }, // {kind: "channel", id} or {kind: "home"}
  bot: null,
  people: new Map(), // id -> Slack user object
  channels: [],
  messages: [], // of the channel on screen, oldest first
  ephemerals: [],
  notices: {}, // "user channel" -> [Slack's own error lines under the composer]
  unread: {}, // "user channel" -> {count, mentioned}
  drafts: {}, // "user channel" -> text not sent yet
  thread: null, // ts of the thread the composer answers in
  views: [], // of the acting person
  commands: [], // the app's slash commands [{command, description, usage_hint}]
  shortcuts: [], // the app's message shortcuts [{name, callback_id}], as far as the workspace knows them
  limits: true, // whether rate limits are on
  socket: null, // answer of GET /_sandbox/socket
  live: null, // null: starting, true: updates flow, false: the sandbox does not answer
};

const watchers = [];
let changed = new Set();

export { state };

/** Sets parts of the state; watchers run once, soon after, however many changes came together. */
export function change(patch) {
  for (const [key, value] of Object.entries(patch)) {
    if (state[key] === value) continue;
    state[key] = value;
    if (!changed.size) queueMicrotask(tell);
    changed.add(key);
  }
  if ("actingAs" in patch) localStorage.setItem(ACTING_AS, patch.actingAs);
}

/** Runs `render` now and whenever one of `keys` changed. */
export function watch(keys, render) {
  watchers.push({ keys, render });
  render(state);
}

/** Where something belongs that differs per person and channel (drafts, notices, unread marks). */
export function placeKey(userId = state.actingAs, channelId = state.place.id) {
  return `${userId} ${channelId}`;
}

export function currentChannel() {
  return state.channels.find((channel) => channel.id === state.place.id) ?? null;
}

export function nameOf(userId) {
  const person = state.people.get(userId);
  return person ? person.real_name || person.profile?.display_name || person.name : (userId ?? "");
}

/** A channel's name; direct messages are called after the app. */
export function titleOf(channel) {
  return channel.name || nameOf(channel.members?.find((id) => id !== state.actingAs)) || channel.id;
}

export function isMember(channel, userId = state.actingAs) {
  return Boolean(channel?.members?.includes(userId));
}

function tell() {
  const keys = changed;
  changed = new Set();
  for (const watcher of watchers) if (watcher.keys.some((key) => keys.has(key))) watcher.render(state);
}
