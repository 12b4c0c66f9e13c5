// Tells the server while somebody types, and when they stopped.

const TELL_EVERY_MS = 4000; // the server takes typing to be over after ten seconds
const IDLE_MS = 6000;

/** `prepare("typing:start" | "typing:stop")` answers a function that tells it; it runs once the one before is done. */
export function typingTeller(prepare) {
  let toldAt = null;
  let idle = null;
  let line = Promise.resolve();

  function say(type) {
    line = line.then(prepare(type)).catch(() => {}); // nobody misses it: the next one tells as much
  }

  function stop() {
    clearTimeout(idle);
    if (toldAt === null) return;
    toldAt = null;
    say("typing:stop");
  }

  return {
    /** What stands in the box now. */
    typed(text) {
      if (!text.trim()) return stop();
      clearTimeout(idle);
      idle = setTimeout(stop, IDLE_MS);
      if (toldAt !== null && performance.now() - toldAt < TELL_EVERY_MS) return undefined;
      toldAt = performance.now();
      return say("typing:start");
    },
    stop,
  };
}
