// What the tools' tabs are made of.

import { el } from "../dom.js";

/** A small button; `style` is "" or one of the button classes. */
export function smallButton(label, testid, onClick, { title, style = "" } = {}) {
  return el("button", { type: "button", class: `button small ${style}`, testid, title, on: { click: onClick } }, label);
}

/** A control with its label above. */
export function labelled(text, control) {
  return el("label", { class: "fault-field" }, el("span", {}, text), control);
}

export function list(testid, extra = "") {
  return el("ul", { class: `tool-list ${extra}`, testid });
}
