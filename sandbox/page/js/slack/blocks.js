// Block Kit layouts as nodes. What is done with buttons and inputs is the caller's: see `Doing` below.
//
// Doing = {act(blockId, element, chosen value): Promise, fields: Map or null}. `fields` collects a modal's inputs:
// "blockId actionId" -> {read(), showError(text)}; without it inputs act at once, as they do in a message.

import { el, safeUrl } from "../dom.js";
import { words } from "../wording.js";
import { chosenIn } from "./controls.js";
import { element, field } from "./elements.js";
import { mrkdwn, textObject } from "./mrkdwn-view.js";
import { richText } from "./rich-text.js";

/** All of a message's or view's blocks. */
export function renderBlocks(blocks, doing) {
  return el(
    "div",
    { class: "blocks" },
    blocks.map((block) => renderBlock(block, doing)),
  );
}

function renderBlock(block, doing) {
  const build = LAYOUTS[block.type];
  const node = build ? build(block, doing) : el("p", { class: "block block-unknown" }, words.unknownBlock(block.type));
  node.dataset.blockId = block.block_id ?? "";
  node.dataset.testid = `block-${block.type}`;
  return node;
}

const LAYOUTS = {
  section,
  context,
  actions,
  image,
  input,
  rich_text: richText,
  divider: () => el("hr", { class: "block block-divider" }),
  header: (block) => el("h3", { class: "block block-header" }, textObject({ ...block.text, type: "plain_text" })),
  markdown: (block) => el("div", { class: "block block-section" }, mrkdwn(block.text)),
};

function section(block, doing) {
  const body = el(
    "div",
    { class: "section-words" },
    block.text && el("div", { class: "section-text" }, textObject(block.text)),
    block.fields &&
      el(
        "div",
        { class: "section-fields" },
        block.fields.map((one) => el("div", { class: "section-field" }, textObject(one))),
      ),
  );
  return el(
    "div",
    { class: "block block-section" },
    body,
    block.accessory && el("div", { class: "section-accessory" }, element(block.accessory, block.block_id, doing)),
  );
}

function context(block, doing) {
  return el(
    "div",
    { class: "block block-context" },
    (block.elements ?? []).map((part) =>
      part.type === "image"
        ? element(part, block.block_id, doing)
        : el("div", { class: "context-text" }, textObject(part)),
    ),
  );
}

function actions(block, doing) {
  return el(
    "div",
    { class: "block block-actions" },
    (block.elements ?? []).map((part) => element(part, block.block_id, doing)),
  );
}

function image(block) {
  const own = block.slack_file?.id && `/_sandbox/files/${encodeURIComponent(block.slack_file.id)}`;
  const src = own ?? safeUrl(block.image_url ?? block.slack_file?.url, ["http:", "https:"]);
  return el(
    "figure",
    { class: "block block-image" },
    block.title && el("figcaption", {}, textObject(block.title)),
    src ? el("img", { src, alt: block.alt_text ?? "" }) : el("span", {}, block.alt_text ?? ""),
  );
}

function input(block, doing) {
  const made = field(block.element, block.block_id);
  const error = el("p", { class: "field-error", role: "alert", hidden: true, testid: "field-error" });
  const label = el(
    "label",
    { for: made.control.id, class: "field-label", id: `${made.control.id}-label` },
    textObject(block.label),
    block.optional && el("span", { class: "optional" }, ` ${words.optional}`),
  );
  if (made.group) made.control.setAttribute("aria-labelledby", label.id);
  if (!block.optional) made.control.setAttribute("aria-required", "true");
  const act = () => doing.act(block.block_id, block.element, chosenIn(made.read()));
  if (block.dispatch_action || !doing.fields) made.control.addEventListener("change", act);
  doing.fields?.set(`${block.block_id} ${block.element.action_id}`, {
    ...made,
    blockId: block.block_id,
    actionId: block.element.action_id,
    optional: Boolean(block.optional),
    showError: (text) => showError(error, made.control, text),
  });
  return el(
    "div",
    { class: "block block-input" },
    label,
    made.node,
    error,
    block.hint && el("p", { class: "field-hint" }, textObject(block.hint)),
  );
}

function showError(node, control, text) {
  node.hidden = !text;
  node.textContent = text ?? "";
  control.toggleAttribute("aria-invalid", Boolean(text));
}
