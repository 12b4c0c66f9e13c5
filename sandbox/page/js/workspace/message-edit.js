// Changing one's own message in its place: Enter saves, Escape leaves it as it was.

import { sandbox } from "../api.js";
import { el } from "../dom.js";
import { asTyped } from "../slack/mrkdwn.js";
import { state } from "../state.js";
import { words } from "../wording.js";
import { report } from "./toast.js";

/** Puts a field with the text as it was typed where the message's `article` shows it. */
export function editMessage(message, article) {
  const body = article.querySelector(".message-body");
  if (!body || body.querySelector(".edit-form")) return;
  const place = { user: state.actingAs, channel: state.place.id, ts: message.ts };
  const before = [...body.childNodes];
  const input = el("textarea", {
    class: "text-field",
    rows: 2,
    "aria-label": words.editMessage,
    testid: "edit-input",
    value: asTyped(message.text, handleOf),
  });
  const finish = () => {
    body.replaceChildren(...before);
    article.focus();
  };
  const save = async () => {
    const text = input.value.trim();
    if (text && (await report(sandbox.editMessage({ ...place, text })))) finish();
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") finish();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  body.replaceChildren(el("div", { class: "edit-form" }, input, buttons(finish, save)));
  input.focus();
}

function buttons(finish, save) {
  return el(
    "div",
    { class: "edit-buttons" },
    el("button", { type: "button", class: "button small", on: { click: finish } }, words.cancel),
    el(
      "button",
      { type: "button", class: "button small primary", testid: "edit-save", on: { click: save } },
      words.save,
    ),
  );
}

// Mentions are typed by the names that the workspace resolves.
function handleOf(id) {
  return state.people.get(id)?.name ?? state.channels.find((channel) => channel.id === id)?.name ?? id;
}
