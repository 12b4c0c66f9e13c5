// What a message says: text or blocks, attachments, files, reactions.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderBlocks } from "../slack/blocks.js";
import { emojiFor } from "../slack/emoji.js";
import { mrkdwn } from "../slack/mrkdwn-view.js";
import { nameOf, state } from "../state.js";
import { words } from "../wording.js";
import { actOnElement } from "./acting.js";

/** The nodes of everything a message holds below its author's name. */
export function bodyOf(message) {
  const content = message.blocks?.length && !isTyped(message) ? blocksOf(message) : textOf(message);
  if (message.edited) {
    const mark = el("span", { class: "edited", testid: "edited-mark" }, words.edited);
    (lastLineOf(content) ?? content).append(mark);
  }
  return [content, (message.attachments ?? []).map(attachment), (message.files ?? []).map(file), reactions(message)];
}

// The rich text that comes with what people type says the same as the text, but knows nothing of *bold* and the like.
function isTyped(message) {
  return !message.bot_id && message.blocks.every((block) => block.type === "rich_text");
}

function blocksOf(message) {
  const where = { channel: state.place.id, ts: message.ts, ephemeral: message.ephemeral || undefined };
  return renderBlocks(message.blocks, { act: (blockId, part, value) => actOnElement(where, blockId, part, value) });
}

function textOf(message) {
  return el("div", { class: "mrkdwn" }, mrkdwn(message.text, { marked: message.mrkdwn !== false }));
}

// Where Slack puts "(edited)": behind the last words, if the message ends in words.
function lastLineOf(content) {
  const lines = [...content.querySelectorAll("p, .rich-line, li, .list-line > :last-child, .context-text")];
  return lines.findLast((line) => !line.closest("pre, blockquote")) ?? null;
}

function attachment(part) {
  const text = () => el("div", { class: "mrkdwn" }, mrkdwn(part.text ?? part.fallback));
  const node = el(
    "div",
    { class: "attachment" },
    part.pretext && el("div", { class: "mrkdwn" }, mrkdwn(part.pretext)),
    part.title && el("strong", {}, part.title),
    part.blocks?.length ? renderBlocks(part.blocks, { act: async () => {} }) : text(),
  );
  if (/^#?[0-9a-f]{6}$/i.test(part.color ?? "")) node.style.borderColor = `#${part.color.replace("#", "")}`;
  return node;
}

function file(one) {
  if (one.mode === "tombstone") return el("p", { class: "file-gone", testid: "file-gone" }, words.fileDeleted);
  const href = `/_sandbox/files/${encodeURIComponent(one.id)}`;
  const name = one.title || one.name || one.id;
  if (/^image\//.test(one.mimetype ?? "")) {
    return el("img", { class: "file-image", src: href, alt: name, testid: "file" });
  }
  return el(
    "a",
    { class: "file", testid: "file", href, download: one.name || one.id },
    icon("file"),
    el("span", {}, name),
    one.size && el("small", {}, words.bytes(one.size)),
  );
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el(
    "div",
    { class: "reactions" },
    message.reactions.map((one) => {
      const who = (one.users ?? []).map(nameOf).join(", ");
      const label = `${one.name}: ${who}`;
      return el(
        "span",
        { class: "reaction", "aria-label": label },
        emojiFor(one.name) ?? `:${one.name}:`,
        ` ${one.count}`,
      );
    }),
  );
}
