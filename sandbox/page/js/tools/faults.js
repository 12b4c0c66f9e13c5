// Tools: order faults of the Web API, see which wait, and clear them.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { state } from "../state.js";
import { words } from "../wording.js";
import { report } from "../workspace/toast.js";
import { labelled, list, smallButton } from "./parts.js";

const METHODS = [
  "*",
  "chat.postMessage",
  "chat.update",
  "chat.postEphemeral",
  "conversations.create",
  "conversations.invite",
  "conversations.join",
  "conversations.info",
  "conversations.history",
  "users.info",
  "views.open",
  "apps.connections.open",
];
const TIMED = ["ratelimited", "slow", "timeout_before", "timeout_after"];

export function faults(root) {
  const waiting = list("fault-list");
  const fields = faultFields();
  const refresh = async () => {
    const answer = await report(sandbox.faults());
    if (answer) replace(waiting, faultLines(answer.faults));
    offerChannels(fields.channel);
  };
  const order = async (event) => {
    event.preventDefault();
    await report(sandbox.orderFault(orderOf(fields)));
    refresh();
  };
  const clear = async () => {
    await report(sandbox.clearFaults());
    refresh();
  };
  const methods = METHODS.map((value) => el("option", { value }));
  root.append(
    el("datalist", { id: "fault-methods" }, methods),
    faultForm(fields, order),
    waiting,
    smallButton(words.clearFaults, "fault-clear", clear),
  );
  return refresh;
}

function faultFields() {
  const text = (name, value, more = {}) =>
    el("input", { class: "text-field", value, testid: `fault-${name}`, ...more });
  const number = (name, value) => text(name, value, { type: "number", min: 0, step: "any" });
  const kinds = Object.entries(words.faultKinds).map(([value, label]) => el("option", { value }, label));
  const kind = el("select", { class: "text-field", testid: "fault-kind" }, kinds);
  kind.value = "ratelimited";
  return {
    method: text("method", "chat.postMessage", { list: "fault-methods", title: words.faultMethodHint }),
    kind,
    error: text("error", "internal_error"),
    channel: el("select", { class: "text-field", testid: "fault-channel" }),
    seconds: number("seconds", 5),
    times: number("times", 1),
    skip: number("skip", 0),
  };
}

function faultForm(fields, onSubmit) {
  const error = labelled(words.faultError, fields.error);
  const showError = () => {
    error.hidden = fields.kind.value !== "error";
  };
  fields.kind.addEventListener("change", showError);
  showError();
  return el(
    "form",
    { class: "fault-form", testid: "fault-form", on: { submit: onSubmit } },
    labelled(words.faultMethod, fields.method),
    labelled(words.faultKind, fields.kind),
    error,
    labelled(words.faultChannel, fields.channel),
    labelled(words.faultSeconds, fields.seconds),
    labelled(words.faultTimes, fields.times),
    labelled(words.faultSkip, fields.skip),
    el("button", { type: "submit", class: "button primary small", testid: "fault-order" }, words.orderFault),
  );
}

function orderOf({ method, kind, error, channel, seconds, times, skip }) {
  return {
    method: method.value.trim() || "*",
    kind: kind.value,
    channel: channel.value || undefined,
    error: kind.value === "error" ? error.value.trim() : undefined,
    seconds: TIMED.includes(kind.value) ? Number(seconds.value) : undefined,
    times: Number(times.value) || 1,
    skip: Number(skip.value) || 0,
  };
}

function faultLines(waiting) {
  if (!waiting.length) return el("li", { class: "quiet" }, words.noFaults);
  return waiting.map((one) => el("li", { testid: "fault" }, words.faultLine(one)));
}

function offerChannels(select) {
  const chosen = select.value;
  const offers = state.channels.map((one) => el("option", { value: one.id }, `#${one.name}`));
  replace(select, el("option", { value: "" }, words.anyChannel), offers);
  select.value = chosen;
}
