// Small line icons, drawn here so that the page needs neither fonts nor pictures from elsewhere.

const PATHS = {
  hash: "M6.5 2.5 5 13.5M11 2.5 9.5 13.5M2.8 5.8h11M2.2 10.2h11",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  archive: "M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3",
  plus: "M8 3v10M3 8h10",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  send: "M2.5 2.8 13.8 8 2.5 13.2 4.2 8zM4.2 8h5",
  close: "M4 4l8 8M12 4l-8 8",
  edit: "M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4zM9.6 4.2l2.2 2.2",
  eye: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z",
  check: "M3 8.5 6.5 12 13 4.5",
  clock: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 4.8V8l2.2 1.4",
  alert: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 5v3.6M8 11h.1",
  home: "M2.5 7.5 8 2.8l5.5 4.7M4 6.5v6.7h8V6.5",
  tools: "M3 4.5h4M11 4.5h2M3 11.5h2M9 11.5h4M9 2.8v3.4M7 9.8v3.4",
  reply: "M6.5 3.5 2.5 7.2l4 3.7M2.8 7.2H9a4.3 4.3 0 0 1 4.3 4.3v1",
  person: "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 13.5c.4-2.6 2.4-4 5.2-4s4.8 1.4 5.2 4",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  clip: "M12.8 7.2 7.6 12.4a3 3 0 0 1-4.2-4.2l5.6-5.6a2 2 0 0 1 2.8 2.8l-5.5 5.5a1 1 0 0 1-1.4-1.4l4.8-4.8",
  down: "M4 6l4 4 4-4",
  bubble:
    "M2.5 4a1.5 1.5 0 0 1 1.5-1.5h8A1.5 1.5 0 0 1 13.5 4v5a1.5 1.5 0 0 1-1.5 1.5H8l-3.5 3v-3H4A1.5 1.5 0 0 1 2.5 9z",
  bolt: "M9 1.8 3.5 9H7.5L7 14.2 12.5 7H8.5z",
};

/** A 16-unit icon; decorative, so hidden from screen readers: its button carries the name. */
export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {
    viewBox: "0 0 16 16",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.6,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    class: "icon",
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
