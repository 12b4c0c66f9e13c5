// What the composer offers while one types "/", "@" or "#": arrow keys choose, Tab or Enter takes, Escape closes.

import { el, replace } from "../dom.js";
import { nameOf, state } from "../state.js";
import { words } from "../wording.js";
import { visible } from "./channels.js";

const SHOWN = 6;

export function suggestions(input, { onChosen }) {
  const node = el("ul", { class: "suggestions", role: "listbox", id: "suggestions", hidden: true, "aria-label": words.suggestions,
    testid: "suggestions" });
  let offers = [];
  let at = 0;
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "suggestions");

  const show = () => {
    node.hidden = !offers.length;
    replace(node, offers.map((offer, index) => el("li", {
      id: `suggestion-${index}`, role: "option", "aria-selected": String(index === at), class: "suggestion", testid: "suggestion",
      on: { pointerdown: (event) => { event.preventDefault(); take(index); } },
    }, el("strong", {}, offer.text), offer.usage && el("code", {}, offer.usage), el("span", {}, offer.note))));
    if (offers.length) input.setAttribute("aria-activedescendant", `suggestion-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { offers = []; show(); };
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
    /** True when the key was for the list. A command typed in full is sent by Enter, not completed. */
    handle(event) {
      if (!offers.length) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const complete = offers[at].text === input.value.slice(offers[at].start, input.selectionStart);
      if (step) at = (at + step + offers.length) % offers.length;
      else if (event.key === "Escape") offers = [];
      else if (event.key === "Tab" && !event.shiftKey || (event.key === "Enter" && !event.shiftKey && !complete)) {
        event.preventDefault();
        take(at);
        return true;
      } else return false;
      event.preventDefault();
      show();
      return true;
    },
  };
}

function offersAt(before) {
  const command = /^\/(\S*)$/.exec(before);
  if (command) return commands().filter((offer) => offer.text.startsWith(before)).map((offer) => ({ ...offer, start: 0 }));
  const mention = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!mention) return [];
  const start = before.length - mention[2].length - 1;
  const all = mention[1] === "@" ? people() : visible().map((channel) => ({ text: `#${channel.name}`, note: "" }));
  const wanted = mention[2].toLowerCase();
  return all.filter((offer) => `${offer.text} ${offer.note}`.toLowerCase().includes(wanted)).slice(0, SHOWN).map((offer) => ({ ...offer, start }));
}

function commands() {
  return state.commands.map((one) => ({ text: one.command, usage: one.usage_hint, note: one.description ?? "" }));
}

function people() {
  const broadcasts = ["channel", "here"].map((name) => ({ text: `@${name}`, note: words.notifiesAll }));
  return [...[...state.people.values()].map((person) => ({ text: `@${person.name}`, note: nameOf(person.id) })), ...broadcasts];
}
