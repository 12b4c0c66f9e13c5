// Starts the page: puts each part into its place and begins to follow the sandbox.
//
// data-testid values (stable; tests may rely on them):
//  top bar     acting-as (select), live-status, app-status (data-status good|bad|waiting), tools-toggle
//  side bar    channel-list, channel-browse (not joined), channel-archive, channel-direct,
//              channel-item (data-channel-id, data-name), unread-mark, channel-create, home-item
//  head        channel-title, member-count, channel-actions, channel-unarchive, channel-archive-it
//  messages    message-list, message (data-ts, data-author, data-ephemeral), message-author, app-badge, message-body,
//              edited-mark, only-visible-to-you, replies, live-mention (data-kind user|broadcast|usergroup),
//              channel-link, file, message-menu, menu, menu-item, menu-reply, menu-edit, menu-delete, menu-shortcut,
//              edit-input, edit-save, empty-channel, newer
//  blocks      block-<type> (data-block-id), block-button, block-overflow, block-field (these three: data-action-id,
//              data-block-id), field-error
//  composer    composer, composer-input, composer-send, suggestions, suggestion, thread-line, composer-closed, join,
//              unarchive, slack-notices, slack-notice (data-kind operation_timeout|dispatch_failed|unknown_command|
//              not_supported_in_thread)
//  dialogs     confirm-dialog, confirm-yes, confirm-no, text-dialog, ask-text, ask-text-ok, choice-dialog, ask-choice,
//              ask-choice-ok, dialog-close, view-modal (data-view-id, data-callback-id), view-form, view-submit,
//              view-close, view-error
//  home        home, empty-home
//  tools       tools, tools-tab-connection|faults|calls|people, socket-connections, socket-envelopes, socket-<op>,
//              limits-switch, reset-workspace, fault-form, fault-method, fault-kind, fault-error, fault-channel,
//              fault-seconds, fault-times, fault-skip, fault-order, fault-clear, fault-list, fault, call-log,
//              call (data-method), call-filter, calls-clear, token-<op>
//  app user    app-user-select, app-menu, app-edit-profile, app-new-user, app-user-form, app-user-userId,
//              app-user-givenName, app-user-surname, app-user-email, app-user-properties, app-user-save,
//              app-user-cancel, app-form-error, app-token-form, app-token, app-server-status (data-status), app-banner,
//              app-messages, app-message (data-role, data-id, data-state sending|failed|sent|received), app-text,
//              app-agent-name, app-retry, app-composer-input, app-composer-send, empty-app
//  anywhere    toast (data-kind info|error)

import { followAddress } from "./address.js";
import { appChat } from "./app/chat.js";
import { startSync } from "./sync.js";
import { toolsPanel } from "./tools/panel.js";
import { channelHead } from "./workspace/channel-head.js";
import { sideBar } from "./workspace/channels.js";
import { composer } from "./workspace/composer.js";
import { home } from "./workspace/home.js";
import { messageList } from "./workspace/messages.js";
import { modals } from "./workspace/modal.js";
import { topBar } from "./workspace/top-bar.js";

const part = (id) => document.getElementById(id);

const tools = toolsPanel(part("tools"));
topBar(part("top-bar"), { toggleTools: tools.toggle });
sideBar(part("side-bar"));
channelHead(part("channel-head"));
messageList(part("main-view"));
home(part("main-view"));
composer(part("composer-area"));
modals();
appChat(part("app-chat"));
startSync();
followAddress();
