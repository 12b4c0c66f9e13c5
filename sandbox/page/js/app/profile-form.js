// The form for an app user's profile: to create one, or to change one.

import { el } from "../dom.js";
import { appWords as words } from "../wording.js";
import { formatProperties, parseProperties } from "./users.js";

const FIELDS = ["userId", "givenName", "surname", "email"];

/** `user`: what the fields hold at first; `editing`: the ID is fixed. `onSave(profile)` may answer an error's text. */
export function profileForm({ user = {}, editing = false, onSave, onCancel }) {
  const inputs = Object.fromEntries(FIELDS.map((name) => [name, inputFor(name, user, editing)]));
  const properties = propertiesInput(user);
  const error = el("p", { class: "field-error", role: "alert", hidden: true, testid: "app-form-error" });
  const submit = el(
    "button",
    { type: "submit", class: "button primary wide", testid: "app-user-save" },
    editing ? words.save : words.create,
  );
  const save = async (event) => {
    event.preventDefault();
    const { profile, problem } = readProfile(inputs, properties, editing ? user : {});
    submit.disabled = true;
    const text = profile ? await onSave(profile) : problem;
    submit.disabled = false;
    error.textContent = text ?? "";
    error.hidden = !text;
  };
  return el(
    "form",
    { class: "profile-form", novalidate: true, testid: "app-user-form", on: { submit: save } },
    el("h3", {}, editing ? words.editTitle : words.formTitle),
    el("p", { class: "form-note" }, editing ? words.editNote : words.formNote),
    FIELDS.map((name) => labelled(words[name], inputs[name])),
    labelled(words.properties, properties, words.propertiesHint),
    error,
    submit,
    onCancel && cancelButton(onCancel),
  );
}

function inputFor(name, user, editing) {
  return el("input", {
    id: `app-${name}`,
    class: "text-field",
    value: user[name] ?? "",
    testid: `app-user-${name}`,
    autocomplete: "off",
    type: name === "email" ? "email" : "text",
    readonly: name === "userId" && editing,
    required: name === "userId",
  });
}

function propertiesInput(user) {
  return el("textarea", {
    id: "app-properties",
    class: "text-field",
    rows: 3,
    value: formatProperties(user.properties),
    testid: "app-user-properties",
    "aria-describedby": "app-properties-hint",
    spellcheck: "false",
  });
}

function labelled(text, control, hint) {
  return el(
    "div",
    { class: "field" },
    el("label", { for: control.id, class: "field-label" }, text),
    control,
    hint && el("p", { class: "field-hint", id: `${control.id}-hint` }, hint),
  );
}

function cancelButton(onCancel) {
  const props = { type: "button", class: "button quiet wide", testid: "app-user-cancel", on: { click: onCancel } };
  return el("button", props, words.cancel);
}

// Empty fields of a new user are left out; when editing, a field that was emptied is sent empty.
function readProfile(inputs, properties, before) {
  const profile = {};
  for (const [name, input] of Object.entries(inputs)) {
    const value = input.value.trim();
    if (value || before[name]) profile[name] = value;
  }
  if (!profile.userId) return { problem: words.userIdMissing };
  try {
    const parsed = parseProperties(properties.value);
    if (Object.keys(parsed).length) profile.properties = parsed;
  } catch {
    return { problem: words.propertiesWrong };
  }
  return { profile };
}
