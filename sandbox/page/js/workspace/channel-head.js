// The head of the channel on screen: name, topic, members, and what a person can do with the channel.

import { sandbox } from "../api.js";
import { el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { change, currentChannel, isMember, nameOf, state, titleOf, watch } from "../state.js";
import { words } from "../wording.js";
import { ask, askChoice, askText } from "./dialog.js";
import { openMenu } from "./menu.js";
import { report } from "./toast.js";

export function channelHead(root) {
  watch(["channels", "place", "people", "actingAs", "bot"], () => {
    const channel = currentChannel();
    if (state.place.kind === "home")
      return replace(root, el("h2", { class: "channel-title" }, words.homeOf(state.bot?.name ?? words.theApp)));
    return replace(root, channel ? heading(channel) : el("h2", { class: "channel-title" }, " "));
  });
}

function heading(channel) {
  const actions = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-haspopup": "menu",
      "aria-label": words.channelActions,
      testid: "channel-actions",
      on: { click: () => openMenu(actions, choices(channel)) },
    },
    icon("more"),
  );
  const members = (channel.members ?? []).map(nameOf);
  return [
    el(
      "div",
      { class: "channel-title-line" },
      el(
        "h2",
        { class: "channel-title", testid: "channel-title" },
        icon(channel.is_im ? "bubble" : channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash", 18),
        el("span", { title: titleOf(channel) }, titleOf(channel)),
      ),
      channel.is_archived && el("span", { class: "tag" }, words.archived),
      topicOf(channel) && el("p", { class: "channel-topic", title: topicOf(channel) }, topicOf(channel)),
    ),
    el(
      "span",
      {
        class: "member-count",
        title: members.join(", "),
        testid: "member-count",
        "aria-label": `${words.members(members.length)}: ${members.join(", ")}`,
      },
      icon("person"),
      members.length,
    ),
    !channel.is_im && actions,
  ];
}

function topicOf(channel) {
  const value = (field) => (typeof field === "string" ? field : (field?.value ?? ""));
  return value(channel.topic) || value(channel.purpose);
}

function choices(channel) {
  const act = (op, more = {}) =>
    report(sandbox.changeChannel({ user: state.actingAs, channel: channel.id, op, ...more }));
  if (channel.is_archived)
    return [{ label: words.unarchive, run: () => act("unarchive"), testid: "channel-unarchive" }];
  const member = isMember(channel);
  return [
    member ? { label: words.leave, run: () => act("leave") } : { label: words.join, run: () => act("join") },
    { label: words.invite, run: () => inviteSomeone(channel, act) },
    { label: words.removeSomeone, run: () => removeSomeone(channel, act) },
    { label: words.rename, run: () => rename(channel, act) },
    !channel.is_private && { label: words.makePrivate, run: () => act("convert_to_private") },
    { label: words.archiveChannel, run: () => act("archive"), testid: "channel-archive-it" },
    { label: words.deleteChannel, danger: true, run: () => remove(channel, act) },
  ].filter(Boolean);
}

async function inviteSomeone(channel, act) {
  const target = await choosePerson(words.invite, (id) => !isMember(channel, id));
  if (target) await act("invite", { target });
}

async function removeSomeone(channel, act) {
  const target = await choosePerson(words.removeSomeone, (id) => isMember(channel, id));
  if (target) await act("kick", { target });
}

function choosePerson(title, suits) {
  const options = [...state.people.values()]
    .filter((person) => suits(person.id) && person.id !== "USLACKBOT")
    .map((person) => ({ value: person.id, label: nameOf(person.id) }));
  return askChoice({ title, label: words.person, options, yes: title });
}

async function rename(channel, act) {
  const name = await askText({ title: words.rename, label: words.channelNameLabel, value: channel.name });
  if (name) await act("rename", { name });
}

async function remove(channel, act) {
  const sure = await ask({
    title: words.deleteChannel,
    body: words.deleteChannelSure(channel.name),
    yes: words.deleteChannel,
    danger: true,
  });
  if (sure && (await act("delete"))) change({ place: { kind: "channel", id: null } });
}
