// Slack's own error lines under the composer: the command timed out, no app took it, there is no such command.

import { el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { change, placeKey, state, watch } from "../state.js";
import { words } from "../wording.js";

const KEPT = 3;
let lastId = 0;

/** Adds a line for the acting person in the channel on screen; `kind` is Slack's error name. */
export function addNotice(kind, text, key = placeKey()) {
  const lines = [...(state.notices[key] ?? []), { id: (lastId += 1), kind, text }].slice(-KEPT);
  change({ notices: { ...state.notices, [key]: lines } });
}

export function clearNotices(key = placeKey()) {
  if (state.notices[key]?.length) change({ notices: { ...state.notices, [key]: [] } });
}

export function noticeList() {
  const root = el("div", { class: "notices", role: "alert", testid: "slack-notices" });
  watch(["notices", "actingAs", "place"], () => replace(root, (state.notices[placeKey()] ?? []).map(line)));
  return root;
}

function line({ id, kind, text }) {
  const dismiss = () =>
    change({ notices: { ...state.notices, [placeKey()]: state.notices[placeKey()].filter((one) => one.id !== id) } });
  return el(
    "div",
    { class: "notice", testid: "slack-notice", data: { kind } },
    icon("alert"),
    el("span", {}, el("strong", {}, words.slackbot), " ", text),
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": words.dismiss, on: { click: dismiss } },
      icon("close", 12),
    ),
  );
}
