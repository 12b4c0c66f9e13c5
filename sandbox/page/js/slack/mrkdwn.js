// Slack's mrkdwn, read into a tree. Pure: no DOM here, so nothing in a message can become markup of the page.
//
// Blocks: paragraph | quote | pre | item. Inline: text | bold | italic | strike | code | link | user | channel |
// broadcast | usergroup | date | emoji | br. Control sequences <…> count only unescaped; &lt;!channel&gt; is text.

import { emojiFor } from "./emoji.js";

const MARKS = { "*": "bold", _: "italic", "~": "strike" };
const FENCE = /\n?```\n?([\s\S]*?[^\n`][\s\S]*?)\n?```\n?/g; // an unclosed fence stays text
const QUOTE = /^(?:>|&gt;) ?/;
const LONG_QUOTE = /^(?:>>>|&gt;&gt;&gt;) ?/;
const ITEM = /^( *)([•◦▪‣]|\d{1,3}\.) (.*)$/;
const SHORTCODE = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;
const BARE_URL = /^https?:\/\/[^\s<>|*~`"]*[^\s<>|*~`"'.,;:!?)_\]]/;
const WORD = /[\p{L}\p{N}]/u;

/** The tree of a message's text: a list of blocks. */
export function parse(text) {
  const source = String(text ?? "");
  const blocks = [];
  let last = 0;
  for (const fence of source.matchAll(FENCE)) {
    parseLines(source.slice(last, fence.index), blocks);
    blocks.push({ type: "pre", children: plainInline(fence[1]) });
    last = fence.index + fence[0].length;
  }
  parseLines(source.slice(last), blocks);
  return blocks;
}

/** The tree of a text posted with `mrkdwn: false`: marks mean nothing, but mentions, links and emoji still do. */
export function parseUnmarked(text) {
  return text
    ? [
        {
          type: "paragraph",
          children: withBreaks(String(text), (line) => scan(line, [readEntity, readEmoji, readUrl])),
        },
      ]
    : [];
}

/** A plain_text object: nothing but text, and emoji unless it says `emoji: false`. */
export function parsePlain(text, emoji = true) {
  return withBreaks(String(text ?? ""), (line) => scan(line, emoji ? [readEmoji] : []));
}

/** A plain_text object as a string, for titles and menus. */
export function plainString(object) {
  return parsePlain(object?.text, object?.emoji !== false)
    .map((node) => node.character ?? (node.type === "br" ? "\n" : node.text))
    .join("");
}

/** &amp; &lt; &gt; and nothing else, once. */
function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** What a person would have typed for this stored text: for editing one's own message. */
export function asTyped(text, nameOf) {
  const typed = String(text ?? "").replace(/<([^<>\n]*)>/g, (whole, inside) => {
    const [target, label] = inside.split("|");
    if (target.startsWith("@")) return `@${label || nameOf(target.slice(1))}`;
    if (target.startsWith("#")) return `#${label || nameOf(target.slice(1))}`;
    if (target.startsWith("!")) return `@${target.slice(1)}`;
    return label ?? target;
  });
  return unescape(typed);
}

function parseLines(text, blocks) {
  if (!text) return;
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (LONG_QUOTE.test(line)) {
      const rest = [line.replace(LONG_QUOTE, ""), ...lines.slice(at + 1)].join("\n");
      blocks.push({ type: "quote", children: withBreaks(rest, parseInline) });
      return;
    }
    addLine(line, blocks);
  }
}

function addLine(line, blocks) {
  const item = ITEM.exec(line);
  if (QUOTE.test(line)) addTo(blocks, "quote", parseInline(line.replace(QUOTE, "")));
  else if (item) {
    const [, indent, marker, rest] = item;
    blocks.push({
      type: "item",
      marker,
      depth: Math.min(4, Math.floor(indent.length / 2)),
      children: parseInline(rest),
    });
  } else addTo(blocks, "paragraph", parseInline(line));
}

