// Block Kit's elements: buttons, menus, pictures and the fields people fill in.

import { ask } from "../workspace/dialog.js";
import { el, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { words } from "../wording.js";
import { openMenu } from "../workspace/menu.js";
import { chosenIn, controlFor } from "./controls.js";
import { plainString } from "./mrkdwn.js";
import { textObject } from "./mrkdwn-view.js";

/** An element in a section, actions or context block; using it acts at once. */
export function element(part, blockId, doing) {
  if (part.type === "button" || part.type === "workflow_button") return button(part, blockId, doing);
  if (part.type === "overflow") return overflow(part, blockId, doing);
  if (part.type === "image") return picture(part);
  const made = field(part, blockId);
  made.control.setAttribute("aria-label", (plainString(part.placeholder) || part.action_id) ?? words.choose);
  made.control.addEventListener("change", () =>
    confirmThen(part, () => doing.act(blockId, part, chosenIn(made.read()))),
  );
  doing.fields?.set(`${blockId} ${part.action_id}`, {
    ...made,
    blockId,
    actionId: part.action_id,
    optional: true,
    showError: () => {},
  });
  return made.node;
}

/** A field of an input block: {node, control, group, read()}; `read` answers the element's part of the view's state. */
export function field(part, blockId) {
  const made = controlFor(part);
  made.control.dataset.testid = "block-field";
  made.control.dataset.actionId = part.action_id ?? "";
  made.control.dataset.blockId = blockId ?? "";
  return made;
}

function button(part, blockId, doing) {
  const node = el(
    "button",
    {
      type: "button",
      class: `block-button ${part.style ? `block-button-${part.style}` : ""}`,
      testid: "block-button",
      "aria-label": part.accessibility_label,
      data: { actionId: part.action_id ?? "", blockId: blockId ?? "" },
    },
    textObject({ ...part.text, type: "plain_text" }),
  );
  node.addEventListener("click", () =>
    confirmThen(part, async () => {
      if (part.url) follow(part.url);
      node.disabled = true;
      node.setAttribute("aria-busy", "true");
      try {
        await doing.act(blockId, part, part.value);
      } finally {
        node.disabled = false;
        node.removeAttribute("aria-busy");
      }
    }),
  );
  return node;
}

/** Slack's own links into a workspace open the channel here, as they do in Slack's clients. */
function follow(url) {
  const href = safeUrl(url);
  const [, channel] = /^https:\/\/slack\.com\/app_redirect\?channel=(C[A-Z0-9]+)/.exec(href ?? "") ?? [];
  if (channel) dispatchEvent(new CustomEvent("open-channel", { detail: channel }));
  else if (href) open(href, "_blank", "noopener");
}

function overflow(part, blockId, doing) {
  const node = el(
    "button",
    {
      type: "button",
      class: "block-button icon-button",
      "aria-label": words.moreChoices,
      "aria-haspopup": "menu",
      testid: "block-overflow",
      data: { actionId: part.action_id ?? "", blockId: blockId ?? "" },
    },
    icon("more"),
  );
  node.addEventListener("click", () =>
    openMenu(
      node,
      (part.options ?? []).map((option) => ({
        label: plainString(option.text),
        run: () => confirmThen(part, () => doing.act(blockId, part, option.value)),
      })),
    ),
  );
  return node;
}

function picture(part) {
  const src = safeUrl(part.image_url, ["http:", "https:"]);
  if (!src) return el("span", { class: "context-text" }, part.alt_text ?? "");
  const image = el("img", { class: "element-image", src, alt: part.alt_text ?? "" });
  image.addEventListener("error", () => image.classList.add("broken"));
  return image;
}

async function confirmThen(part, run) {
  if (
    part.confirm &&
    !(await ask({
      title: plainString(part.confirm.title),
      body: textObject(part.confirm.text),
      yes: plainString(part.confirm.confirm),
      no: plainString(part.confirm.deny),
      danger: part.confirm.style === "danger",
    }))
  )
    return;
  await run();
}
