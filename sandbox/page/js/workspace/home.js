// The app's Home tab as the acting person sees it: opening it tells the app, which publishes what it shows.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { renderBlocks } from "../slack/blocks.js";
import { load } from "../sync.js";
import { state, watch } from "../state.js";
import { words } from "../wording.js";
import { actOnElement } from "./acting.js";
import { report } from "./toast.js";

export function home(root) {
  const pane = el("div", { class: "home-pane", testid: "home", hidden: true });
  let shown = null;
  root.append(pane);
  watch(["place", "actingAs"], async () => {
    pane.hidden = state.place.kind !== "home";
    if (pane.hidden || !state.actingAs) return;
    await report(sandbox.openHome(state.actingAs));
    load.views();
  });
  // Channels and people are named in it.
  watch(["place", "views", "channels", "people"], () => {
    if (state.place.kind !== "home") return;
    const view = state.views.find((one) => one.type === "home");
    const names = [...state.channels.map((channel) => channel.name), state.people.size].join();
    const print = JSON.stringify([state.actingAs, view?.id, view?.hash, names]);
    if (print === shown) return;
    shown = print;
    const focused = pane.contains(document.activeElement) ? document.activeElement.dataset : null;
    replace(pane, view ? blocksOf(view) : nothingYet());
    if (focused?.actionId) restoreFocus(pane, focused);
  });
}

function blocksOf(view) {
  return renderBlocks(view.blocks ?? [], {
    fields: new Map(),
    act: (blockId, part, value) => actOnElement({ view_id: view.id }, blockId, part, value),
  });
}

function nothingYet() {
  return el(
    "div",
    { class: "empty", testid: "empty-home" },
    el("h3", {}, words.emptyHomeTitle),
    el("p", {}, words.emptyHome),
  );
}

// A new view has new block IDs: what has the same action and value is the same button.
function restoreFocus(pane, { actionId, value }) {
  const alike = [...pane.querySelectorAll(`[data-action-id="${CSS.escape(actionId)}"]`)];
  alike.find((node) => node.dataset.value === value)?.focus();
}
