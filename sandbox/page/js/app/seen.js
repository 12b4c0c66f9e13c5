// Tells the server that an agent's reply was seen: once for each, while people can see the conversation.

const HALF = 0.5; // in a narrow window the conversation may be below the edge

/** `node` holds the conversation. `show(userId, messages)`: what stands in it; `tell()` looks whether to tell. */
export function seenTeller(link, node) {
  const told = new Map(); // userId -> _id of the newest reply that the server knows to be read
  let shown = null;
  let inSight = false;

  async function tell() {
    if (!inSight || document.visibilityState !== "visible" || !shown?.reply) return;
    const { userId, reply } = shown;
    if (told.get(userId) === reply) return;
    told.set(userId, reply);
    await link.tell(() => link.client.markRead(userId), { loud: true }).catch((error) => {
      if (error.status === undefined) told.delete(userId); // it did not answer: told again later
    });
  }

  const watcher = new IntersectionObserver(
    (entries) => {
      inSight = entries.at(-1).intersectionRatio >= HALF;
      tell();
    },
    { threshold: HALF },
  );
  watcher.observe(node);
  document.addEventListener("visibilitychange", tell);
  return {
    tell,
    show(userId, messages) {
      shown = { userId, reply: messages.findLast((message) => message.role === "appMaker")?._id };
      tell();
    },
  };
}
