// The app's Home tab as the acting person sees it.

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
  root.append(pane);
  watch(["place", "actingAs"], async () => {
    pane.hidden = state.place.kind !== "home";
    if (pane.hidden || !state.actingAs) return;
    await report(sandbox.openHome(state.actingAs));
    load.views();
  });
  watch(["place", "views"], () => {
    if (state.place.kind !== "home") return;
    const view = state.views.find((one) => one.type === "home");
    replace(
      pane,
      view
        ? renderBlocks(view.blocks ?? [], {
            fields: new Map(),
            act: (blockId, part, value) => actOnElement({ view_id: view.id }, blockId, part, value),
          })
        : el(
            "div",
            { class: "empty", testid: "empty-home" },
            el("h3", {}, words.emptyHomeTitle),
            el("p", {}, words.emptyHome),
          ),
    );
  });
}
