// Message shortcuts in a message's menu. One that the workspace does not list is run by its callback ID.

import { sandbox } from "../api.js";
import { state } from "../state.js";
import { words } from "../wording.js";
import { showOutcome } from "./acting.js";
import { askText } from "./dialog.js";
import { report } from "./toast.js";

const LAST_CALLBACK = "sandbox.lastShortcut";

export function shortcutItems(run) {
  const listed = state.shortcuts.map((shortcut) => ({
    label: shortcut.name,
    testid: "menu-shortcut",
    run: () => run(shortcut.callback_id),
  }));
  return [...listed, otherShortcut(run)];
}

function otherShortcut(run) {
  return {
    label: words.runShortcut,
    testid: "menu-shortcut",
    run: async () => {
      const callbackId = await askText({
        title: words.runShortcut,
        label: words.callbackId,
        yes: words.run,
        value: localStorage.getItem(LAST_CALLBACK) ?? "",
      });
      if (!callbackId) return;
      localStorage.setItem(LAST_CALLBACK, callbackId);
      run(callbackId);
    },
  };
}

export async function runShortcut(message, callbackId) {
  const answer = await report(
    sandbox.runShortcut({
      user: state.actingAs,
      channel: state.place.id,
      ts: message.ts,
      callback_id: callbackId,
    }),
  );
  if (answer) showOutcome(answer.outcome, callbackId);
}
