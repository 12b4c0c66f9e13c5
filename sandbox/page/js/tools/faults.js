// Tools: order faults of the Web API, see which wait, and clear them.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { state } from "../state.js";
import { words } from "../wording.js";
import { report } from "../workspace/toast.js";

const METHODS = ["*", "chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.create", "conversations.invite",
  "conversations.join", "conversations.info", "conversations.history", "users.info", "views.open", "apps.connections.open"];

export function faults(root) {
  const list = el("ul", { class: "tool-list", testid: "fault-list" });
  const method = el("input", { class: "text-field", list: "fault-methods", value: "chat.postMessage", testid: "fault-method", title: words.faultMethodHint });
  const kind = el("select", { class: "text-field", testid: "fault-kind" },
    Object.entries(words.faultKinds).map(([value, label]) => el("option", { value }, label)));
  const channel = el("select", { class: "text-field", testid: "fault-channel" });
  const error = el("input", { class: "text-field", value: "internal_error", testid: "fault-error" });
  const number = (value, name) => el("input", { class: "text-field", type: "number", min: 0, step: "any", value, testid: `fault-${name}` });
  const [seconds, times, skip] = [number(5, "seconds"), number(1, "times"), number(0, "skip")];
  const errorField = labelled(words.faultError, error);
  kind.addEventListener("change", () => { errorField.hidden = kind.value !== "error"; });
  kind.value = "ratelimited";
  errorField.hidden = true;

  const order = async (event) => {
    event.preventDefault();
    await report(sandbox.orderFault({
      method: method.value.trim() || "*", kind: kind.value, channel: channel.value || undefined,
      error: kind.value === "error" ? error.value.trim() : undefined,
      seconds: ["ratelimited", "slow", "timeout_before", "timeout_after"].includes(kind.value) ? Number(seconds.value) : undefined,
      times: Number(times.value) || 1, skip: Number(skip.value) || 0,
    }));
    refresh();
  };
  async function refresh() {
    const answer = await report(sandbox.faults());
    if (!answer) return;
    replace(list, answer.faults?.length ? answer.faults.map((one) => el("li", { testid: "fault" }, words.faultLine(one)))
      : el("li", { class: "quiet" }, words.noFaults));
    const chosen = channel.value;
    replace(channel, el("option", { value: "" }, words.anyChannel), state.channels.map((one) => el("option", { value: one.id }, `#${one.name}`)));
    channel.value = chosen;
  }

  root.append(el("datalist", { id: "fault-methods" }, METHODS.map((value) => el("option", { value }))),
    el("form", { class: "fault-form", testid: "fault-form", on: { submit: order } },
      labelled(words.faultMethod, method), labelled(words.faultKind, kind), errorField, labelled(words.faultChannel, channel),
      labelled(words.faultSeconds, seconds), labelled(words.faultTimes, times), labelled(words.faultSkip, skip),
      el("button", { type: "submit", class: "button primary small", testid: "fault-order" }, words.orderFault)),
    list, el("button", { type: "button", class: "button small", testid: "fault-clear",
      on: { click: async () => { await report(sandbox.clearFaults()); refresh(); } } }, words.clearFaults));
  return refresh;
}

function labelled(text, control) {
  return el("label", { class: "fault-field" }, el("span", {}, text), control);
}
