// Tools: Socket Mode connections, what can be done to them, the rate limits, and a fresh start.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { state, watch } from "../state.js";
import { load } from "../sync.js";
import { clockWithSeconds } from "../time.js";
import { words } from "../wording.js";
import { ask } from "../workspace/dialog.js";
import { report, toast } from "../workspace/toast.js";

const RECENT = 8;

export function connection(root) {
  const list = el("ul", { class: "tool-list", testid: "socket-connections" });
  const envelopes = el("ul", { class: "tool-list", testid: "socket-envelopes" });
  const limits = el("input", { type: "checkbox", id: "limits", role: "switch", testid: "limits-switch",
    on: { change: () => report(sandbox.setLimits(limits.checked)) } });
  limits.checked = true;
  const operations = el("div", { class: "tool-buttons" }, Object.entries(words.socketOps).map(([op, [label, hint]]) =>
    el("button", { type: "button", class: "button small", title: hint, testid: `socket-${op}`, on: { click: () => act(op) } }, label)));
  root.append(el("div", { class: "tool-columns" },
    el("div", {}, list, operations,
      el("div", { class: "tool-row" }, limits, el("label", { for: "limits" }, words.limits, el("small", {}, words.limitsHint)),
        el("button", { type: "button", class: "button small danger-quiet", testid: "reset-workspace", on: { click: startAfresh } }, words.resetWorkspace))),
    el("div", {}, el("h3", {}, words.recentEnvelopes), envelopes)));

  watch(["limits"], () => { limits.checked = state.limits; });
  watch(["socket"], () => {
    const { connections = [], envelopes: sent = [] } = state.socket ?? {};
    replace(list, el("li", { class: connections.length ? "" : "quiet" }, connections.length ? words.connections(connections.length) : words.noConnection),
      connections.map((one) => el("li", {}, el("code", {}, one.id), ` ${words.connectionSince(clockWithSeconds(one.since))}`,
        one.unacknowledged > 0 && ` · ${words.unacknowledged(one.unacknowledged)}`)));
    replace(envelopes, sent.slice(-RECENT).reverse().map((one) => el("li", {}, words.envelope(one))));
  });
  return () => Promise.all([load.socket(), load.workspace()]);
}

async function act(op) {
  if (await report(sandbox.actOnSocket(op))) toast(`${words.socketOps[op][0]}: ${words.done}`);
  load.socket();
}

async function startAfresh() {
  if (await ask({ title: words.resetWorkspace, body: words.resetSure, yes: words.resetWorkspace, danger: true })) await report(sandbox.reset());
}
