// Sends what an app user wrote, in order, one at a time. What failed waits, under its own idempotency key, for a retry.

import { changeUnsent, knownUsers } from "./users.js";

/** `send(userId, text, key)` does the sending; `reasonOf(error)` says why not; `onChange()` runs after each step. */
export function outbox({ send, reasonOf, onChange }) {
  const busy = new Set();

  async function run(userId) {
    if (busy.has(userId)) return;
    busy.add(userId);
    try {
      for (let item = next(userId); item; item = next(userId)) await sendOne(userId, item);
    } finally {
      busy.delete(userId);
    }
  }

  async function sendOne(userId, item) {
    try {
      await send(userId, item.text, item.id);
      change(userId, (items) => items.filter((one) => one.id !== item.id));
    } catch (error) {
      // Whatever was written later waits as well, so that order holds.
      const reason = reasonOf(error);
      change(userId, (items) =>
        items.map((one) => ({ ...one, state: "failed", reason: one.id === item.id ? reason : "" })),
      );
    }
  }

  function change(userId, changed) {
    changeUnsent(userId, changed);
    onChange();
  }

  const box = {
    /** [{id, text, at, state: "sending" | "failed", reason}], oldest first. */
    unsent: (userId) => knownUsers().find((user) => user.userId === userId)?.unsent ?? [],
    write(userId, text) {
      change(userId, (items) => [...items, { id: crypto.randomUUID(), text, at: Date.now() / 1000, state: "sending" }]);
      box.retry(userId);
    },
    /** Sends everything that waits, what failed before included. */
    retry(userId) {
      change(userId, (items) => items.map((one) => ({ ...one, state: "sending", reason: "" })));
      run(userId);
    },
    resume() {
      for (const user of knownUsers()) if (user.unsent?.some((one) => one.state === "sending")) run(user.userId);
    },
  };
  const next = (userId) => box.unsent(userId).find((item) => item.state === "sending");
  return box;
}
