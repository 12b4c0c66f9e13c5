// The phone's face: head, banner, then either a form or the conversation with its composer.

import { append, el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { appWords as words } from "../wording.js";
import { bubbleList } from "./bubbles.js";
import { displayName } from "./users.js";

const MOST_INPUT_PX = 120;

/** `onType(text)`, `onWrite(text)`, `onAttach(file)` and `onRetry()` are what composer and failed messages tell. */
export function layOut(root, { onType, onWrite, onAttach, onRetry }) {
  const bubbles = bubbleList({ onRetry });
  const empty = el("div", { class: "empty", testid: "empty-app" });
  const { composer, input } = composerWith(onType, onWrite, onAttach);
  const form = el("div", { class: "app-form", hidden: true });
  const conversation = el("div", { class: "app-conversation", hidden: true }, empty, bubbles.node);
  const parts = {
    input,
    conversation,
    head: el("header", { class: "app-head" }),
    banner: el("div", { class: "app-banner", role: "alert", testid: "app-banner", hidden: true }),
    showForm(node, { chatting }) {
      append(replace(form), [node]);
      form.hidden = !node;
      conversation.hidden = !chatting;
      composer.hidden = !chatting;
    },
    showConversation(user, messages, unsent) {
      empty.hidden = messages.length + unsent.length > 0;
      replace(empty, el("h3", {}, words.emptyTitle(user.givenName || displayName(user))), el("p", {}, words.empty));
      input.setAttribute("aria-label", words.messageLabel(displayName(user)));
      bubbles.show(messages, unsent);
    },
  };
  replace(root, parts.head, parts.banner, form, conversation, composer);
  return parts;
}

function composerWith(onType, onWrite, onAttach) {
  const input = el("textarea", {
    id: "app-input",
    class: "app-input",
    rows: 1,
    placeholder: words.placeholder,
    testid: "app-composer-input",
  });
  const write = (event) => {
    event.preventDefault();
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    fit(input);
    onType("");
    onWrite(text);
  };
  input.addEventListener("input", () => {
    fit(input);
    onType(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) write(event);
  });
  const send = el(
    "button",
    { type: "submit", class: "app-send", "aria-label": words.send, testid: "app-composer-send" },
    icon("send"),
  );
  const on = { submit: write };
  const composer = el("form", { class: "app-composer", hidden: true, on }, ...attachWith(onAttach), input, send);
  return { input, composer };
}

function attachWith(onAttach) {
  const picker = el("input", { type: "file", hidden: true, multiple: true, testid: "app-file" });
  picker.addEventListener("change", () => {
    for (const file of picker.files) onAttach(file);
    picker.value = "";
  });
  const attach = el(
    "button",
    {
      type: "button",
      class: "app-attach",
      "aria-label": words.attach,
      testid: "app-attach",
      on: { click: () => picker.click() },
    },
    icon("clip"),
  );
  return [picker, attach];
}

function fit(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, MOST_INPUT_PX)}px`;
}
