// What can be done with a message: the small tool bar over it and its menu.

import { sandbox } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { asTyped } from "../slack/mrkdwn.js";
import { change, nameOf, state } from "../state.js";
import { words } from "../wording.js";
import { ask } from "./dialog.js";
import { openMenu } from "./menu.js";
import { editMessage } from "./message-edit.js";
import { runShortcut, shortcutItems } from "./shortcuts.js";
import { report } from "./toast.js";

/** The tool bar; it is no tab stop of its own: Enter on the message opens the same menu. */
export function toolsFor(message, article) {
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button message-more",
      tabindex: "-1",
      "aria-label": words.messageActions,
      "aria-haspopup": "menu",
      testid: "message-menu",
    },
    icon("more"),
  );
  more.addEventListener("click", () => openMenu(more, menuItems(message, article())));
  return el("div", { class: "message-tools" }, !message.ephemeral && replyButton(message), more);
}

/** Opens the menu of a message on screen, if it has one. */
export function openMessageMenu(article) {
  article.querySelector(".message-more")?.click();
}

function replyButton(message) {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      tabindex: "-1",
      "aria-label": words.replyInThread,
      title: words.replyInThread,
      on: { click: () => replyTo(message) },
    },
    icon("reply"),
  );
}

function menuItems(message, article) {
  const copy = {
    label: words.copyText,
    run: () => report(navigator.clipboard.writeText(asTyped(message.text, nameOf))),
  };
  if (message.ephemeral) return [copy];
  const edit = { label: words.editMessage, run: () => editMessage(message, article), testid: "menu-edit" };
  const remove = { label: words.deleteMessage, danger: true, run: () => removeMessage(message), testid: "menu-delete" };
  return [
    { label: words.replyInThread, run: () => replyTo(message), testid: "menu-reply" },
    ...(message.user === state.actingAs && !message.bot_id ? [edit, remove] : []),
    ...shortcutItems((callbackId) => runShortcut(message, callbackId)),
    copy,
  ];
}

function replyTo(message) {
  change({ thread: message.thread_ts ?? message.ts });
  document.querySelector("#composer-input")?.focus();
}

async function removeMessage(message) {
  const place = { user: state.actingAs, channel: state.place.id, ts: message.ts };
  const yes = words.deleteIt;
  const sure = await ask({ title: words.deleteMessage, body: words.deleteMessageSure, yes, danger: true });
  if (sure) await report(sandbox.deleteMessage(place));
}
