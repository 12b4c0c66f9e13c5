// Where the acting person writes: Enter sends, Shift+Enter breaks the line. What Slack did not take stays in the box.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { change, currentChannel, isMember, nameOf, placeKey, state, titleOf, watch } from "../state.js";
import { words } from "../wording.js";
import { addNotice, clearNotices, noticeList } from "./notices.js";
import { suggestions } from "./suggestions.js";
import { report } from "./toast.js";

const COMMAND = /^\/([^\s/]+)(?:\s([\s\S]*))?$/;

export function composer(root) {
  const input = el("textarea", {
    id: "composer-input",
    class: "composer-input",
    rows: 1,
    testid: "composer-input",
    autocomplete: "off",
    spellcheck: "true",
    "aria-describedby": "composer-hint",
  });
  const send = el(
    "button",
    { type: "submit", class: "send-button", "aria-label": words.send, testid: "composer-send" },
    icon("send"),
  );
  const threadLine = el("div", { class: "thread-line", hidden: true, testid: "thread-line" });
  const list = suggestions(input, { onChosen: () => changed() });
  const hint = el("p", { class: "composer-hint", id: "composer-hint" }, words.composerHint);
  const form = el(
    "form",
    { class: "composer", testid: "composer" },
    list.node,
    threadLine,
    el("div", { class: "composer-row" }, input, send),
  );
  const closed = el("div", { class: "composer-closed", hidden: true, testid: "composer-closed" });
  root.append(form, closed, hint, noticeList());

  const changed = () => {
    fit(input);
    send.disabled = !input.value.trim();
    change({ drafts: { ...state.drafts, [placeKey()]: input.value } });
    list.update();
  };
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    if (list.handle(event)) return;
    if (event.key === "Escape" && state.thread) change({ thread: null });
    if (event.key === "ArrowUp" && !input.value) {
      event.preventDefault();
      dispatchEvent(new CustomEvent("edit-last"));
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(input, form).then(changed);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(input, form).then(changed);
  });

  watch(["place", "actingAs", "channels", "thread"], () => {
    root.hidden = state.place.kind !== "channel";
    const channel = currentChannel();
    const open = channel && !channel.is_archived && isMember(channel);
    form.hidden = !open;
    hint.hidden = !open;
    closed.hidden = Boolean(open) || !channel;
    if (channel) showPlace(channel, { input, closed, threadLine });
  });
  watch(["place", "actingAs"], () => {
    input.value = state.drafts[placeKey()] ?? "";
    fit(input);
    send.disabled = !input.value.trim();
    list.update();
  });
}

async function submit(input, form) {
  const text = input.value;
  if (!text.trim() || input.readOnly) return;
  const place = { user: state.actingAs, channel: state.place.id, thread_ts: state.thread ?? undefined };
  const key = placeKey();
  clearNotices(key);
  input.readOnly = true;
  form.setAttribute("aria-busy", "true");
  const command = COMMAND.exec(text);
  const taken = command
    ? await typeCommand(place, command, key)
    : await report(sandbox.writeMessage({ ...place, text }));
  input.readOnly = false;
  form.removeAttribute("aria-busy");
  if (!taken) return;
  change({ drafts: { ...state.drafts, [key]: "" } });
  if (key === placeKey()) input.value = "";
}

async function typeCommand(place, [, name, text = ""], key) {
  const answer = await report(sandbox.typeCommand({ ...place, command: `/${name}`, text }));
  if (!answer) return false;
  if (answer.outcome !== "ok") addNotice(answer.outcome, words.commandFailed(`/${name}`, answer.outcome), key);
  return answer.outcome === "ok";
}

function showPlace(channel, { input, closed, threadLine }) {
  input.placeholder = words.messageTo(titleOf(channel));
  input.setAttribute("aria-label", words.messageTo(titleOf(channel)));
  threadLine.hidden = !state.thread;
  const parent = state.messages.find((message) => message.ts === state.thread);
  replace(
    threadLine,
    icon("reply", 14),
    el("span", {}, words.replyingTo(parent ? parent.username || nameOf(parent.user) : "")),
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.stopReplying,
        on: { click: () => change({ thread: null }) },
      },
      icon("close", 12),
    ),
  );
  const act = (op) => report(sandbox.changeChannel({ user: state.actingAs, channel: channel.id, op }));
  if (channel.is_archived) {
    replace(
      closed,
      el("p", {}, words.channelIsArchived(channel.name)),
      el(
        "button",
        { type: "button", class: "button", testid: "unarchive", on: { click: () => act("unarchive") } },
        words.unarchive,
      ),
    );
  } else if (!isMember(channel)) {
    replace(
      closed,
      el("p", {}, words.notAMember(nameOf(state.actingAs), channel.name)),
      el(
        "button",
        { type: "button", class: "button primary", testid: "join", on: { click: () => act("join") } },
        words.join,
      ),
    );
  }
}

function fit(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 200)}px`;
}
