// Asks for the app token where the sandbox does not know it, or where the server refuses the one it knows.

import { el } from "../dom.js";
import { appWords as words } from "../wording.js";

export function tokenForm({ problem, onToken }) {
  const input = el("input", {
    id: "app-token",
    class: "text-field",
    testid: "app-token",
    autocomplete: "off",
    spellcheck: "false",
  });
  const submit = (event) => {
    event.preventDefault();
    if (input.value.trim()) onToken(input.value.trim());
  };
  return el(
    "form",
    { class: "profile-form", testid: "app-token-form", on: { submit } },
    el("h3", {}, words.tokenTitle),
    el("p", { class: "form-note" }, problem || words.tokenNote),
    el("div", { class: "field" }, el("label", { for: "app-token", class: "field-label" }, words.tokenLabel), input),
    el("button", { type: "submit", class: "button primary wide" }, words.tokenSave),
  );
}
