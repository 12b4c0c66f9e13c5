"""The document's examples, made against the running server: each works as it stands."""

from urllib.parse import urlsplit

import pytest
import requests
from pydantic import TypeAdapter
from reference import OPERATIONS, hold_against_reference
from serving import APP_TOKEN, serving

from webhook_server.api.models import StreamEvent
from webhook_server.api.reference import examples

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa471"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("examples")) as running:
        yield running


@pytest.fixture(scope="module")
def document(server):
    return requests.get(f"{server.url}/openapi.json", timeout=10).json()


class Story:
    """A reader who follows the document. What one answer tells, the next request uses."""

    def __init__(self, server, document):
        self.server = server
        self.document = document
        self.told = {}

    def live(self, operation_id, headers):
        """Make an operation's example, and return the answer."""
        path, method, described = self._find(operation_id)
        base = urlsplit(described.get("servers", self.document["servers"])[0]["url"]).path
        parameters = [self._resolved(one) for one in described.get("parameters", ())]
        for one in parameters:
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", str(self.told.get(one["name"], one["example"])))
        query = {
            one["name"]: self.told.get(one["name"], one.get("example"))
            for one in parameters
            if one["in"] == "query" and ("example" in one or one["required"])
        }
        return requests.request(
            method,
            self.server.url + base + path,
            params=query,
            headers=headers,
            timeout=10,
            stream=operation_id == "listen",
            **self._body(described.get("requestBody", {"content": {}})["content"]),
        )

    def learn(self, operation_id, answer):
        """Keep what later requests need."""
        if operation_id == "createWebhook":
            self.told["webhookId"] = answer.json()["webhook"]["_id"]
        if operation_id == "createAttachment":
            link = urlsplit(answer.json()["mediaUrl"])
            _, _, media_id, name = link.path.split("/")
            query = dict(part.split("=") for part in link.query.split("&"))
            self.told |= {"mediaId": media_id, "name": name, "mediaUrl": answer.json()["mediaUrl"], **query}

    def _find(self, operation_id):
        for path, methods in self.document["paths"].items():
            for method, described in methods.items():
                if described["operationId"] == operation_id:
                    return path, method.upper(), described
        raise KeyError(operation_id)

    def _resolved(self, parameter):
        return (
            self.document["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
            if "$ref" in parameter
            else parameter
        )

    def _body(self, content):
        if "multipart/form-data" in content:
            return {"files": {"source": ("receipt.png", PIXEL)}, "data": {"role": "appUser", "name": "Ann"}}
        if "application/json" in content:
            example = content["application/json"]["example"]
            return {"json": {**example, **({"mediaUrl": self.told["mediaUrl"]} if "mediaUrl" in example else {})}}
        return {}


def in_order():
    """As the table has it, but what takes something away comes last."""
    last = {"removeAttachment", "deleteWebhook", "deleteMessages", "deleteProfile"}
    return sorted(OPERATIONS, key=lambda operation_id: operation_id in last)


def test_the_examples_work(server, document):
    story = Story(server, document)
    for operation_id in in_order():
        operation = OPERATIONS[operation_id]
        answer = story.live(operation_id, server.as_app)
        assert answer.status_code == operation.status, f"{operation_id}: {answer.status_code} {answer.text}"
        if operation_id != "listen":
            path = answer.url.removeprefix(server.url)
            hold_against_reference(operation.method, path, answer.status_code, answer.headers, answer.content)
            story.learn(operation_id, answer)
        answer.close()


def credentials(server):
    return {
        "app": server.as_app,
        "app_user": server.as_user("someone"),
        "app_token": {"app-token": APP_TOKEN},
        "nobody": {},
    }


REFUSED = {
    "app": {"app_user": 403, "app_token": 403, "nobody": 401},
    "jwt": {"app_token": 403, "nobody": 401},
    "app_user": {"nobody": 401},
    "anyone": {},
}


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_only_those_may_call_whom_the_document_names(server, document, operation_id):
    """The user in the examples is another one than the JWT's: 403 tells that it was understood."""
    story = Story(server, document)
    story.told = {"webhookId": "0" * 24, "mediaUrl": examples.MEDIA_URL}
    for name, headers in credentials(server).items():
        answer = story.live(operation_id, headers)
        refused = REFUSED[OPERATIONS[operation_id].who].get(name)
        if refused:
            assert answer.status_code == refused, f"{name}: {answer.text}"
        else:
            assert answer.status_code != 401, f"{name}: {answer.text}"
        answer.close()


def test_the_stream_tells_what_the_document_says(server):
    ann = f"{server.url}/v1/appusers/listened"
    requests.post(f"{ann}/messages", json={"role": "appUser", "text": "Hello"}, headers=server.as_app, timeout=10)
    with requests.get(f"{ann}/stream", headers=server.as_app, stream=True, timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Access-Control-Allow-Origin"] == "*"
        assert stream.headers["X-Content-Type-Options"] == "nosniff"
        lines = stream.iter_lines(chunk_size=1)
        assert next(lines).startswith(b":")
        body = {"role": "appMaker", "type": "typing:start", "name": "Bea"}
        requests.post(f"{ann}/conversation/activity", json=body, headers=server.as_app, timeout=10)
        requests.post(f"{ann}/messages", json={"role": "appMaker", "text": "Hi"}, headers=server.as_app, timeout=10)
        told = []
        for line in lines:
            if line.startswith(b"data: "):
                told.append(TypeAdapter(StreamEvent).validate_json(line.removeprefix(b"data: ")))
            if told and told[-1]["type"] == "message":
                break
    assert [event["type"] for event in told] == ["typing:start", "message"]
    assert told[-1]["message"]["text"] == "Hi"
