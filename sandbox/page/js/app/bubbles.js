// The conversation as the app user sees it: agents' replies left, own messages right, each with its state.

import { el, reconcile, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { stickToEnd } from "../stick.js";
import { clock } from "../time.js";
import { appWords as words } from "../wording.js";
import { avatar } from "../workspace/avatar.js";

const NEAR_END_PX = 60;

/** `onRetry()` sends again what failed. */
export function bubbleList({ onRetry }) {
  const list = el("div", {
    class: "bubbles",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions text",
    "aria-label": words.conversation,
    testid: "app-messages",
    tabindex: "0",
  });
  const end = stickToEnd(list, { nearPx: NEAR_END_PX });
  return {
    node: list,
    /** `messages` as the App API lists them, `unsent` as the outbox holds them. */
    show(messages, unsent) {
      const atEnd = end.isAtEnd();
      const before = list.lastElementChild?.dataset.key;
      const lastOwn = messages.findLast((message) => message.role === "appUser")?._id;
      reconcile(list, [
        ...messages.map((message, at) => ({
          key: message._id,
          print: JSON.stringify([message, message._id === lastOwn, messages[at - 1]?.name, messages[at - 1]?.role]),
          build: () => received(message, messages[at - 1], message._id === lastOwn),
        })),
        ...unsent.map((item) => ({ key: item.id, print: JSON.stringify(item), build: () => waiting(item, onRetry) })),
      ]);
      if (atEnd || list.lastElementChild?.dataset.key !== before) end.toEnd();
    },
  };
}

function received(message, previous, showSent) {
  const own = message.role === "appUser";
  const name = message.name || words.agent;
  const follows = previous?.role === message.role && previous?.name === message.name;
  return el(
    "div",
    {
      class: `bubble-row ${own ? "own" : "theirs"}${follows ? " follows" : ""}`,
      testid: "app-message",
      data: { role: message.role, id: message._id, state: own ? "sent" : "received" },
    },
    !own && avatar(name, { url: message.avatarUrl, size: "small" }),
    el(
      "div",
      { class: "bubble-column" },
      !own && !follows && el("span", { class: "bubble-name", testid: "app-agent-name" }, name),
      el("div", { class: "bubble", testid: "app-text" }, content(message)),
      own &&
        showSent &&
        el("span", { class: "bubble-state" }, icon("check", 12), `${words.states.sent} ${clock(message.received)}`),
    ),
  );
}

function content(message) {
  const src = message.mediaUrl && safeUrl(message.mediaUrl, ["http:", "https:"]);
  const caption = message.text && message.text !== message.mediaUrl ? message.text : "";
  if (src && message.type === "image") return [el("img", { src, alt: caption }), caption];
  if (src)
    return [
      el("a", { href: src, target: "_blank", rel: "noopener noreferrer" }, icon("file"), ` ${fileName(src)}`),
      caption,
    ];
  return message.text;
}

// The last part of the address, as people know it; an address without one stands for itself.
function fileName(src) {
  const last = new URL(src, location.href).pathname.split("/").at(-1);
  try {
    return decodeURIComponent(last) || src;
  } catch {
    return last;
  }
}

function waiting(item, onRetry) {
  const failed = item.state === "failed";
  return el(
    "div",
    { class: `bubble-row own ${item.state}`, testid: "app-message", data: { role: "appUser", state: item.state } },
    el(
      "div",
      { class: "bubble-column" },
      el("div", { class: "bubble", testid: "app-text" }, item.isFile && icon("file"), item.text),
      el(
        "span",
        { class: "bubble-state" },
        icon(failed ? "alert" : "clock", 12),
        el("span", {}, item.reason ? `${words.states.failed}: ${item.reason}` : words.states[item.state]),
        failed &&
          el(
            "button",
            { type: "button", class: "link-button", testid: "app-retry", on: { click: onRetry } },
            words.retry,
          ),
      ),
    ),
  );
}
