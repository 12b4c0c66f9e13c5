// rich_text blocks: what Slack makes of text that people type with its editor.

import { el } from "../dom.js";
import { nameOf, state } from "../state.js";
import { dateText } from "../time.js";
import { emojiFor } from "./emoji.js";
import { channelLink, link, mention } from "./mrkdwn-view.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

export function richText(block) {
  return el("div", { class: "block block-rich-text" }, (block.elements ?? []).map(part));
}

function part(element) {
  const children = () => (element.elements ?? []).map(leaf);
  switch (element.type) {
    case "rich_text_list":
      return el(
        element.style === "ordered" ? "ol" : "ul",
        { start: element.offset ? element.offset + 1 : null, data: { depth: element.indent ?? 0 } },
        (element.elements ?? []).map((item) => el("li", {}, (item.elements ?? []).map(leaf))),
      );
    case "rich_text_preformatted":
      return el("pre", {}, children());
    case "rich_text_quote":
      return el("blockquote", {}, children());
    default:
      return el("div", { class: "rich-line" }, children());
  }
}

function leaf(element) {
  return styled(plainLeaf(element), element.style ?? {});
}

function plainLeaf(element) {
  switch (element.type) {
    case "text":
      return lines(element.text ?? "");
    case "emoji":
      return document.createTextNode(emojiFor(element.name ?? "") ?? `:${element.name}:`);
    case "link":
      return link(element.url ?? "", element.text);
    case "user":
      return mention(`@${nameOf(element.user_id)}`, "user", element.user_id === state.actingAs);
    case "usergroup":
      return mention(`@${element.usergroup_id}`, "usergroup");
    case "broadcast":
      return mention(`@${element.range}`, "broadcast");
    case "channel":
      return channelLink(element.channel_id, "");
    case "date":
      return document.createTextNode(dateText(element.timestamp, element.format, element.fallback ?? ""));
    case "color":
      return document.createTextNode(element.value ?? "");
    default:
      return document.createTextNode(element.text ?? "");
  }
}

function lines(text) {
  return el(
    "span",
    {},
    text.split("\n").map((line, at) => (at ? [el("br"), line] : line)),
  );
}

function styled(node, style) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}
