// Using a button or field, wherever it stands: sends it to the app through the sandbox and shows how that went.

import { sandbox } from "../api.js";
import { plainString } from "../slack/mrkdwn.js";
import { load } from "../sync.js";
import { state } from "../state.js";
import { words } from "../wording.js";
import { addNotice } from "./notices.js";
import { report, toast } from "./toast.js";

/** `where`: {channel, ts, ephemeral?} or {view_id}. `value`: a button's value, or what was chosen in a field. */
export async function actOnElement(where, blockId, part, value) {
  const answer = await report(
    sandbox.useElement({
      user: state.actingAs,
      ...where,
      action_id: part.action_id,
      block_id: blockId,
      value,
    }),
  );
  if (answer) showOutcome(answer.outcome, plainString(part.text) || part.action_id);
  return answer;
}

/** Slack's own word on an interaction that the app did not take: under the composer, or as a toast over a modal. */
export function showOutcome(outcome, what) {
  load.views();
  if (outcome === "ok") return;
  const text = words.interactionFailed(what, outcome);
  if (state.place.kind === "channel" && !document.querySelector("dialog[open]")) addNotice(outcome, text);
  else toast(text, "error");
}
