// One message with its thread: who, when, what.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { nameOf, state } from "../state.js";
import { at, clock } from "../time.js";
import { words } from "../wording.js";
import { avatar } from "./avatar.js";
import { toolsFor } from "./message-actions.js";
import { bodyOf } from "./message-body.js";

const WRITTEN = ["bot_message", "me_message", "file_share", "thread_broadcast"];

/** Whether Slack wrote it about somebody ("… has joined the channel"), rather than somebody. */
export function isSystem(message) {
  return Boolean(message.subtype) && !WRITTEN.includes(message.subtype);
}

/** A message with its replies; `grouped` leaves out name and picture, as after one's own last message. */
export function messageNode(message, { replies = [], grouped = false } = {}) {
  return el("div", { class: "message-entry" }, single(message, grouped), replies.length > 0 && thread(replies));
}

function thread(replies) {
  const count = words.replies(replies.length);
  return el(
    "div",
    { class: "replies", testid: "replies", role: "group", "aria-label": count },
    el("p", { class: "replies-count", "aria-hidden": "true" }, count),
    replies.map((reply) => single(reply, false)),
  );
}

function single(message, grouped) {
  const who = author(message);
  const time = clock(message.ts);
  const article = el(
    "article",
    {
      class: classesOf(message, grouped),
      testid: "message",
      tabindex: "-1",
      "aria-label": `${who.name}, ${time}`,
      data: { ts: message.ts, author: who.name, ephemeral: String(Boolean(message.ephemeral)) },
    },
    el("div", { class: "message-side" }, grouped ? el("time", { class: "side-time" }, time) : who.picture),
    el(
      "div",
      { class: "message-main" },
      message.ephemeral && onlyYou(),
      !grouped && headLine(message, who, time),
      el("div", { class: "message-body", testid: "message-body" }, bodyOf(isSystem(message) ? aboutItsAuthor(message) : message)),
    ),
    !isSystem(message) && toolsFor(message, () => article),
  );
  return article;
}

// The name stands above already.
function aboutItsAuthor(message) {
  return { ...message, text: (message.text ?? "").replace(`<@${message.user}> `, "") };
}

function classesOf(message, grouped) {
  const flags = {
    grouped,
    ephemeral: message.ephemeral,
    system: isSystem(message),
    "mentions-me": !isSystem(message) && mentionsMe(message),
  };
  return ["message", ...Object.keys(flags).filter((name) => flags[name])].join(" ");
}

function onlyYou() {
  return el("p", { class: "only-you", testid: "only-visible-to-you" }, icon("eye", 14), words.onlyYou);
}

function headLine(message, who, time) {
  const moment = at(message.ts);
  return el(
    "div",
    { class: "message-line" },
    el("span", { class: "message-author", testid: "message-author" }, who.name),
    who.app && el("span", { class: "app-badge", testid: "app-badge" }, words.appBadge),
    el("time", { class: "message-time", datetime: moment?.toISOString(), title: moment?.toString() }, time),
  );
}

function author(message) {
  const app = !isSystem(message) && Boolean(message.bot_id || message.subtype === "bot_message" || message.ephemeral);
  const name = message.username || (app ? (state.bot?.name ?? words.theApp) : nameOf(message.user));
  const icons = message.icons ?? {};
  const url = message.icon_url ?? icons.image_72 ?? icons.image_64 ?? icons.image_48 ?? icons.image_36;
  return { app, name, picture: avatar(name, { url, emoji: icons.emoji ?? message.icon_emoji }) };
}

function mentionsMe(message) {
  return (message.x_live_mentions ?? []).includes(`@${state.actingAs}`);
}
