// The server's stream of one app user, while people can see the page: what happens comes by itself.

const SILENCE_MS = 30_000; // the server says something every 15 seconds
const REOPEN_MS = 1000;
const WITHOUT_MS = 10_000;

/** `onEvent(userId, {type, …})` hears what happens. */
export function streamOf(onEvent) {
  const lastIds = new Map(); // userId -> ID of the last event that was heard
  const none = { isOpen: false, caughtUp: false };
  let line = null;
  let notBefore = 0;

  /** The line to this user: {isOpen, caughtUp}; opens it where there is none. */
  function follow(client, userId) {
    if (line && (line.client !== client || line.userId !== userId)) close();
    if (!line && performance.now() >= notBefore) open(client, userId);
    return line ?? none;
  }

  function close() {
    line?.control.abort();
    line = null;
    notBefore = 0;
  }

  async function open(client, userId) {
    const own = { client, userId, control: new AbortController(), isOpen: false, caughtUp: false };
    line = own;
    await hear(own).catch(() => {}); // the next reading of the messages tells what is wrong
    own.control.abort();
    if (line !== own) return;
    line = null;
    notBefore = performance.now() + (own.isOpen ? REOPEN_MS : WITHOUT_MS);
  }

  async function hear(own) {
    let silence = setTimeout(() => own.control.abort(), SILENCE_MS);
    try {
      const body = await own.client.openStream(own.userId, lastIds.get(own.userId), own.control.signal);
      own.isOpen = true;
      for await (const blocks of blocksOf(body)) {
        clearTimeout(silence);
        silence = setTimeout(() => own.control.abort(), SILENCE_MS);
        for (const block of blocks) take(own, block);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  function take(own, block) {
    const field = (name) => block.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
    const data = field("data");
    if (data && line === own) tell(own, JSON.parse(data));
    const id = field("id");
    if (id) lastIds.set(own.userId, id);
  }

  function tell(own, event) {
    if (event.type === "reset") own.caughtUp = false;
    onEvent(own.userId, event);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") close(); // browsers hold few connections to one server
  });
  return { follow };
}

async function* blocksOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const blocks = (rest + piece.value).split("\n\n");
    rest = blocks.pop();
    yield blocks;
  }
}
