// Modal dialogs on the browser's own <dialog>: focus stays inside, Escape closes.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { words } from "../wording.js";

/** Opens a dialog; `onClose(returnValue)` runs once however it closes. Answers the <dialog>. */
export function openDialog({ title, testid, body, footer, onClose, wide = false }) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const dialog = el(
    "dialog",
    { class: wide ? "dialog dialog-wide" : "dialog", testid, "aria-labelledby": id },
    el(
      "header",
      { class: "dialog-head" },
      el("h2", { id }, title),
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words.close,
          testid: "dialog-close",
          on: { click: () => dialog.close("") },
        },
        icon("close"),
      ),
    ),
    el("div", { class: "dialog-body" }, body),
    footer && el("footer", { class: "dialog-foot" }, footer),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.(dialog.returnValue);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks a yes-or-no question; resolves to true or false. */
export function ask({ title, body, yes, no, danger = false }) {
  return new Promise((resolve) => {
    const answer = (value) => () => dialog.close(value);
    const dialog = openDialog({
      title: title || words.areYouSure,
      testid: "confirm-dialog",
      body,
      footer: [
        el(
          "button",
          { type: "button", class: "button", testid: "confirm-no", on: { click: answer("") } },
          no || words.cancel,
        ),
        el(
          "button",
          {
            type: "button",
            class: danger ? "button danger" : "button primary",
            testid: "confirm-yes",
            autofocus: true,
            on: { click: answer("yes") },
          },
          yes || words.confirm,
        ),
      ],
      onClose: (value) => resolve(value === "yes"),
    });
  });
}

/** Asks for one line of text; resolves to the text, or null. */
export function askText({ title, label, value = "", yes }) {
  return new Promise((resolve) => {
    const input = el("input", {
      id: "ask-text",
      class: "text-field",
      value,
      autofocus: true,
      testid: "ask-text",
      autocomplete: "off",
    });
    const submit = (event) => {
      event.preventDefault();
      dialog.close("yes");
    };
    const form = el(
      "form",
      { id: "ask-form", on: { submit } },
      el("label", { for: "ask-text", class: "field-label" }, label),
      input,
    );
    const dialog = openDialog({
      title,
      testid: "text-dialog",
      body: form,
      footer: [
        el("button", { type: "button", class: "button", on: { click: () => dialog.close("") } }, words.cancel),
        el(
          "button",
          { type: "submit", form: "ask-form", class: "button primary", testid: "ask-text-ok" },
          yes ?? words.save,
        ),
      ],
      onClose: (answer) => resolve(answer === "yes" && input.value.trim() ? input.value.trim() : null),
    });
    input.select();
  });
}

/** Asks to pick one of [{value, label}]; resolves to the value, or null. */
export function askChoice({ title, label, options, yes }) {
  return new Promise((resolve) => {
    const select = el(
      "select",
      { id: "ask-choice", class: "text-field", autofocus: true, testid: "ask-choice" },
      options.map((option) => el("option", { value: option.value }, option.label)),
    );
    const dialog = openDialog({
      title,
      testid: "choice-dialog",
      body: [el("label", { for: "ask-choice", class: "field-label" }, label), select],
      footer: [
        el("button", { type: "button", class: "button", on: { click: () => dialog.close("") } }, words.cancel),
        el(
          "button",
          {
            type: "button",
            class: "button primary",
            testid: "ask-choice-ok",
            on: { click: () => dialog.close("yes") },
          },
          yes,
        ),
      ],
      onClose: (answer) => resolve(answer === "yes" ? select.value : null),
    });
  });
}
