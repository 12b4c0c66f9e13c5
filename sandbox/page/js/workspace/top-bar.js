// The top bar: whose eyes you look through, and whether page and app are connected.

import { el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { change, nameOf, state, watch } from "../state.js";
import { words } from "../wording.js";

export function topBar(root, { toggleTools }) {
  const select = el("select", { id: "acting-as", testid: "acting-as", on: { change: () => actAs(select.value) } });
  const live = el("span", { class: "status", role: "status", testid: "live-status" });
  const app = el("span", { class: "status", testid: "app-status" });
  const tools = el(
    "button",
    {
      type: "button",
      class: "top-button",
      "aria-expanded": "false",
      "aria-controls": "tools",
      testid: "tools-toggle",
      on: { click: () => tools.setAttribute("aria-expanded", String(toggleTools())) },
    },
    icon("tools"),
    words.tools,
  );
  replace(
    root,
    el(
      "div",
      { class: "brand" },
      el("img", { src: "/page/icon.svg", alt: "", width: 22, height: 22 }),
      el("h1", {}, words.pageTitle),
      el("span", { class: "brand-note" }, words.pageNote),
    ),
    el("div", { class: "acting" }, el("label", { for: "acting-as" }, words.actAs), select),
    el("div", { class: "statuses" }, app, live, tools),
  );

  watch(["people", "actingAs"], () => showPeople(select));
  watch(["live"], () => showStatus(live, state.live, words.live));
  watch(["socket", "live"], () =>
    showStatus(app, state.live && state.socket ? connected() : null, words.appConnection),
  );
}

export function actAs(userId) {
  change({ actingAs: userId, ephemerals: [], views: [], thread: null });
}

function connected() {
  return (state.socket.connections ?? []).length > 0;
}

function showPeople(select) {
  replace(
    select,
    [...state.people.values()]
      .filter((person) => !person.is_bot && person.id !== "USLACKBOT")
      .map((person) => el("option", { value: person.id }, `${nameOf(person.id)}${roleOf(person)}`)),
  );
  select.value = state.actingAs;
}

function roleOf(person) {
  if (person.deleted) return ` (${words.roles.deactivated})`;
  if (person.is_stranger) return ` (${words.roles.stranger})`;
  if (person.is_restricted || person.is_ultra_restricted) return ` (${words.roles.guest})`;
  if (person.is_admin) return ` (${words.roles.admin})`;
  return ` (${words.roles.agent})`;
}

function showStatus(node, value, texts) {
  const kind = value === null ? "waiting" : value ? "good" : "bad";
  node.dataset.status = kind;
  node.title = texts.hint ?? "";
  replace(node, el("span", { class: "dot", "aria-hidden": "true" }), texts[kind]);
}
