// The channel on screen stands in the address, /#C…: a permalink opens its channel, and a reload stays where one was.

import { isMember, state, watch } from "./state.js";
import { visible } from "./workspace/channels.js";

/** The channel that the address asks for, if the acting person sees it. */
export function channelInAddress() {
  const id = location.hash.slice(1);
  const own = state.channels.filter((channel) => isMember(channel));
  return [...visible(), ...own].find((channel) => channel.id === id);
}

export function followAddress() {
  addEventListener("hashchange", () => {
    const channel = channelInAddress();
    if (channel) dispatchEvent(new CustomEvent("open-channel", { detail: channel.id }));
  });
  watch(["place"], ({ place }) => {
    if (place.id) history.replaceState(null, "", `#${place.id}`);
  });
}
