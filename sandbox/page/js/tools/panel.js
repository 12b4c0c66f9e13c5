// The workspace tools: a drawer under the conversation with four tabs, to look behind the scenes and to make trouble.

import { el, moveWithArrows } from "../dom.js";
import { words } from "../wording.js";
import { callLog } from "./calls.js";
import { connection } from "./connection.js";
import { faults } from "./faults.js";
import { peopleAndToken } from "./people.js";

const TABS = { connection, faults, calls: callLog, people: peopleAndToken };

/** Fills the drawer and answers {toggle()}, which opens or closes it and answers whether it is open now. */
export function toolsPanel(root) {
  const panes = {};
  const tabs = Object.keys(TABS).map((name) => {
    panes[name] = el("div", {
      class: "tools-pane",
      role: "tabpanel",
      id: `tools-${name}`,
      "aria-labelledby": `tab-${name}`,
      hidden: true,
    });
    return el(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        id: `tab-${name}`,
        "aria-controls": `tools-${name}`,
        testid: `tools-tab-${name}`,
        on: { click: () => choose(name), focus: () => choose(name) },
      },
      words.tabs[name],
    );
  });
  const refresh = Object.fromEntries(Object.entries(TABS).map(([name, fill]) => [name, fill(panes[name])]));
  const strip = el("div", { class: "tabs", role: "tablist", "aria-label": words.tools }, tabs);
  moveWithArrows(strip, ".tab", { horizontal: true });
  root.append(strip, ...Object.values(panes));
  root.dataset.testid = "tools";
  let current = "connection";

  function choose(name) {
    current = name;
    for (const tab of tabs) {
      const on = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panes[tab.id.slice(4)].hidden = !on;
    }
    if (!root.hidden) refresh[name]();
  }

  addEventListener("sandbox-update", () => {
    if (!root.hidden) refresh[current]();
  });
  choose(current);
  return {
    toggle() {
      root.hidden = !root.hidden;
      if (!root.hidden) refresh[current]();
      return !root.hidden;
    },
  };
}
