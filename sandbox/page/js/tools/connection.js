// Tools: Socket Mode connections, what can be done to them, the rate limits, and a fresh start.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { state, watch } from "../state.js";
import { load } from "../sync.js";
import { clockWithSeconds } from "../time.js";
import { words } from "../wording.js";
import { ask } from "../workspace/dialog.js";
import { report, toast } from "../workspace/toast.js";
import { list, smallButton } from "./parts.js";

const RECENT = 8;

export function connection(root) {
  const connections = list("socket-connections");
  const envelopes = list("socket-envelopes");
  const left = el("div", {}, connections, operations(), el("div", { class: "tool-row" }, limitsSwitch(), freshStart()));
  const right = el("div", {}, el("h3", {}, words.recentEnvelopes), envelopes);
  root.append(el("div", { class: "tool-columns" }, left, right));
  watch(["socket"], () => {
    replace(connections, connectionLines(state.socket?.connections ?? []));
    const latest = (state.socket?.envelopes ?? []).slice(-RECENT).reverse();
    replace(
      envelopes,
      latest.map((one) => el("li", {}, words.envelope(one))),
    );
  });
  return () => Promise.all([load.socket(), load.workspace()]);
}

function connectionLines(connections) {
  if (!connections.length) return el("li", { class: "quiet" }, words.noConnection);
  const each = connections.map((one) =>
    el(
      "li",
      {},
      el("code", {}, one.id),
      ` ${words.connectionSince(clockWithSeconds(one.since))}`,
      one.unacknowledged > 0 && ` · ${words.unacknowledged(one.unacknowledged)}`,
    ),
  );
  return [el("li", {}, words.connections(connections.length)), each];
}

function operations() {
  const buttons = Object.entries(words.socketOps).map(([op, [label, title]]) =>
    smallButton(label, `socket-${op}`, () => act(op), { title }),
  );
  return el("div", { class: "tool-buttons" }, buttons);
}

function limitsSwitch() {
  const box = el("input", { type: "checkbox", id: "limits", role: "switch", testid: "limits-switch" });
  box.addEventListener("change", () => report(sandbox.setLimits(box.checked)));
  watch(["limits"], () => {
    box.checked = state.limits;
  });
  return [box, el("label", { for: "limits" }, words.limits, el("small", {}, words.limitsHint))];
}

function freshStart() {
  return smallButton(words.resetWorkspace, "reset-workspace", startAfresh, { style: "danger-quiet" });
}

async function act(op) {
  if (await report(sandbox.actOnSocket(op))) toast(`${words.socketOps[op][0]}: ${words.done}`);
  load.socket();
}

async function startAfresh() {
  const yes = words.resetWorkspace;
  if (await ask({ title: yes, body: words.resetSure, yes, danger: true })) await report(sandbox.reset());
}
