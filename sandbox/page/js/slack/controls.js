// The form controls behind Block Kit's input elements, and what each contributes to a view's state.

import { el } from "../dom.js";
import { nameOf, state } from "../state.js";
import { words } from "../wording.js";
import { plainString } from "./mrkdwn.js";
import { textObject } from "./mrkdwn-view.js";

let lastId = 0;

/** {node, control, group, read()} for an input element; unknown ones become a text field. */
export function controlFor(part) {
  const make = CONTROLS[part.type] ?? textInput;
  return make(part, `field-${(lastId += 1)}`);
}

/** The bare value in an element's part of the state: an option's value, an ID, a date, a list of them. */
export function chosenIn(entry) {
  const chosen = entry[Object.keys(entry).find((key) => key !== "type")];
  const bare = (one) => one?.value ?? one;
  return Array.isArray(chosen) ? chosen.map(bare) : bare(chosen);
}

const CONTROLS = {
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: (part, id) => dated(part, id, "date", "selected_date", part.initial_date),
  timepicker: (part, id) => dated(part, id, "time", "selected_time", part.initial_time),
  datetimepicker: dateTime,
  static_select: (part, id) =>
    select(part, id, staticOptions(part), part.initial_option?.value, (chosen) => ({
      selected_option: chosen[0] ?? null,
    })),
  multi_static_select: (part, id) =>
    select(
      part,
      id,
      staticOptions(part),
      (part.initial_options ?? []).map((one) => one.value),
      (chosen) => ({ selected_options: chosen }),
    ),
  users_select: (part, id) =>
    select(part, id, peopleOptions(), part.initial_user, (chosen) => ({ selected_user: chosen[0]?.value ?? null })),
  multi_users_select: (part, id) =>
    select(part, id, peopleOptions(), part.initial_users ?? [], (chosen) => ({
      selected_users: chosen.map((one) => one.value),
    })),
  channels_select: (part, id) =>
    select(part, id, channelOptions(), part.initial_channel, (chosen) => ({
      selected_channel: chosen[0]?.value ?? null,
    })),
  conversations_select: (part, id) =>
    select(part, id, channelOptions(), part.initial_conversation, (chosen) => ({
      selected_conversation: chosen[0]?.value ?? null,
    })),
  multi_conversations_select: (part, id) =>
    select(part, id, channelOptions(), part.initial_conversations ?? [], (chosen) => ({
      selected_conversations: chosen.map((one) => one.value),
    })),
  multi_channels_select: (part, id) =>
    select(part, id, channelOptions(), part.initial_channels ?? [], (chosen) => ({
      selected_channels: chosen.map((one) => one.value),
    })),
  radio_buttons: (part, id) =>
    choices(part, id, "radio", [part.initial_option?.value], (chosen) => ({ selected_option: chosen[0] ?? null })),
  checkboxes: (part, id) =>
    choices(
      part,
      id,
      "checkbox",
      (part.initial_options ?? []).map((one) => one.value),
      (chosen) => ({ selected_options: chosen }),
    ),
};

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "number" };

function textInput(part, id) {
  const control = el(part.multiline ? "textarea" : "input", {
    id,
    class: "text-field",
    type: part.multiline ? null : (TYPES[part.type] ?? "text"),
    rows: part.multiline ? 4 : null,
    placeholder: plainString(part.placeholder),
    maxlength: part.max_length,
    minlength: part.min_length,
    min: part.min_value,
    max: part.max_value,
    step: part.is_decimal_allowed ? "any" : null,
    value: part.initial_value ?? "",
    autofocus: part.focus_on_load,
  });
  return {
    node: control,
    control,
    read: () => ({ type: part.type, value: control.value === "" ? null : control.value }),
  };
}

function dated(part, id, type, key, initial) {
  const control = el("input", { id, class: "text-field", type, value: initial ?? "" });
  return { node: control, control, read: () => ({ type: part.type, [key]: control.value || null }) };
}

function dateTime(part, id) {
  const initial = part.initial_date_time ? new Date(part.initial_date_time * 1000).toISOString().slice(0, 16) : "";
  const control = el("input", { id, class: "text-field", type: "datetime-local", value: initial });
  const seconds = () => (control.value ? Math.floor(new Date(control.value).getTime() / 1000) : null);
  return { node: control, control, read: () => ({ type: part.type, selected_date_time: seconds() }) };
}

function select(part, id, options, initial, answer) {
  const multiple = Array.isArray(initial);
  const picked = new Set(multiple ? initial : [initial]);
  const control = el(
    "select",
    { id, class: "text-field", multiple, size: multiple ? Math.min(6, Math.max(2, options.length)) : null },
    !multiple && el("option", { value: "" }, plainString(part.placeholder) || words.choose),
    options.map((option) => {
      const node = el("option", { value: option.value }, plainString(option.text));
      node.selected = picked.has(option.value);
      return node;
    }),
  );
  const chosen = () =>
    options.filter((option) => [...control.selectedOptions].some((node) => node.value === option.value));
  return { node: control, control, read: () => ({ type: part.type, ...answer(chosen()) }) };
}

function choices(part, id, type, initial, answer) {
  const boxes = (part.options ?? []).map((option) => {
    const box = el("input", { type, name: id, value: option.value });
    box.checked = initial.includes(option.value);
    return { option, box };
  });
  const control = el(
    "div",
    { id, class: "choices", role: type === "radio" ? "radiogroup" : "group", tabindex: "-1" },
    boxes.map(({ option, box }) =>
      el(
        "label",
        { class: "choice" },
        box,
        el("span", {}, textObject(option.text), option.description && el("small", {}, textObject(option.description))),
      ),
    ),
  );
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ option }) => option);
  return { node: control, control, group: true, read: () => ({ type: part.type, ...answer(chosen()) }) };
}

function staticOptions(part) {
  return part.options ?? (part.option_groups ?? []).flatMap((group) => group.options ?? []);
}

function peopleOptions() {
  return [...state.people.values()].map((person) => asOption(person.id, nameOf(person.id)));
}

function channelOptions() {
  return state.channels
    .filter((channel) => !channel.is_archived)
    .map((channel) => asOption(channel.id, `#${channel.name}`));
}

function asOption(value, text) {
  return { text: { type: "plain_text", text }, value };
}
