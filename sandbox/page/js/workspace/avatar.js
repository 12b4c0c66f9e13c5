// Square portraits: a picture where there is one, else initials on a colour of the name: the same here and in the app.

import { el, safeUrl } from "../dom.js";
import { emojiFor } from "../slack/emoji.js";

const HUES = [262, 205, 152, 28, 338, 186, 92, 238, 8, 300];

/** `url` or `emoji` (":wave:") replace the initials where given. */
export function avatar(name, { url, emoji, size = "" } = {}) {
  const node = el("span", { class: `avatar ${size}`, "aria-hidden": "true" });
  const character = emoji && emojiFor(emoji.replaceAll(":", ""));
  const src = pictureAt(url);
  node.style.setProperty("--hue", String(HUES[hash(name) % HUES.length]));
  node.append(character ?? initials(name));
  if (src) {
    const image = el("img", { src, alt: "" });
    image.addEventListener("error", () => image.remove());
    node.append(image);
  }
  return node;
}

// Hosts under .example never resolve (RFC 2606): the sandbox's own people have such pictures.
function pictureAt(url) {
  const src = url ? safeUrl(url, ["http:", "https:"]) : null;
  return src && !new URL(src).hostname.endsWith(".example") ? src : null;
}

function initials(name) {
  const parts = String(name ?? "")
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => [...(part ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

function hash(text) {
  return [...String(text)].reduce((sum, character) => (sum * 53 + character.codePointAt(0)) >>> 0, 7);
}
