// Sends what an app user wrote, in order, one at a time. What failed waits, under its own idempotency key, for a retry.

import { changeUnsent, knownUsers } from "./users.js";

/** `send(userId, what, key)` sends a text or a File; `reasonOf(error)` says why not; `onChange()` runs after a step. */
export function outbox({ send, reasonOf, onChange }) {
  const busy = new Set();
  const files = new Map(); // id -> File; only as long as this page stays open

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
      await send(userId, files.get(item.id) ?? item.text, item.id);
      files.delete(item.id);
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
    /** [{id, text, isFile?, at, state: "sending" | "failed", reason}], oldest first; a file's text is its name. */
    unsent: (userId) => knownUsers().find((user) => user.userId === userId)?.unsent ?? [],
    write(userId, text) {
      add(userId, { id: crypto.randomUUID(), text });
    },
    attach(userId, file) {
      const id = crypto.randomUUID();
      files.set(id, file);
      add(userId, { id, text: file.name, isFile: true });
    },
    /** Sends everything that waits, what failed before included. */
    retry(userId) {
      change(userId, (items) => items.map((one) => ({ ...one, state: "sending", reason: "" })));
      run(userId);
    },
    /** Takes up what an earlier page left; its files are gone with it. */
    resume() {
      for (const user of knownUsers()) {
        if (user.unsent?.some(isLost)) change(user.userId, (items) => items.filter((one) => !isLost(one)));
      }
      for (const user of knownUsers()) if (user.unsent?.some((one) => one.state === "sending")) run(user.userId);
    },
  };
  const add = (userId, item) => {
    change(userId, (items) => [...items, { ...item, at: Date.now() / 1000, state: "sending" }]);
    box.retry(userId);
  };
  const isLost = (item) => item.isFile && !files.has(item.id);
  const next = (userId) => box.unsent(userId).find((item) => item.state === "sending");
  return box;
}
