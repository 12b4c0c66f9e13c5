// Tools: deactivate people, and take the bot's token or its rights away.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { nameOf, state, watch } from "../state.js";
import { load } from "../sync.js";
import { words } from "../wording.js";
import { report, toast } from "../workspace/toast.js";

export function peopleAndToken(root) {
  const list = el("ul", { class: "tool-list people-list" });
  root.append(el("div", { class: "tool-columns" }, el("div", {}, list), el("div", {}, el("h3", {}, words.tokenTitle),
    el("div", { class: "tool-buttons" }, Object.entries(words.tokenOps).map(([op, label]) => el("button", {
      type: "button", class: "button small", testid: `token-${op}`, on: { click: () => change(op, label) } }, label))))));
  watch(["people"], () => replace(list, [...state.people.values()].filter((person) => !person.is_bot && person.id !== "USLACKBOT").map((person) => {
    const op = person.deleted ? "reactivate" : "deactivate";
    return el("li", {}, el("span", {}, nameOf(person.id)), el("button", { type: "button", class: "button small",
      on: { click: () => report(sandbox.changePerson(person.id, op)) } }, words[op]));
  })));
  return load.workspace;
}

async function change(op, label) {
  if (await report(sandbox.changeToken({ op }))) toast(`${label}: ${words.done}`);
}
