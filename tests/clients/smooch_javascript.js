// What an app's backend and its clients do with npm's `smooch-core`, in the versions that package.json names; prints
// what the client made of the answers, one entry a step.
//
// Arguments: the version's name, the server's URL, the app token, the key's ID and secret, a new userId, an image file
// and a webhook's target. NODE_PATH says where the clients are.

const fs = require('fs');

// These clients bring a fetch and a FormData of their own time, and use them where Node has none.
delete global.fetch;
delete global.FormData;
delete global.Headers;
delete global.Request;
delete global.Response;

const [version, url, appToken, keyId, secret, userId, image, target] = process.argv.slice(2);
const Smooch = require(`smooch-core-${version}`);

const steps = {};

// Keeps, and returns, what the client made of the answer; of a refusal its status and body.
async function note(step, promise) {
    try {
        steps[step] = (await promise) ?? null;
    } catch (error) {
        if (!error.response) throw error;
        const body = error.code ? { error: { code: error.code } } : await error.response.json();
        steps[step] = { status: error.response.status, ...body };
    }
    return steps[step];
}

// The credentials are one argument in version 8, and the address has no version in it.
function connect(auth) {
    return version === '8' ? new Smooch({ ...auth, serviceUrl: url }) : new Smooch(auth, { serviceUrl: `${url}/v1` });
}

function create(smooch, props) {
    return version === '8'
        ? smooch.appUsers.create({ appUser: { userId, ...props } })
        : smooch.appUsers.create(userId, props);
}

async function backend(smooch) {
    await note('create', create(smooch, { givenName: 'Ann', signedUpAt: new Date(0) }));
    await note('create_again', create(smooch, {}));
    await note('update', smooch.appUsers.update(userId, { properties: { plan: 'gold' } }));
    await note('get', smooch.appUsers.get(userId));
    await note('get_unknown', smooch.appUsers.get(`${userId}-unknown`));
    if (smooch.appUsers.trackEvent) {
        await note('event', smooch.appUsers.trackEvent(userId, 'checkout', { surname: 'Lee' }));
    }
}

async function talk(smooch) {
    const writer = smooch.appUsers.sendMessage ? smooch.appUsers : smooch.conversations;
    await note('send', writer.sendMessage(userId, { role: 'appUser', type: 'text', text: 'Hällo' }));
    await note('answer', writer.sendMessage(userId, { role: 'appMaker', type: 'text', text: 'Hello Ann', name: 'Shop' }));
    await note('image', writer.uploadImage(userId, fs.createReadStream(image), { role: 'appUser', name: 'Ann' }));
    await note('conversation', smooch.conversations.get(userId));
    if (smooch.appUsers.getMessages) {
        const listed = await note('list', smooch.appUsers.getMessages(userId));
        await note('list_before', smooch.appUsers.getMessages(userId, { before: listed.messages[1].received }));
    }
    const typing = { role: 'appMaker', type: 'typing:start' };
    if (smooch.appUsers.typingActivity) await note('typing', smooch.appUsers.typingActivity(userId, typing));
    if (smooch.appUsers.conversationActivity) {
        await note('typing', smooch.appUsers.conversationActivity(userId, typing));
    }
    await note('read', smooch.conversations.resetUnreadCount(userId));
}

async function attach(smooch) {
    const attachment = await note('attachment', smooch.attachments.create('public', fs.createReadStream(image)));
    await note('attachment_removed', smooch.attachments.delete(attachment.mediaUrl));
}

async function watch(smooch) {
    const { webhook } = await note('webhook', smooch.webhooks.create({ target, triggers: ['message', 'postback'] }));
    await note('webhooks', smooch.webhooks.list());
    await note('webhook_found', smooch.webhooks.get(webhook._id));
    await note('webhook_changed', smooch.webhooks.update(webhook._id, { triggers: ['message:appMaker'] }));
    await note('webhook_deleted', smooch.webhooks.delete(webhook._id));
    await note('webhook_gone', smooch.webhooks.get(webhook._id));
}

// An app on a phone: at first anonymous with the public token, then logged in with a JWT.
async function device() {
    const id = `${userId}-phone`;
    const props = { device: { id, platform: 'android', appVersion: '1.2', info: { os: 'Android' } }, givenName: 'Bo' };
    const anonymous = connect({ appToken });
    const { appUser } = await note('init', anonymous.appUsers.init(props));
    const writer = anonymous.appUsers.sendMessage ? anonymous.appUsers : anonymous.conversations;
    await note('device_send', writer.sendMessage(appUser._id, { role: 'appUser', text: 'Anybody there?' }));
    await note('device_conversation', anonymous.conversations.get(appUser._id));
    const name = `${userId}+bo@example.com`;
    const known = connect({ keyId, secret, scope: 'appUser', userId: name });
    await note('login', known.appUsers.init({ ...props, userId: name }));
    await note('login_get', known.appUsers.get(name));
    await note('login_conversation', known.conversations.get(name));
    await note('locked', anonymous.appUsers.get(name));
    await note('other_user', known.appUsers.get(userId));
}

async function leave(smooch) {
    if (smooch.appUsers.deleteMessages) {
        await note('messages_deleted', smooch.appUsers.deleteMessages(userId));
        await note('list_empty', smooch.appUsers.getMessages(userId));
        await note('profile_deleted', smooch.appUsers.deleteProfile(userId));
    }
}

async function main() {
    const smooch = connect({ keyId, secret, scope: 'app' });
    await backend(smooch);
    await talk(smooch);
    if (smooch.attachments) await attach(smooch);
    await watch(smooch);
    if (smooch.appUsers.init) await device();
    await leave(smooch);
    console.log(JSON.stringify(steps));
}

main().catch((error) => {
    console.error(error.stack, error.response && `${error.response.status} ${error.response.url}`);
    process.exit(1);
});
