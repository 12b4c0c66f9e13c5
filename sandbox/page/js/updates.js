// Follows GET /_sandbox/updates. EventSource reconnects by itself; after each (re)connection everything is read anew.

const RECONNECT_MS = 1000;

/** `onUpdate({type, …})` for each event, `onConnected()` to read everything, `onLost()` when it breaks off. */
export function follow({ onUpdate, onConnected, onLost }) {
  const source = new EventSource("/_sandbox/updates");
  source.onopen = onConnected;
  source.onmessage = (event) => onUpdate(JSON.parse(event.data));
  source.onerror = () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow({ onUpdate, onConnected, onLost }), RECONNECT_MS);
  };
  addEventListener("pagehide", () => source.close());
}
