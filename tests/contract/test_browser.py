"""The App API from a page of any origin, in a real browser: preflights, uploads, errors, and the stream."""

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from contract_pictures import PNG
from contract_process import Server

LIBRARY = """() => { window.call = async (method, path, body, credentials) => {
    const form = body instanceof FormData;
    const headers = { ...credentials, ...(form || !body ? {} : { 'Content-Type': 'application/json' }) };
    const answer = await fetch(path, { method, headers, body: form || !body ? body : JSON.stringify(body) });
    return { status: answer.status, json: await answer.json(), retryAfter: answer.headers.get('Retry-After') };
}; }
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The real process."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        yield server.start()
    finally:
        server.end()


@pytest.fixture(scope="module")
def shop():
    """Where the app's own pages come from: an origin that is not the server's."""

    class Blank(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Blank)
    thread = threading.Thread(target=http.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/"
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def page(browser_page, shop):
    """A page of another origin."""
    browser_page.goto(shop)
    browser_page.evaluate(LIBRARY)
    return browser_page


def test_a_visitor_writes_and_uploads(server, page):
    told = page.evaluate(
        """async ([url, token, picture]) => {
            const credentials = { 'app-token': token, 'Idempotency-Key': 'a key' };
            const device = { id: 'browser', platform: 'web', info: { userAgent: navigator.userAgent } };
            const { json } = await call('POST', `${url}/v1/init`, { device }, credentials);
            const path = `${url}/v1/appUsers/${json.appUser._id}`;
            const said = await call('POST', `${path}/messages`, { role: 'appUser', text: 'Hello' }, credentials);
            const form = new FormData();
            const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
            form.append('source', new Blob([bytes], { type: 'image/png' }), 'dot.png');
            form.append('role', 'appUser');
            const image = await call('POST', `${path}/images`, form, credentials);
            const shown = await createImageBitmap(await (await fetch(image.json.message.mediaUrl)).blob());
            const read = await call('POST', `${path}/conversation/read`, undefined, credentials);
            return [said.status, image.status, shown.width, read.status];
        }""",
        [server.url, server.settings["SK_APP_TOKEN"], base64.b64encode(PNG).decode()],
    )
    assert told == [201, 201, 1, 200]


def test_errors_can_be_read(server, page):
    told = page.evaluate(
        """async ([url, token]) => {
            const missing = await call('GET', `${url}/v1/appusers/nobody`, undefined, { 'app-token': token });
            const stranger = await call('DELETE', `${url}/v1/appusers/x/profile`, undefined, { 'app-token': 'other' });
            const nowhere = await call('PUT', `${url}/v1/nowhere`, { a: 1 }, { Authorization: 'Bearer x' });
            return [missing, stranger, nowhere].map(({ status, json }) => `${status} ${json.error.code}`);
        }""",
        [server.url, server.settings["SK_APP_TOKEN"]],
    )
    assert told == ["404 user_not_found", "401 unauthorized", "404 not_found"]


def test_who_asks_too_often_reads_how_long_to_wait(server, page):
    server.say("eager", "hello")
    waits = page.evaluate(
        """async ([url, token]) => {
            const credentials = { 'app-token': token };
            const ask = () => call('GET', `${url}/v1/appusers/eager`, undefined, credentials);
            const answers = await Promise.all(Array.from({ length: 260 }, ask));
            return answers.filter(({ status }) => status === 429).map(({ retryAfter }) => retryAfter);
        }""",
        [server.url, server.settings["SK_APP_TOKEN"]],
    )
    assert waits
    assert all(int(wait) >= 1 for wait in waits)


def test_the_stream_is_read_and_resumed(server, page):
    server.say("listener", "hello")
    page.evaluate(
        """([url, token]) => {
            window.listen = async (lastEventId) => {
                const resume = lastEventId && { 'Last-Event-ID': lastEventId };
                const headers = { Authorization: `Bearer ${token}`, ...resume };
                const answer = await fetch(`${url}/v1/appusers/listener/stream`, { headers });
                window.reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
                return answer.status;
            };
            window.hear = async () => {
                let heard = '';
                while (!/^data: .*\\n\\n/m.test(heard)) heard += (await reader.read()).value;
                const [, id, data] = heard.match(/^id: (.*)\\ndata: (.*)$/m);
                return [id, JSON.parse(data)];
            };
        }""",
        [server.url, server.token(scope="appUser", userId="listener")],
    )
    assert page.evaluate("listen()") == 200
    server.say("listener", "one", role="appMaker")
    event_id, event = page.evaluate("hear()")
    assert (event["type"], event["message"]["text"]) == ("message", "one")
    page.evaluate("reader.cancel()")
    server.say("listener", "two", role="appMaker")
    assert page.evaluate(f"listen('{event_id}')") == 200
    assert page.evaluate("hear()")[1]["message"]["text"] == "two"
