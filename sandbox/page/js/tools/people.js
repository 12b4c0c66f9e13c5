// Tools: deactivate people, and take the bot's token or its rights away.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { nameOf, state, watch } from "../state.js";
import { load } from "../sync.js";
import { words } from "../wording.js";
import { report, toast } from "../workspace/toast.js";
import { list, smallButton } from "./parts.js";

export function peopleAndToken(root) {
  const people = list("people-list", "people-list");
  const token = Object.entries(words.tokenOps).map(([op, label]) =>
    smallButton(label, `token-${op}`, () => changeToken(op, label)),
  );
  const right = el("div", {}, el("h3", {}, words.tokenTitle), el("div", { class: "tool-buttons" }, token));
  root.append(el("div", { class: "tool-columns" }, el("div", {}, people), right));
  watch(["people"], () => {
    const humans = [...state.people.values()].filter((person) => !person.is_bot && person.id !== "USLACKBOT");
    replace(people, humans.map(personLine));
  });
  return load.workspace;
}

function personLine(person) {
  const op = person.deleted ? "reactivate" : "deactivate";
  const change = () => report(sandbox.changePerson(person.id, op));
  return el("li", {}, el("span", {}, nameOf(person.id)), smallButton(words[op], `person-${op}`, change));
}

async function changeToken(op, label) {
  if (await report(sandbox.changeToken({ op }))) toast(`${label}: ${words.done}`);
}
