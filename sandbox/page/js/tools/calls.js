// Tools: the log of the app's Web API calls, newest first.

import { sandbox } from "../api.js";
import { el, reconcile } from "../dom.js";
import { clockWithSeconds } from "../time.js";
import { words } from "../wording.js";
import { report } from "../workspace/toast.js";
import { smallButton } from "./parts.js";

const SHOWN = 200;
const EVERY_MS = 1000;

export function callLog(root) {
  const filter = el("input", {
    class: "text-field",
    list: "fault-methods",
    "aria-label": words.filterMethod,
    placeholder: words.filterMethod,
    testid: "call-filter",
  });
  const rows = el("tbody", { testid: "call-log" });
  const none = el("p", { class: "quiet" }, words.noCalls);
  const refresh = async () => {
    const answer = await report(sandbox.calls({ method: filter.value.trim() || undefined }));
    if (!answer) return;
    none.hidden = answer.calls.length > 0;
    reconcile(rows, answer.calls.slice(-SHOWN).reverse().map(entry));
  };
  const clear = async () => {
    await report(sandbox.clearCalls());
    refresh();
  };
  filter.addEventListener("change", refresh);
  root.append(
    el("div", { class: "tool-row" }, filter, smallButton(words.clearCalls, "calls-clear", clear)),
    el("div", { class: "call-table", tabindex: "0" }, el("table", {}, tableHead(), rows), none),
  );
  setInterval(() => {
    if (root.offsetParent && document.visibilityState === "visible") refresh();
  }, EVERY_MS);
  return refresh;
}

function tableHead() {
  const cells = words.callColumns.map((name) => el("th", { scope: "col" }, name));
  return el("thead", {}, el("tr", {}, cells));
}

function entry(call) {
  return { key: String(call.id), print: JSON.stringify(call), build: () => row(call) };
}

function row(call) {
  const args = typeof call.args === "string" ? call.args : JSON.stringify(call.args ?? {});
  return el(
    "tr",
    { class: call.ok ? "" : "failed", testid: "call", data: { method: call.method } },
    el("td", {}, clockWithSeconds(call.at)),
    el("td", {}, el("code", {}, call.method)),
    el("td", { class: "call-args", title: args }, args),
    el("td", {}, answerOf(call)),
    el("td", { class: "number" }, Math.round(call.ms ?? 0)),
  );
}

function answerOf({ status, ok, error, retry_after: seconds, fault }) {
  const parts = [status !== 200 && status, ok ? "ok" : error, seconds && `Retry-After ${seconds}`];
  return [...parts, fault && words.fault(fault)].filter(Boolean).join(" · ");
}
