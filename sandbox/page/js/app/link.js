// The line to the webhook server: address, token, whether it answers, and what each conversation holds.

import { sandbox } from "../api.js";
import { appWords as words } from "../wording.js";
import { appClient, Refused, ServerAway } from "./client.js";

const TOKEN = "sandbox.app.token";

/** `onChange()` runs whenever something that people see changed. */
export function serverLink(onChange) {
  const conversations = new Map(); // userId -> {messages: Map(_id -> message), after: float seconds or null}
  const link = {
    settings: null, // {server_url, app_id, app_token}
    client: null,
    reachable: null, // null: not asked yet
    problem: "",
    tokenRefused: false,

    /** Asks the sandbox where the server is; a token that it does not know may have been typed in earlier. */
    async find() {
      const settings = await sandbox.app();
      useToken({ ...settings, app_token: settings.app_token ?? localStorage.getItem(TOKEN) });
    },
    setToken(token) {
      localStorage.setItem(TOKEN, token);
      useToken({ ...link.settings, app_token: token });
    },
    conversation(userId) {
      if (!conversations.has(userId)) conversations.set(userId, { messages: new Map(), after: null });
      return conversations.get(userId);
    },
    messages: (userId) =>
      [...link.conversation(userId).messages.values()].sort((one, other) => one.received - other.received),

    /** Reads what is new; answers whether the server told everything. */
    async read(userId) {
      const conversation = link.conversation(userId);
      let added = 0;
      let page;
      for (let more = true; more;) {
        page = await link.tell(() => readPage(userId, conversation));
        for (const message of page?.messages ?? []) {
          if (!conversation.messages.has(message._id)) added += 1;
          conversation.messages.set(message._id, message);
          conversation.after = Math.max(conversation.after ?? 0, message.received);
        }
        more = Boolean(page?.next && page.messages.length);
      }
      if (added) onChange();
      return Boolean(page);
    },
    /** Takes in a message that came over the stream. */
    hear(userId, message) {
      link.add(userId, message);
      onChange();
    },
    /** What the server does not have any more is not shown any more. */
    forget(userId) {
      if (conversations.delete(userId)) onChange();
    },
    // One's own answer does not move `after`: a reply that came just before it must still be read.
    add(userId, message) {
      link.conversation(userId).messages.set(message._id, message);
    },
    /** Runs one call and keeps in mind how the server fared; errors answer undefined unless `loud`. */
    async tell(call, { loud = false } = {}) {
      try {
        const answer = await call();
        learn({ reachable: true, problem: "", tokenRefused: false });
        return answer;
      } catch (error) {
        learn(meaning(error));
        if (loud) throw error;
        return undefined;
      }
    },
  };

  // Who is not known there was erased, and so was what they wrote.
  async function readPage(userId, conversation) {
    try {
      return await link.client.readMessages(userId, conversation.after);
    } catch (error) {
      if (error.status === 404 && conversation.messages.size) link.forget(userId);
      throw error;
    }
  }

  function useToken(settings) {
    link.settings = settings;
    link.client = settings.app_token ? appClient(settings) : null;
    link.tokenRefused = false;
    link.problem = "";
    onChange();
  }

  function learn(news) {
    const same = Object.entries(news).every(([key, value]) => link[key] === value);
    Object.assign(link, news);
    if (!same) onChange();
  }

  return link;
}

/** What an error of the App API means for the person at this page. */
export function meaning(error) {
  if (error instanceof ServerAway) return { reachable: false };
  if (!(error instanceof Refused)) throw error;
  if (error.status === 404) return { reachable: true };
  if (error.status === 401) return { reachable: true, tokenRefused: true, problem: words.tokenRefused(error.message) };
  return { reachable: true, problem: words.serverSaid(error.status, error.message) };
}
