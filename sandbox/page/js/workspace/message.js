// One message: who, when, what, and what can be done with it.

import { sandbox } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderBlocks } from "../slack/blocks.js";
import { emojiFor } from "../slack/emoji.js";
import { asTyped } from "../slack/mrkdwn.js";
import { mrkdwn } from "../slack/mrkdwn-view.js";
import { change, nameOf, state } from "../state.js";
import { at, clock } from "../time.js";
import { words } from "../wording.js";
import { actOnElement } from "./acting.js";
import { avatar } from "./avatar.js";
import { ask } from "./dialog.js";
import { openMenu } from "./menu.js";
import { runShortcut, shortcutItems } from "./shortcuts.js";
import { report } from "./toast.js";

const shown = new WeakMap(); // message element -> its message

/** A message with its thread; `grouped` leaves out name and picture, as after one's own last message. */
export function messageNode(message, { replies = [], grouped = false } = {}) {
  return el("div", { class: "message-entry" }, single(message, grouped),
    replies.length > 0 && el("div", { class: "replies", testid: "replies", "aria-label": words.replies(replies.length) },
      el("p", { class: "replies-count" }, words.replies(replies.length)), replies.map((reply) => single(reply, false))));
}

/** Opens the actions of a message on screen. */
export function openMessageMenu(node) {
  const message = shown.get(node);
  const button = node.querySelector(".message-more");
  if (message && button) openMenu(button, menuItems(message, node));
}

/** Replaces the text on screen with a field to change it. */
export function editMessage(message, node) {
  const body = node.querySelector(".message-body");
  if (!body || body.querySelector(".edit-form")) return;
  const input = el("textarea", { class: "text-field", rows: 2, "aria-label": words.editMessage, testid: "edit-input",
    value: asTyped(message.text, (id) => state.people.get(id)?.name ?? state.channels.find((one) => one.id === id)?.name ?? id) });
  const before = [...body.childNodes];
  const cancel = () => { body.replaceChildren(...before); node.focus(); };
  const save = async () => {
    const text = input.value.trim();
    if (text && (await report(sandbox.editMessage({ user: state.actingAs, channel: state.place.id, ts: message.ts, text })))) cancel();
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") cancel();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  body.replaceChildren(el("div", { class: "edit-form" }, input, el("div", { class: "edit-buttons" },
    el("button", { type: "button", class: "button small", on: { click: cancel } }, words.cancel),
    el("button", { type: "button", class: "button small primary", testid: "edit-save", on: { click: save } }, words.save))));
  input.focus();
}

function single(message, grouped) {
  const who = author(message);
  const node = el("article", {
    class: ["message", grouped && "grouped", message.ephemeral && "ephemeral", who.system && "system",
      mentionsMe(message) && "mentions-me"].filter(Boolean).join(" "),
    testid: "message", tabindex: "-1", "aria-label": `${who.name}, ${clock(message.ts)}`,
    data: { ts: message.ts, author: who.name, ephemeral: String(Boolean(message.ephemeral)) },
  },
    el("div", { class: "message-side" }, grouped ? el("time", { class: "side-time" }, clock(message.ts)) : who.picture),
    el("div", { class: "message-main" },
      message.ephemeral && el("p", { class: "only-you", testid: "only-visible-to-you" }, icon("eye", 14), words.onlyYou),
      !grouped && el("div", { class: "message-line" },
        el("span", { class: "message-author", testid: "message-author" }, who.name),
        who.app && el("span", { class: "app-badge", testid: "app-badge" }, words.appBadge),
        el("time", { class: "message-time", datetime: at(message.ts)?.toISOString(),
          title: at(message.ts)?.toString() }, clock(message.ts))),
      el("div", { class: "message-body", testid: "message-body" }, body(message)),
      reactions(message)),
    !who.system && toolbar(message));
  shown.set(node, message);
  return node;
}

function author(message) {
  const system = Boolean(message.subtype) && !["bot_message", "me_message", "file_share", "thread_broadcast"].includes(message.subtype);
  const app = Boolean(message.bot_id || message.subtype === "bot_message" || message.ephemeral);
  const name = message.username || (app ? state.bot?.name || words.theApp : nameOf(message.user));
  const icons = message.icons ?? {};
  const url = message.icon_url ?? icons.image_72 ?? icons.image_64 ?? icons.image_48 ?? icons.image_36
    ?? (app ? null : state.people.get(message.user)?.profile?.image_72);
  const picture = avatar(name, message.username || message.user || message.bot_id, { url, emoji: icons.emoji ?? message.icon_emoji });
  return { system, app: app && !system, name, picture };
}

