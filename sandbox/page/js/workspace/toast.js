// Short reports at the bottom of the window: what the sandbox refused, in its own words.

import { el } from "../dom.js";

const SHOWN_MS = 6000;

export function toast(text, kind = "info") {
  const node = el(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status", testid: "toast", data: { kind } },
    text,
  );
  const toasts = shelf();
  toasts.append(node);
  toasts.hidePopover();
  toasts.showPopover(); // on top of any dialog
  setTimeout(() => node.remove(), SHOWN_MS);
}

/** Awaits a call; a refusal is shown and answers undefined. */
export async function report(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message, "error");
    return undefined;
  }
}

function shelf() {
  const known = document.querySelector(".toasts");
  if (known) return known;
  const made = el("div", { class: "toasts", popover: "manual" });
  document.body.append(made);
  return made;
}
