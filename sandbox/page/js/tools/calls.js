// Tools: the log of the app's Web API calls, newest first.

import { sandbox } from "../api.js";
import { el, reconcile, replace } from "../dom.js";
import { clockWithSeconds } from "../time.js";
import { words } from "../wording.js";
import { report } from "../workspace/toast.js";

const SHOWN = 200;
const EVERY_MS = 1000;

export function callLog(root) {
  const filter = el("input", { class: "text-field", list: "fault-methods", "aria-label": words.filterMethod, placeholder: words.filterMethod,
    testid: "call-filter", on: { change: () => refresh() } });
  const rows = el("tbody", { testid: "call-log" });
  const none = el("p", { class: "quiet" }, words.noCalls);
  root.append(el("div", { class: "tool-row" }, filter,
    el("button", { type: "button", class: "button small", testid: "calls-clear",
      on: { click: async () => { await report(sandbox.clearCalls()); refresh(); } } }, words.clearCalls)),
    el("div", { class: "call-table", tabindex: "0" }, el("table", {}, el("thead", {}, el("tr", {},
      words.callColumns.map((name) => el("th", { scope: "col" }, name)))), rows), none));

  async function refresh() {
    const answer = await report(sandbox.calls({ method: filter.value.trim() || undefined }));
    if (!answer) return;
    none.hidden = answer.calls.length > 0;
    reconcile(rows, answer.calls.slice(-SHOWN).reverse().map((call) => ({
      key: String(call.id), print: JSON.stringify(call), build: () => row(call),
    })));
  }

  setInterval(() => { if (root.offsetParent && document.visibilityState === "visible") refresh(); }, EVERY_MS);
  return refresh;
}

function row(call) {
  const answer = [call.status === 200 ? "" : call.status, call.ok ? "ok" : call.error, call.retry_after && `Retry-After ${call.retry_after}`,
    call.fault && words.fault(call.fault)].filter(Boolean).join(" · ");
  const node = el("tr", { class: call.ok ? "" : "failed", testid: "call", data: { method: call.method } });
  const text = typeof call.args === "string" ? call.args : JSON.stringify(call.args ?? {});
  return replace(node, el("td", {}, clockWithSeconds(call.at)), el("td", {}, el("code", {}, call.method)),
    el("td", { class: "call-args", title: text }, text), el("td", {}, answer), el("td", { class: "number" }, Math.round(call.ms ?? 0)));
}
