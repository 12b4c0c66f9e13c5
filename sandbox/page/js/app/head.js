// The head of the app user's chat: who writes, whether the server answers, and what is wrong with it.

import { el, replace } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../workspace/menu.js";
import { appWords as words } from "../wording.js";
import { currentUser, displayName, knownUsers } from "./users.js";

/** Fills head and banner; `onForm("new" | "edit")`, `onChoose(userId)` and `onForget(userId)` are its wishes. */
export function fillHead(parts, link, wishes) {
  showBanner(parts.banner, link);
  const users = knownUsers();
  const current = currentUser();
  const print = JSON.stringify([
    users.map((user) => [user.userId, displayName(user)]),
    current?.userId,
    link.reachable,
  ]);
  if (parts.head.dataset.print === print) return;
  parts.head.dataset.print = print;
  replace(
    parts.head,
    el("div", { class: "app-title" }, el("h2", {}, words.title), serverStatus(link)),
    users.length > 0 && userLine(users, current, wishes),
  );
}

function showBanner(banner, link) {
  const text = link.reachable === false ? words.downNote(link.settings?.server_url ?? "") : problemOf(link);
  banner.hidden = !text;
  if (banner.textContent !== text) banner.textContent = text;
}

// A refused token is explained where it is asked for anew.
function problemOf(link) {
  return link.tokenRefused ? "" : link.problem;
}

function serverStatus(link) {
  const [status, text] =
    link.reachable === null
      ? ["waiting", words.connecting]
      : link.reachable
        ? ["good", words.connected]
        : ["bad", words.down];
  const dot = el("span", { class: "dot", "aria-hidden": "true" });
  const title = link.settings?.server_url ?? "";
  return el(
    "span",
    { class: "status", role: "status", testid: "app-server-status", data: { status }, title },
    dot,
    text,
  );
}

function userLine(users, current, { onForm, onChoose, onForget }) {
  const select = el(
    "select",
    { id: "app-user", testid: "app-user-select", on: { change: () => onChoose(select.value) } },
    users.map((user) => el("option", { value: user.userId }, displayName(user))),
  );
  select.value = current.userId;
  const more = el(
    "button",
    { type: "button", class: "app-more", "aria-haspopup": "menu", "aria-label": words.more, testid: "app-menu" },
    icon("more"),
  );
  more.addEventListener("click", () =>
    openMenu(more, [
      { label: words.editProfile, testid: "app-edit-profile", run: () => onForm("edit") },
      { label: words.newUser, testid: "app-new-user", run: () => onForm("new") },
      { label: words.forget, danger: true, run: () => onForget(current.userId) },
    ]),
  );
  return el("div", { class: "app-who" }, el("label", { for: "app-user" }, words.chooseUser), select, more);
}
