// Turns mrkdwn's tree into DOM nodes.

import { el, safeUrl } from "../dom.js";
import { nameOf, state, titleOf } from "../state.js";
import { at, dateText } from "../time.js";
import { parse, parsePlain, parseUnmarked } from "./mrkdwn.js";

/** A message's mrkdwn as nodes, to be put into a block element; `marked` is false where the app switched marks off. */
export function mrkdwn(text, { marked = true } = {}) {
  return (marked ? parse(text) : parseUnmarked(text)).map(blockNode);
}

/** A text object of Block Kit: {type: "mrkdwn" | "plain_text", text}. */
export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : inlineNodes(parsePlain(object.text, object.emoji !== false));
}

function inlineNodes(nodes) {
  return nodes.map((node) => (INLINE[node.type] ?? asText)(node));
}

export function link(url, label) {
  const href = safeUrl(url);
  const text = label || url.replace(/^mailto:/, "");
  if (!href) return el("span", { class: "dead-link" }, text);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** A mention that notifies: it must catch the eye, above all where it should not be. */
export function mention(text, kind, own = false) {
  return el(
    "span",
    { class: `mention mention-${kind}${own ? " mention-own" : ""}`, testid: "live-mention", data: { kind } },
    text,
  );
}

export function channelLink(id, label) {
  const channel = state.channels.find((known) => known.id === id);
  const open = () => dispatchEvent(new CustomEvent("open-channel", { detail: id }));
  return el(
    "button",
    { type: "button", class: "channel-link", testid: "channel-link", on: { click: open } },
    `#${channel ? titleOf(channel) : label || id}`,
  );
}

const INLINE = {
  br: () => el("br"),
  bold: (node) => el("strong", {}, inlineNodes(node.children)),
  italic: (node) => el("em", {}, inlineNodes(node.children)),
  strike: (node) => el("s", {}, inlineNodes(node.children)),
  code: (node) => el("code", {}, inlineNodes(node.children)),
  emoji: (node) =>
    el("span", { class: "emoji", role: "img", "aria-label": node.name, title: `:${node.name}:` }, node.character),
  link: (node) => link(node.url, node.label),
  user: (node) =>
    mention(
      `@${state.people.has(node.id) ? nameOf(node.id) : node.label || nameOf(node.id)}`,
      "user",
      node.id === state.actingAs,
    ),
  channel: (node) => channelLink(node.id, node.label),
  broadcast: (node) => mention(`@${node.range}`, "broadcast"),
  usergroup: (node) => mention(node.label || `@${node.id}`, "usergroup"),
  date: (node) => {
    const text = dateText(node.seconds, node.format, node.label);
    return node.url ? link(node.url, text) : el("time", { datetime: at(node.seconds)?.toISOString() }, text);
  },
};

function asText(node) {
  return document.createTextNode(node.text ?? "");
}

function blockNode(block) {
  const children = inlineNodes(block.children);
  if (block.type === "quote") return el("blockquote", {}, children);
  if (block.type === "pre") return el("pre", {}, children);
  if (block.type === "item") {
    return el(
      "div",
      { class: "list-line", data: { depth: block.depth } },
      el("span", { class: "list-marker" }, block.marker),
      el("span", {}, children),
    );
  }
  return el("p", {}, children);
}