function body(message) {
  const edited = message.edited && el("span", { class: "edited", testid: "edited-mark" }, words.edited);
  const content = message.blocks?.length && !isTyped(message)
    ? renderBlocks(message.blocks, { act: (blockId, part, value) => actOnElement({
      channel: state.place.id, ts: message.ts, ephemeral: message.ephemeral || undefined }, blockId, part, value) })
    : el("div", { class: "mrkdwn" }, mrkdwn(message.text, { marked: message.mrkdwn !== false }));
  if (edited) (lastLineOf(content) ?? content).append(edited);
  return [content, (message.attachments ?? []).map(attachment), (message.files ?? []).map(file)];
}

// The rich text that comes with what people type says the same as the text, but knows nothing of *bold* and the like.
function isTyped(message) {
  return !message.bot_id && message.blocks.every((block) => block.type === "rich_text");
}

// Where Slack puts "(edited)": behind the last words, if the message ends in words.
function lastLineOf(content) {
  const lines = [...content.querySelectorAll("p, .rich-line, li, .list-line > :last-child")];
  return lines.findLast((line) => !line.closest("pre, blockquote")) ?? null;
}

function attachment(part) {
  const node = el("div", { class: "attachment" }, part.pretext && el("div", { class: "mrkdwn" }, mrkdwn(part.pretext)),
    part.title && el("strong", {}, part.title),
    part.blocks?.length ? renderBlocks(part.blocks, { act: async () => {} }) : el("div", { class: "mrkdwn" }, mrkdwn(part.text ?? part.fallback)));
  if (/^#?[0-9a-f]{6}$/i.test(part.color ?? "")) node.style.borderColor = `#${part.color.replace("#", "")}`;
  return node;
}

function file(one) {
  const href = `/_sandbox/files/${encodeURIComponent(one.id)}`;
  const name = one.title || one.name || one.id;
  if (/^image\//.test(one.mimetype ?? "")) return el("img", { class: "file-image", src: href, alt: name, testid: "file" });
  return el("a", { class: "file", testid: "file", href, download: one.name || one.id }, icon("file"), el("span", {}, name),
    one.size && el("small", {}, words.bytes(one.size)));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map((one) => el("span", { class: "reaction", "aria-label":
    `${one.name}: ${(one.users ?? []).map(nameOf).join(", ")}` }, emojiFor(one.name) ?? `:${one.name}:`, ` ${one.count}`)));
}

function toolbar(message) {
  const more = el("button", { type: "button", class: "icon-button message-more", tabindex: "-1", "aria-label": words.messageActions,
    "aria-haspopup": "menu", testid: "message-menu", on: { click: () => openMessageMenu(more.closest(".message")) } }, icon("more"));
  const reply = !message.ephemeral && el("button", { type: "button", class: "icon-button", tabindex: "-1", "aria-label": words.replyInThread,
    title: words.replyInThread, on: { click: () => replyTo(message) } }, icon("reply"));
  return el("div", { class: "message-tools" }, reply, more);
}

function menuItems(message, node) {
  const own = message.user === state.actingAs && !message.bot_id && !message.ephemeral;
  return [
    !message.ephemeral && { label: words.replyInThread, run: () => replyTo(message), testid: "menu-reply" },
    own && { label: words.editMessage, run: () => editMessage(message, node), testid: "menu-edit" },
    own && { label: words.deleteMessage, danger: true, run: () => remove(message), testid: "menu-delete" },
    ...(message.ephemeral ? [] : shortcutItems((callbackId) => runShortcut(message, callbackId))),
    { label: words.copyText, run: () => report(navigator.clipboard.writeText(asTyped(message.text, nameOf))) },
  ].filter(Boolean);
}

function replyTo(message) {
  change({ thread: message.thread_ts ?? message.ts });
  document.querySelector("#composer-input")?.focus();
}

async function remove(message) {
  const sure = await ask({ title: words.deleteMessage, body: words.deleteMessageSure, yes: words.deleteIt, danger: true });
  if (sure) await report(sandbox.deleteMessage({ user: state.actingAs, channel: state.place.id, ts: message.ts }));
}

function mentionsMe(message) {
  return !message.subtype?.startsWith("channel_") && JSON.stringify([message.text ?? "", message.blocks ?? []]).includes(`<@${state.actingAs}`);
}
