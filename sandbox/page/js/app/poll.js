// Calls `read` about once a second while people can see the page, never twice at the same time.

const EVERY_MS = 1000;

export function pollWhileVisible(read) {
  let timer = null;
  let running = false;
  const turn = async () => {
    timer = null;
    if (running) return;
    running = true;
    try {
      await read();
    } finally {
      running = false;
      plan();
    }
  };
  const plan = () => {
    if (timer === null && document.visibilityState === "visible") timer = setTimeout(turn, EVERY_MS);
  };
  document.addEventListener("visibilitychange", plan);
  turn();
}
