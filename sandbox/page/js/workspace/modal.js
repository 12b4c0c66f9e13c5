// Modals the app opens (views): shows the top one, collects its fields, submits or closes it.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { renderBlocks } from "../slack/blocks.js";
import { chosenIn } from "../slack/controls.js";
import { plainString } from "../slack/mrkdwn.js";
import { load } from "../sync.js";
import { state, watch } from "../state.js";
import { words } from "../wording.js";
import { actOnElement } from "./acting.js";
import { openDialog } from "./dialog.js";
import { report } from "./toast.js";

let open = null; // {dialog, id, print, fields, body}

export function modals() {
  watch(["views"], () => {
    const view = state.views.filter((one) => one.type === "modal").at(-1);
    const print = view && JSON.stringify([view.id, view.title, view.blocks, view.submit, view.hash]);
    if (print === open?.print) return;
    if (view && view.id === open?.id) return showView(view, print);
    closeQuietly();
    if (view) openView(view, print);
  });
}

function openView(view, print) {
  const form = el("form", { id: "view-form", testid: "view-form", novalidate: true });
  const error = el("p", { class: "field-error", role: "alert", testid: "view-error", hidden: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  const dialog = openDialog({
    title: plainString(view.title) || words.theApp,
    testid: "view-modal",
    body: [form, error],
    footer: [
      el(
        "button",
        { type: "button", class: "button", testid: "view-close", on: { click: () => dialog.close("") } },
        plainString(view.close) || words.cancel,
      ),
      view.submit &&
        el(
          "button",
          { type: "submit", form: "view-form", class: "button primary", testid: "view-submit" },
          plainString(view.submit),
        ),
    ],
    onClose: () => userClosed(view.id),
  });
  dialog.dataset.viewId = view.id;
  dialog.dataset.callbackId = view.callback_id ?? "";
  open = { dialog, id: view.id, print, fields: new Map(), form, error };
  showView(view, print);
}

// An update of the same view keeps what was typed into fields that are still there, as Slack does.
function showView(view, print) {
  const typed = new Map([...open.fields].map(([key, field]) => [key, field.control.value]));
  open.fields = new Map();
  open.print = print;
  open.dialog.querySelector("h2").textContent = plainString(view.title) || words.theApp;
  const doing = {
    fields: open.fields,
    act: (blockId, part, value) => actOnElement({ view_id: view.id }, blockId, part, value),
  };
  replace(open.form, renderBlocks(view.blocks ?? [], doing));
  for (const [key, value] of typed)
    if (value !== undefined && open.fields.has(key)) open.fields.get(key).control.value = value;
  open.form.querySelector("input, textarea, select")?.focus();
}

async function submit() {
  const { id, fields, dialog, error } = open;
  if (!complete(fields)) return;
  error.hidden = true;
  dialog.setAttribute("aria-busy", "true");
  const answer = await report(sandbox.answerView({ user: state.actingAs, view_id: id, state: valuesOf(fields) }));
  dialog.removeAttribute("aria-busy");
  if (!answer) return;
  const errors = answer.errors ?? answer.response?.errors ?? {};
  for (const field of fields.values()) field.showError(errors[field.blockId] ?? "");
  const refused = Object.keys(errors).length > 0;
  if (refused) [...fields.values()].find((field) => errors[field.blockId])?.control.focus();
  if (answer.outcome !== "ok" && !refused) {
    error.textContent = words.viewFailed(answer.outcome);
    error.hidden = false;
  }
  load.views();
}

// Slack itself refuses to submit a required field that is empty.
function complete(fields) {
  const missing = [...fields.values()].filter((field) => !field.optional && isEmpty(field.read()));
  for (const field of fields.values()) field.showError(missing.includes(field) ? words.required : "");
  missing[0]?.control.focus();
  return !missing.length;
}

function isEmpty(entry) {
  const chosen = chosenIn(entry);
  return chosen === null || chosen === undefined || chosen === "" || (Array.isArray(chosen) && !chosen.length);
}

function valuesOf(fields) {
  const values = {};
  for (const { blockId, actionId, read } of fields.values())
    values[blockId] = { ...values[blockId], [actionId]: read() };
  return values;
}

async function userClosed(id) {
  if (open?.id !== id) return;
  open = null;
  await report(sandbox.answerView({ user: state.actingAs, view_id: id, state: {}, close: true }));
  load.views();
}

function closeQuietly() {
  const closing = open;
  open = null;
  closing?.dialog.close();
}
