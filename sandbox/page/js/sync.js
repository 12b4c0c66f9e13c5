// Keeps the state true to the sandbox: reads what changed, never twice at the same time, never an old answer last.

import { channelInAddress } from "./address.js";
import { sandbox, SandboxError } from "./api.js";
import { change, currentChannel, placeKey, state, watch } from "./state.js";
import { follow } from "./updates.js";

const AGAIN_MS = 500;
const ANNOUNCES = ["!channel", "!here", "!everyone"];

export const load = {
  workspace: single(loadWorkspace),
  messages: single(loadMessages),
  ephemerals: single(loadEphemerals),
  views: single(loadViews),
  socket: single(loadSocket),
};

let channelsRead = Promise.resolve(); // fulfilled once the channels are known as the last update left them

/** Starts to follow the sandbox and reads a channel whenever another one comes on screen. */
export function startSync() {
  follow({
    onUpdate: take,
    onConnected: () => {
      change({ live: true });
      loadEverything();
    },
    onLost: () => change({ live: false }),
  });
  watch(["place", "actingAs"], ({ place }) => {
    if (!place.id && place.kind === "channel") return;
    load.messages();
    load.ephemerals();
    load.views();
  });
}

async function loadEverything() {
  await readChannels();
  await Promise.all([load.messages(), load.ephemerals(), load.views(), load.socket()]);
}

function readChannels() {
  channelsRead = load.workspace();
  return channelsRead;
}

function take(update) {
  dispatchEvent(new CustomEvent("sandbox-update", { detail: update }));
  const onScreen = update.channel === state.place.id;
  if (update.type === "message") channelsRead.then(() => countUnread(update));
  if (update.type.startsWith("message")) return onScreen ? load.messages() : undefined;
  if (update.type.startsWith("ephemeral")) return load.ephemerals();
  if (update.type === "view") return load.views();
  if (update.type === "socket") return load.socket();
  if (["channel", "person", "limits"].includes(update.type)) return readChannels();
  if (update.type !== "reset") return undefined;
  change({ unread: {}, notices: {}, drafts: {}, thread: null });
  return loadEverything();
}

async function loadWorkspace() {
  const { bot, people, channels, commands, shortcuts, limits } = await sandbox.state();
  const known = new Map(people.map((person) => [person.id, person]));
  const actingAs = known.has(state.actingAs) ? state.actingAs : (people[0]?.id ?? "");
  change({ bot, people: known, channels, actingAs, commands, shortcuts, limits });
  if (state.place.kind === "channel" && !currentChannel()) {
    const first =
      channelInAddress() ??
      channels.find((channel) => channel.is_general) ??
      channels.find((channel) => channel.name === "general") ??
      channels[0];
    change({ place: { kind: "channel", id: first?.id ?? null } });
  }
}

async function loadMessages() {
  const { id } = state.place;
  const { messages } = id ? await sandbox.messages(id) : { messages: [] };
  if (id === state.place.id) change({ messages });
}

async function loadEphemerals() {
  const key = placeKey();
  const { messages } = state.place.id ? await sandbox.ephemerals(state.actingAs, state.place.id) : { messages: [] };
  if (key === placeKey()) change({ ephemerals: messages.filter((message) => !message.x_from_slack) });
}

async function loadViews() {
  const user = state.actingAs;
  if (!user) return;
  const { views } = await sandbox.views(user);
  if (user === state.actingAs) change({ views });
}

async function loadSocket() {
  change({ socket: await sandbox.socket() });
}

// Coming and going is not news; what one wrote oneself is read.
function countUnread({ channel, message = {} }) {
  if (message.subtype?.startsWith("channel_")) return;
  const members = state.channels.find((known) => known.id === channel)?.members ?? [];
  const unread = { ...state.unread };
  const live = (message.x_live_mentions ?? []).map(String);
  for (const id of members) {
    if (
      id === message.user ||
      (id === state.actingAs && channel === state.place.id && document.visibilityState === "visible")
    )
      continue;
    const key = placeKey(id, channel);
    const before = unread[key] ?? { count: 0, mentioned: false };
    const mentioned = live.some((mention) => mention === `@${id}` || ANNOUNCES.includes(mention));
    unread[key] = { count: before.count + 1, mentioned: before.mentioned || mentioned };
  }
  change({ unread });
}

// One reading in flight; a wish that comes meanwhile makes exactly one more. A refusal is final (what it was about is
// gone, and another update says so); where there was no answer, it asks again.
function single(read) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = read()
      .catch((error) => {
        if (!(error instanceof SandboxError)) setTimeout(run, AGAIN_MS);
      })
      .finally(() => {
        running = null;
        if (!again) return undefined;
        again = false;
        return run();
      });
    return running;
  };
}
