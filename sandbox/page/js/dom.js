// Builds DOM nodes. Text only ever becomes a text node here; there is no way to hand in markup.

/**
 * el("button", {class: "quiet", testid: "send", on: {click: send}}, "Send")
 * `on` adds listeners, `testid` sets data-testid, `data` sets data-*, true/false/null attributes behave as in JSX.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** Makes `parent` hold exactly `entries` [{key, print, build}], keeping nodes whose print did not change. */
export function reconcile(parent, entries) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = entries.map(({ key, print, build }) => {
    const known = old.get(key);
    if (known && known.dataset.print === print) return known;
    const node = build(known);
    node.dataset.key = key;
    node.dataset.print = print;
    return node;
  });
  const wanted = new Set(nodes);
  for (const node of [...parent.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

/** Arrow keys, Home and End move the focus among the elements that match `selector`. */
export function moveWithArrows(container, selector, { horizontal = false } = {}) {
  const [back, forth] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  container.addEventListener("keydown", (event) => {
    const items = [...container.querySelectorAll(selector)].filter((item) => item.offsetParent !== null);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { [back]: at - 1, [forth]: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  });
}

/** Only web and mail addresses become links or pictures; anything else (javascript:, data:) does not. */
export function safeUrl(url, schemes = ["http:", "https:", "mailto:", "tel:"]) {
  try {
    const parsed = new URL(url);
    return schemes.includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") Object.assign(node.style, value);
  else if (name === "testid") node.dataset.testid = value;
  else if (name === "value") node.value = value;
  else if (/^on/i.test(name) || /html$/i.test(name)) throw new TypeError(`el() takes no ${name}`);
  else node.setAttribute(name, value === true ? "" : String(value));
}
