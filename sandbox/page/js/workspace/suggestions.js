// What the composer offers while one types "/", "@" or "#": arrow keys choose, Tab or Enter takes, Escape closes.

import { el, replace } from "../dom.js";
import { nameOf, state } from "../state.js";
import { words } from "../wording.js";
import { visible } from "./channels.js";

const SHOWN = 6;

/** {node, update(), handle(event)}; `onChosen()` runs after an offer went into the input. */
export function suggestions(input, { onChosen }) {
  const node = listbox(input);
  let offers = [];
  let at = 0;

  const show = () => {
    node.hidden = !offers.length;
    replace(
      node,
      offers.map((offer, index) => option(offer, index, { selected: index === at, onTake: () => take(index) })),
    );
    if (offers.length) input.setAttribute("aria-activedescendant", `suggestion-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    offers = [];
    show();
  };
  const take = (index) => {
    const { start, text } = offers[index];
    input.setRangeText(`${text} `, start, input.selectionStart, "end");
    close();
    onChosen();
  };
  input.addEventListener("blur", close);
  return {
    node,
    update() {
      offers = document.activeElement === input ? offersAt(input.value.slice(0, input.selectionStart)) : [];
      at = 0;
      show();
    },
    /** True when the key was for the list. */
    handle(event) {
      const wish = offers.length && wishOf(event, offers[at], input);
      if (!wish) return false;
      event.preventDefault();
      if (wish === "take") take(at);
      else if (wish === "close") close();
      else {
        at = (at + wish + offers.length) % offers.length;
        show();
      }
      return true;
    },
  };
}

// "take", "close", a step, or null. A command typed in full is sent by Enter, not completed.
function wishOf(event, offer, input) {
  const complete = offer.text === input.value.slice(offer.start, input.selectionStart);
  if (event.shiftKey) return null;
  if (event.key === "Tab" || (event.key === "Enter" && !complete)) return "take";
  if (event.key === "Escape") return "close";
  return { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? null;
}

function listbox(input) {
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "suggestions");
  return el("ul", {
    class: "suggestions",
    role: "listbox",
    id: "suggestions",
    hidden: true,
    "aria-label": words.suggestions,
    testid: "suggestions",
  });
}

function option(offer, index, { selected, onTake }) {
  const pointerdown = (event) => {
    event.preventDefault(); // the input keeps the focus
    onTake();
  };
  return el(
    "li",
    {
      id: `suggestion-${index}`,
      role: "option",
      "aria-selected": String(selected),
      class: "suggestion",
      testid: "suggestion",
      on: { pointerdown },
    },
    el("strong", {}, offer.text),
    offer.usage && el("code", {}, offer.usage),
    el("span", {}, offer.note),
  );
}

function offersAt(before) {
  if (/^\/\S*$/.test(before)) {
    const known = commands().filter((offer) => offer.text.startsWith(before));
    return known.map((offer) => ({ ...offer, start: 0 }));
  }
  const name = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!name) return [];
  const start = before.length - name[2].length - 1;
  const wanted = name[2].toLowerCase();
  const suits = (offer) => `${offer.text} ${offer.note}`.toLowerCase().includes(wanted);
  const known = (name[1] === "@" ? people() : channels()).filter(suits);
  return known.slice(0, SHOWN).map((offer) => ({ ...offer, start }));
}

function commands() {
  return state.commands.map((one) => ({ text: one.command, usage: one.usage_hint, note: one.description ?? "" }));
}

function channels() {
  return visible().map((channel) => ({ text: `#${channel.name}`, note: "" }));
}

function people() {
  const persons = [...state.people.values()].map((person) => ({ text: `@${person.name}`, note: nameOf(person.id) }));
  return [...persons, ...["channel", "here"].map((name) => ({ text: `@${name}`, note: words.notifiesAll }))];
}