function addTo(blocks, type, children) {
  const last = blocks.at(-1);
  if (last?.type === type) last.children.push({ type: "br" }, ...children);
  else blocks.push({ type, children });
}

function withBreaks(text, read) {
  return text.split("\n").flatMap((line, at) => (at ? [{ type: "br" }, ...read(line)] : read(line)));
}

function plainInline(text) {
  return withBreaks(text, (line) => scan(line, [readEntity]));
}

function parseInline(line) {
  return scan(line, [readCode, readEntity, readMark, readEmoji, readUrl]);
}

// Tries the readers at each place; a reader answers [node, length] or null.
function scan(line, readers) {
  const nodes = [];
  let text = "";
  const flush = () => {
    if (text) nodes.push({ type: "text", text: unescape(text) });
    text = "";
  };
  for (let at = 0; at < line.length;) {
    const found = firstOf(readers, line, at);
    if (found) {
      flush();
      nodes.push(found[0]);
      at += found[1];
    } else {
      text += line[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function firstOf(readers, line, at) {
  for (const read of readers) {
    const found = read(line, at);
    if (found) return found;
  }
  return null;
}

function readCode(line, at) {
  if (line[at] !== "`") return null;
  const end = line.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return [{ type: "code", children: scan(line.slice(at + 1, end), [readEntity]) }, end + 1 - at];
}

function readMark(line, at) {
  const type = MARKS[line[at]];
  if (!type || isWord(line[at - 1]) || line[at - 1] === line[at]) return null;
  const end = closing(line, at);
  return end < 0 ? null : [{ type, children: parseInline(line.slice(at + 1, end)) }, end + 1 - at];
}

// Where the mark that opens at `at` closes: not after a space, not before a letter, not inside code or <…>.
function closing(line, at) {
  const mark = line[at];
  if (/\s/.test(line[at + 1] ?? " ") || line[at + 1] === mark) return -1;
  for (let end = at + 1; end < line.length; end += 1) {
    const skip = readCode(line, end) ?? readEntity(line, end);
    if (skip) end += skip[1] - 1;
    else if (line[end] === mark && !/\s/.test(line[end - 1]) && !isWord(line[end + 1]) && line[end + 1] !== mark)
      return end;
  }
  return -1;
}

function readEmoji(line, at) {
  if (line[at] !== ":") return null;
  const match = SHORTCODE.exec(line.slice(at, at + 64));
  const character = match && emojiFor(match[1]);
  return character ? [{ type: "emoji", name: match[1], character }, match[0].length] : null;
}

function readUrl(line, at) {
  if (line[at] !== "h" || isWord(line[at - 1])) return null;
  const match = BARE_URL.exec(line.slice(at));
  return match ? [{ type: "link", url: unescape(match[0]), label: "" }, match[0].length] : null;
}

function readEntity(line, at) {
  if (line[at] !== "<") return null;
  const match = /^<([^<>]+)>/.exec(line.slice(at));
  if (!match) return null;
  const bar = match[1].indexOf("|");
  const target = bar < 0 ? match[1] : match[1].slice(0, bar);
  const node = entity(target, bar < 0 ? "" : unescape(match[1].slice(bar + 1)));
  return node && [node, match[0].length];
}

function entity(target, label) {
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { type: "user", id: target.slice(1), label };
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return { type: "channel", id: target.slice(1), label };
  if (/^!(here|channel|everyone|group)$/.test(target)) return { type: "broadcast", range: target.slice(1) };
  if (target.startsWith("!subteam^")) return { type: "usergroup", id: target.slice(9), label };
  if (target.startsWith("!date^")) return dateEntity(target, label);
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(target)) return { type: "link", url: unescape(target), label };
  return null;
}

function dateEntity(target, label) {
  const [, seconds, format, url] = target.split("^");
  return /^-?\d+$/.test(seconds ?? "") ? { type: "date", seconds: Number(seconds), format, url, label } : null;
}

function isWord(character) {
  return character !== undefined && WORD.test(character);
}
