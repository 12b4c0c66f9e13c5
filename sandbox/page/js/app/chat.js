// The app user's chat: a small app as a customer would have it, talking to the webhook server and to nothing else.

import { appWords as words } from "../wording.js";
import { fillHead } from "./head.js";
import { meaning, serverLink } from "./link.js";
import { outbox } from "./outbox.js";
import { pollWhileVisible } from "./poll.js";
import { profileForm } from "./profile-form.js";
import { layOut } from "./layout.js";
import { seenTeller } from "./seen.js";
import { streamOf } from "./stream.js";
import { tokenForm } from "./token-form.js";
import { typingTeller } from "./typing.js";
import { chooseUser, currentUser, forgetUser, keepUser, knownUsers } from "./users.js";

export function appChat(root) {
  const link = serverLink(() => show());
  const out = outbox({
    send: (userId, what, key) => sendAs(link, userId, what, key),
    reasonOf,
    onChange: () => show(),
  });
  const typing = typingTeller((type) => {
    const user = currentUser(); // by the time it is told, somebody else may be
    return () => user && link.client.tellTyping(user.userId, type);
  });
  const parts = layOut(root, {
    onType: typing.typed,
    onWrite: (text) => out.write(currentUser().userId, text),
    onAttach: (file) => out.attach(currentUser().userId, file),
    onRetry: () => out.retry(currentUser().userId),
  });
  const seen = seenTeller(link, parts.conversation);
  let wish = null; // "new" or "edit" while somebody asked for that form
  let screen = ""; // what stands below the head now; forms are not rebuilt while somebody types into them

  function show() {
    const user = currentUser();
    fillHead(parts, link, { onForm: ask, onChoose: choose, onForget: forget });
    const wanted = wantedScreen(link, user, wish);
    if (wanted !== screen) openScreen(wanted, user);
    if (!wanted.startsWith("chat ")) return;
    const messages = link.messages(user.userId);
    parts.showConversation(user, messages, out.unsent(user.userId));
    seen.show(user.userId, messages);
  }

  function openScreen(wanted, user) {
    screen = wanted;
    const forms = {
      token: () => tokenForm({ problem: link.problem, onToken: link.setToken }),
      new: () => newUserForm(),
      edit: () =>
        profileForm({
          user,
          editing: true,
          onSave: (profile) => save(() => link.client.updateUser(user.userId, profile), profile),
          onCancel: () => ask(null),
        }),
    };
    parts.showForm(forms[wanted]?.() ?? null, { chatting: wanted.startsWith("chat ") });
  }

  function newUserForm() {
    const exampleIsTaken = knownUsers().some((user) => user.userId === words.example.userId);
    return profileForm({
      user: exampleIsTaken ? {} : words.example,
      onSave: (profile) => save(() => link.client.introduce(profile), profile),
      onCancel: knownUsers().length ? () => ask(null) : null,
    });
  }

  // Answers the sentence to show when it did not work.
  async function save(call, profile) {
    try {
      const answer = await link.tell(call, { loud: true });
      keepUser({ ...profile, ...answer?.appUser, userId: profile.userId });
    } catch (error) {
      return reasonOf(error) || words.downNote(link.settings.server_url);
    }
    ask(null);
    parts.input.focus();
    return "";
  }

  function ask(form) {
    wish = form;
    show();
  }

  function choose(userId) {
    typing.stop();
    chooseUser(userId);
    link.tokenRefused = false; // it may have been about the other one
    ask(null);
  }

  function forget(userId) {
    typing.stop();
    forgetUser(userId);
    ask(null);
  }

  keepReading(link, out, seen);
  show();
}

function wantedScreen(link, user, wish) {
  if (!link.settings) return "looking";
  if (!link.client || link.tokenRefused) return "token";
  return wish ?? (user ? `chat ${user.userId}` : "new");
}

function keepReading(link, out, seen) {
  const stream = streamOf((userId, event) => takeEvent(link, userId, event));
  pollWhileVisible(async () => {
    if (!link.settings)
      await link.find().then(
        () => out.resume(),
        () => {},
      );
    if (!link.client || link.tokenRefused) return;
    const user = currentUser();
    await (user ? readUnlessHeard(link, stream, user.userId) : link.tell(() => link.client.knock()));
    await seen.tell();
  });
}

// While the stream is open nothing has to be asked for, but once: what came before it opened.
async function readUnlessHeard(link, stream, userId) {
  const line = stream.follow(link.client, userId);
  const { isOpen } = line;
  if (isOpen && line.caughtUp) return;
  const isAllRead = await link.read(userId);
  line.caughtUp = isOpen && isAllRead;
}

function takeEvent(link, userId, event) {
  if (event.message) link.hear(userId, event.message);
  if (event.type !== "reset") return;
  link.forget(userId);
  link.read(userId);
}

// A server that lost its data does not know the user any more: introduce them again, then send.
async function sendAs(link, userId, what, key) {
  const send = () =>
    what instanceof File ? link.client.sendFile(userId, what, key) : link.client.sendMessage(userId, what, key);
  const attempt = () => link.tell(send, { loud: true });
  const answer = await attempt().catch(async (error) => {
    if (error.status !== 404) throw error;
    const { givenName, surname, email, properties } = knownUsers().find((user) => user.userId === userId) ?? {};
    const profile = { userId, givenName, surname, email, properties };
    await link.tell(() => link.client.introduce(profile), { loud: true });
    return attempt();
  });
  link.add(userId, answer.message);
}

function reasonOf(error) {
  const { reachable, problem } = meaning(error);
  return reachable ? problem || error.message : "";
}
