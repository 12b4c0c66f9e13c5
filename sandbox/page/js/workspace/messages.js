// The messages of the channel on screen: days, groups, threads, what only you see, and the keyboard's way through them.

import { el, reconcile, replace } from "../dom.js";
import { currentChannel, state, watch } from "../state.js";
import { stickToEnd } from "../stick.js";
import { at, dayName } from "../time.js";
import { words } from "../wording.js";
import { markRead } from "./channels.js";
import { openMessageMenu } from "./message-actions.js";
import { editMessage } from "./message-edit.js";
import { isSystem, messageNode } from "./message.js";

const GROUP_SECONDS = 300;
const PAGE = 200;
const NEAR_END_PX = 80;

export function messageList(root) {
  const list = el("div", {
    class: "message-list",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "aria-label": words.messages,
    testid: "message-list",
  });
  const empty = el("div", { class: "empty", testid: "empty-channel" });
  const earlier = el("button", { type: "button", class: "button quiet earlier", hidden: true }, words.showEarlier);
  const scroller = el("div", { class: "message-scroller" }, empty, earlier, list);
  const newer = el(
    "button",
    { type: "button", class: "newer", hidden: true, testid: "newer", on: { click: () => end.toEnd() } },
    words.newMessages,
  );
  root.append(el("div", { class: "message-pane", id: "message-pane" }, scroller, newer));

  let pages = 1;
  let place = null;
  const end = stickToEnd(scroller, {
    nearPx: NEAR_END_PX,
    content: list,
    onEnd: () => {
      newer.hidden = true;
    },
  });
  const show = () => {
    const moved = place !== state.place.id;
    if (moved) pages = 1;
    place = state.place.id;
    const before = list.lastElementChild?.dataset.key;
    list.setAttribute("aria-live", moved ? "off" : "polite");
    showEntries(list, pages, earlier);
    showEmpty(empty);
    if (moved || end.isAtEnd()) end.toEnd();
    else if (list.lastElementChild?.dataset.key !== before) newer.hidden = false;
    markRead();
  };
  earlier.addEventListener("click", () => {
    pages += 1;
    show();
  });
  document.addEventListener("visibilitychange", markRead);
  addEventListener("edit-last", () => editLast(list));
  keyboard(list);
  watch(["messages", "ephemerals", "people", "channels", "actingAs", "place"], show);
  watch(["place"], () => {
    root.querySelector("#message-pane").hidden = state.place.kind !== "channel";
  });
}

function showEntries(list, pages, earlier) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const focus = focused && { key: focused.closest("[data-key]")?.dataset.key, actionId: focused.dataset.actionId };
  const all = entries([...state.messages, ...state.ephemerals.map((message) => ({ ...message, ephemeral: true }))]);
  earlier.hidden = all.length <= pages * PAGE;
  reconcile(list, all.slice(-pages * PAGE));
  const tabStops = [...list.querySelectorAll(".message")];
  tabStops.forEach((node, index) => {
    node.tabIndex = index === tabStops.length - 1 ? 0 : -1;
  });
  if (focus?.key && !list.contains(document.activeElement)) restoreFocus(list, focus);
}

function restoreFocus(list, { key, actionId }) {
  const node = [...list.children].find((child) => child.dataset.key === key);
  const target = actionId && node?.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
  (target ?? node?.querySelector(".message") ?? node)?.focus();
}

function entries(messages) {
  const sorted = messages.toSorted((one, other) => Number(one.ts) - Number(other.ts));
  const known = new Set(sorted.map((message) => message.ts));
  const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts && known.has(message.thread_ts);
  const replies = Map.groupBy(sorted.filter(isReply), (message) => message.thread_ts);
  const made = [];
  let last = null;
  for (const message of sorted) {
    if (isReply(message)) continue;
    const day = at(message.ts)?.toDateString();
    if (day !== last?.day) made.push(dayEntry(day, message));
    const grouped = Boolean(
      last &&
      last.day === day &&
      last.author === authorKey(message) &&
      !message.ephemeral &&
      !replies.has(message.ts) &&
      Number(message.ts) - last.ts < GROUP_SECONDS,
    );
    made.push(messageEntry(message, replies.get(message.ts) ?? [], grouped));
    last = { day, author: replies.has(message.ts) ? "" : authorKey(message), ts: Number(message.ts) };
  }
  return made;
}

function authorKey(message) {
  if (isSystem(message)) return `system ${message.ts}`;
  return `${message.user ?? message.bot_id} ${message.username ?? ""} ${message.ephemeral ? "only you" : ""}`;
}

function dayEntry(day, message) {
  const text = day === new Date().toDateString() ? words.today : dayName(message.ts);
  return {
    key: `day ${day}`,
    print: text,
    build: () => el("div", { class: "day", role: "separator", "aria-label": text }, el("span", {}, text)),
  };
}

function messageEntry(message, replies, grouped) {
  const names = [...state.people.keys()].length + state.channels.map((channel) => channel.name).join();
  return {
    key: `${message.ephemeral ? "only you " : ""}${message.ts}`,
    print: JSON.stringify([message, replies, grouped, state.actingAs, names, state.place.id]),
    build: () => messageNode(message, { replies, grouped }),
  };
}

function showEmpty(empty) {
  const channel = currentChannel();
  const bare = !state.messages.length && !state.ephemerals.length;
  empty.hidden = !bare || !channel;
  if (empty.hidden) return;
  const general = channel.id === "CGENERAL01" || channel.is_general;
  replace(
    empty,
    el("h3", {}, general ? words.emptyGeneralTitle : words.emptyTitle(channel.name)),
    (general ? words.emptyGeneral : words.empty).map((text) => el("p", {}, text)),
  );
}

function keyboard(list) {
  list.addEventListener("keydown", (event) => {
    const message = event.target.closest?.(".message");
    if (!message || event.target !== message) return;
    const all = [...list.querySelectorAll(".message")];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const next = step ? all[all.indexOf(message) + step] : { Home: all[0], End: all.at(-1) }[event.key];
    if (next) {
      event.preventDefault();
      all.forEach((node) => {
        node.tabIndex = -1;
      });
      next.tabIndex = 0;
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      openMessageMenu(message);
    }
  });
}

function editLast(list) {
  const own = state.messages
    .filter((message) => message.user === state.actingAs && !message.bot_id && !message.subtype)
    .at(-1);
  const node = own && list.querySelector(`.message[data-ts="${CSS.escape(own.ts)}"]`);
  if (node) editMessage(own, node);
}
