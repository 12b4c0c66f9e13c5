// The side bar: channels the acting person can see, with unread, private and archived marks, and the app's Home tab.

import { sandbox } from "../api.js";
import { el, moveWithArrows, reconcile, replace } from "../dom.js";
import { icon } from "../icons.js";
import { change, isMember, placeKey, state, titleOf, watch } from "../state.js";
import { words } from "../wording.js";
import { askText } from "./dialog.js";
import { report } from "./toast.js";

export function sideBar(root) {
  const list = el("ul", { class: "channel-list", testid: "channel-list", "aria-labelledby": "channels-title" });
  const browse = el("ul", { class: "channel-list", testid: "channel-browse", "aria-labelledby": "browse-title" });
  const archived = el("ul", { class: "channel-list", testid: "channel-archive", "aria-labelledby": "archive-title" });
  const direct = el("ul", { class: "channel-list", testid: "channel-direct", "aria-label": words.directMessages });
  const home = el("button", { type: "button", class: "channel-item", testid: "home-item", on: { click: openHome } });
  replace(
    root,
    el(
      "div",
      { class: "side-head" },
      el("h2", { id: "channels-title" }, words.channels),
      el(
        "button",
        {
          type: "button",
          class: "side-button",
          "aria-label": words.createChannel,
          title: words.createChannel,
          testid: "channel-create",
          on: { click: createChannel },
        },
        icon("plus"),
      ),
    ),
    list,
    group(words.browse, "browse-title", browse),
    group(words.archive, "archive-title", archived),
    el("h2", {}, words.apps),
    el("ul", { class: "channel-list" }, el("li", {}, home)),
    direct,
  );
  moveWithArrows(root, ".channel-item");
  addEventListener("open-channel", (event) => openChannel(event.detail));

  watch(["channels", "actingAs", "place", "unread", "people"], () => {
    const seen = visible();
    fill(
      list,
      seen.filter((channel) => !channel.is_archived && isMember(channel)),
    );
    fill(
      browse,
      seen.filter((channel) => !channel.is_archived && !isMember(channel)),
    );
    fill(
      archived,
      seen.filter((channel) => channel.is_archived),
    );
    fill(
      direct,
      state.channels.filter((channel) => channel.is_im && isMember(channel)),
    );
  });
  watch(["bot", "place"], () => {
    replace(home, icon("home"), el("span", { class: "channel-name" }, words.homeOf(state.bot?.name ?? words.theApp)));
    home.setAttribute("aria-current", state.place.kind === "home" ? "page" : "false");
  });
}

function openChannel(id) {
  change({ place: { kind: "channel", id }, thread: null });
  markRead();
}

/** What is on screen counts as read. */
export function markRead() {
  if (document.visibilityState === "hidden" || !state.unread[placeKey()]) return;
  const unread = { ...state.unread };
  delete unread[placeKey()];
  change({ unread });
}

/** The channels the acting person can see: guests and people from elsewhere see only their own. */
export function visible() {
  const person = state.people.get(state.actingAs);
  const confined = person?.is_restricted || person?.is_ultra_restricted || person?.is_stranger;
  return state.channels
    .filter((channel) => !channel.is_im && (isMember(channel) || (!confined && !channel.is_private)))
    .sort(byName);
}

function byName(one, other) {
  return Number(other.id === "CGENERAL01") - Number(one.id === "CGENERAL01") || one.name.localeCompare(other.name);
}

function group(title, id, list) {
  const node = el("section", { class: "side-group" }, el("h2", { id }, title), list);
  new MutationObserver(() => {
    node.hidden = !list.children.length;
  }).observe(list, { childList: true });
  node.hidden = true;
  return node;
}

function fill(list, channels) {
  reconcile(
    list,
    channels.map((channel) => {
      const unread = unreadIn(channel);
      const current = state.place.kind === "channel" && state.place.id === channel.id;
      return {
        key: channel.id,
        print: JSON.stringify([
          channel.name,
          channel.is_private,
          channel.is_archived,
          isMember(channel),
          unread,
          current,
        ]),
        build: (known) => row(channel, unread, current, known?.contains(document.activeElement)),
      };
    }),
  );
}

// Nobody is called to an archived channel.
function unreadIn(channel) {
  const none = { count: 0, mentioned: false };
  return channel.is_archived ? none : (state.unread[placeKey(state.actingAs, channel.id)] ?? none);
}

function row(channel, unread, current, focused) {
  const button = el(
    "button",
    {
      type: "button",
      testid: "channel-item",
      data: { channelId: channel.id, name: titleOf(channel) },
      class: `channel-item${unread.count ? " unread" : ""}${isMember(channel) ? "" : " not-member"}`,
      "aria-current": current ? "page" : "false",
      "aria-label": label(channel, unread),
      on: { click: () => openChannel(channel.id) },
    },
    icon(channel.is_im ? "bubble" : channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash"),
    el("span", { class: "channel-name" }, titleOf(channel)),
    unread.count > 0 &&
      el("span", { class: `badge${unread.mentioned ? " mentioned" : ""}`, testid: "unread-mark" }, unread.count),
  );
  if (focused) queueMicrotask(() => button.focus());
  return el("li", {}, button);
}

function label(channel, unread) {
  return [
    titleOf(channel),
    channel.is_private && words.private,
    channel.is_archived && words.archived,
    unread.count && words.unread(unread.count),
  ]
    .filter(Boolean)
    .join(", ");
}

function openHome() {
  change({ place: { kind: "home", id: null }, thread: null });
}

async function createChannel() {
  const name = await askText({ title: words.createChannel, label: words.channelNameLabel, yes: words.create });
  if (!name) return;
  const { channel } = (await report(sandbox.changeChannel({ user: state.actingAs, op: "create", name }))) ?? {};
  if (channel?.id) openChannel(channel.id);
}
