// The app user's chat: a small app as a customer would have it, talking to the webhook server and to nothing else.

import { append, el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../workspace/menu.js";
import { appWords as words } from "../wording.js";
import { bubbleList } from "./bubbles.js";
import { meaning, serverLink } from "./link.js";
import { outbox } from "./outbox.js";
import { pollWhileVisible } from "./poll.js";
import { profileForm } from "./profile-form.js";
import { tokenForm } from "./token-form.js";
import { chooseUser, currentUser, displayName, forgetUser, keepUser, knownUsers } from "./users.js";

export function appChat(root) {
  const link = serverLink(() => show());
  const out = outbox({ send: (userId, text, key) => sendAs(link, userId, text, key), reasonOf, onChange: () => show() });
  const parts = frame(root, out);
  let screen = ""; // what stands below the head, so that forms are not rebuilt while someone types
  let form = null; // "new", "edit" or null: the conversation

  function show() {
    showHead(parts, link, { onForm: (which) => { form = which; show(); }, onChoose: (userId) => { chooseUser(userId); form = null; link.tokenRefused = false; show(); } });
    const user = currentUser();
    const wanted = !link.settings ? "looking" : !link.client || link.tokenRefused ? `token ${link.tokenRefused}` : form ?? (user ? `chat ${user.userId}` : "new");
    if (wanted !== screen) openScreen(wanted, user);
    if (wanted.startsWith("chat ")) parts.bubbles.show(link.messages(user.userId), out.unsent(user.userId));
    const empty = wanted.startsWith("chat ") && !link.messages(user.userId).length && !out.unsent(user.userId).length;
    parts.empty.hidden = !empty;
  }

  function openScreen(wanted, user) {
    screen = wanted;
    const chatting = wanted.startsWith("chat ");
    parts.conversation.hidden = !chatting;
    parts.composer.hidden = !chatting;
    replace(parts.form);
    if (chatting) showUser(parts, user);
    if (wanted.startsWith("token")) append(parts.form, [tokenForm({ problem: link.problem, onToken: link.setToken })]);
    if (wanted === "new") append(parts.form, [newUserForm()]);
    if (wanted === "edit") append(parts.form, [editForm(user)]);
    parts.form.hidden = !parts.form.children.length;
  }

  function newUserForm() {
    const example = knownUsers().some((user) => user.userId === words.example.userId) ? {} : words.example;
    const onSave = (profile) => save(() => link.client.introduce(profile), profile);
    return profileForm({ user: example, onSave, onCancel: knownUsers().length ? done : null });
  }

  function editForm(user) {
    const onSave = (profile) => save(() => link.client.updateUser(user.userId, profile), profile);
    return profileForm({ user, editing: true, onSave, onCancel: done });
  }

  // Answers the sentence to show when it did not work.
  async function save(call, profile) {
    try {
      const answer = await link.tell(call, { loud: true });
      keepUser({ ...profile, ...answer?.appUser, userId: profile.userId });
    } catch (error) {
      return reasonOf(error) || words.downNote(link.settings.server_url);
    }
    done();
    parts.input.focus();
    return "";
  }

  function done() {
    form = null;
    show();
  }

  start(link, out);
  show();
}

function start(link, out) {
  pollWhileVisible(async () => {
    if (!link.settings) await link.find().then(() => out.resume(), () => {});
    const user = currentUser();
    if (link.client && !link.tokenRefused) await (user ? link.read(user.userId) : link.tell(() => link.client.knock()));
  });
}

// A server that lost its data does not know the user any more: introduce them again, then send.
async function sendAs(link, userId, text, key) {
  const attempt = () => link.tell(() => link.client.sendMessage(userId, text, key), { loud: true });
  const answer = await attempt().catch(async (error) => {
    if (error.status !== 404) throw error;
    const { unsent, appUser, ...profile } = knownUsers().find((user) => user.userId === userId) ?? { userId };
    await link.tell(() => link.client.introduce(writable(profile)), { loud: true });
    return attempt();
  });
  link.add(userId, answer.message);
}

function reasonOf(error) {
  const { reachable, problem } = meaning(error);
  return reachable ? problem || error.message : "";
}

function writable({ userId, givenName, surname, email, properties }) {
  return { userId, givenName, surname, email, properties };
}

function frame(root, out) {
  const bubbles = bubbleList({ onRetry: () => out.retry(currentUser().userId) });
  const empty = el("div", { class: "empty", testid: "empty-app" });
  const input = el("textarea", { id: "app-input", class: "app-input", rows: 1, placeholder: words.placeholder, testid: "app-composer-input" });
  const send = el("button", { type: "submit", class: "app-send", "aria-label": words.send, testid: "app-composer-send" }, icon("send"));
  const write = () => {
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    fit(input);
    out.write(currentUser().userId, text);
  };
  input.addEventListener("input", () => fit(input));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write();
  });
  const parts = {
    bubbles, empty, input,
    head: el("header", { class: "app-head" }),
    banner: el("div", { class: "app-banner", role: "alert", testid: "app-banner", hidden: true }),
    form: el("div", { class: "app-form", hidden: true }),
    conversation: el("div", { class: "app-conversation", hidden: true }, empty, bubbles.node),
    composer: el("form", { class: "app-composer", hidden: true, on: { submit: (event) => { event.preventDefault(); write(); } } }, input, send),
  };
  replace(root, parts.head, parts.banner, parts.form, parts.conversation, parts.composer);
  return parts;
}

function showHead(parts, link, { onForm, onChoose }) {
  const users = knownUsers();
  const current = currentUser();
  const status = link.reachable === null ? ["waiting", words.connecting] : link.reachable ? ["good", words.connected] : ["bad", words.down];
  const print = JSON.stringify([users.map((user) => [user.userId, displayName(user)]), current?.userId, status]);
  parts.banner.hidden = link.reachable !== false && !link.problem;
  const said = link.reachable === false ? words.downNote(link.settings?.server_url ?? "") : link.problem;
  if (parts.banner.textContent !== said) parts.banner.textContent = said;
  if (parts.head.dataset.print === print) return;
  parts.head.dataset.print = print;

  const select = el("select", { id: "app-user", testid: "app-user-select", on: { change: () => onChoose(select.value) } },
    users.map((user) => el("option", { value: user.userId }, displayName(user))));
  select.value = current?.userId ?? "";
  const more = el("button", { type: "button", class: "app-more", "aria-haspopup": "menu", "aria-label": words.more, testid: "app-menu",
    on: { click: () => openMenu(more, [
      current && { label: words.editProfile, testid: "app-edit-profile", run: () => onForm("edit") },
      { label: words.newUser, testid: "app-new-user", run: () => onForm("new") },
      current && { label: words.forget, danger: true, run: () => { forgetUser(current.userId); onForm(null); } },
    ].filter(Boolean)) } }, icon("more"));
  replace(parts.head,
    el("div", { class: "app-title" }, el("h2", {}, words.title), el("span", { class: "status", role: "status", testid: "app-server-status",
      data: { status: status[0] }, title: link.settings?.server_url ?? "" }, el("span", { class: "dot", "aria-hidden": "true" }), status[1])),
    users.length > 0 && el("div", { class: "app-who" }, el("label", { for: "app-user" }, words.chooseUser), select, more));
}

function showUser(parts, user) {
  replace(parts.empty, el("h3", {}, words.emptyTitle(user.givenName || displayName(user))), el("p", {}, words.empty));
  parts.input.setAttribute("aria-label", words.messageLabel(displayName(user)));
}

function fit(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
}
