"""The OpenAPI document (3.1), made of the table of operations and the models that validate and answer."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from webhook_server.api import models
from webhook_server.api.models.payloads import PAYLOADS
from webhook_server.api.reference import components, examples, refusals, wording
from webhook_server.api.reference.schemas import Schemas
from webhook_server.api.table.operations import Operation, Resource, Upload

Json = dict[str, Any]

VERSION = "1.1"
"""Of the App API: Smooch's number, which its paths have too."""
PREFIXES = ("/v1", "/v1.1", "/v1/apps/{appId}", "/v1.1/apps/{appId}")


def document(resources: Iterable[Resource], *, app_id: str, public_url: str) -> Json:
    """Everything that the App API has to say about itself, as JSON."""
    resources = tuple(resources)
    schemas = Schemas(_models(resources), _forms(resources))
    paths: dict[str, Json] = {}
    for resource in resources:
        for operation in resource.operations:
            entry = _operation(operation, resource.tag, schemas, public_url)
            paths.setdefault(operation.path, {})[operation.method.lower()] = entry
    return {
        "openapi": "3.1.0",
        "info": {"title": wording.TITLE, "version": VERSION, "description": wording.introduction(app_id)},
        "servers": [_server(public_url, prefix, app_id) for prefix in PREFIXES],
        "tags": [{"name": tag, "description": text} for tag, text in wording.TAGS.items()],
        "paths": paths,
        "webhooks": {trigger: _webhook(trigger, schemas.of(model)) for trigger, model in PAYLOADS.items()},
        "components": {
            "schemas": schemas.components,
            "parameters": components.PARAMETERS,
            "headers": components.HEADERS,
            "securitySchemes": components.SCHEMES,
        },
    }


def _models(resources: Iterable[Resource]) -> Iterable[tuple[Any, Any]]:
    yield models.ErrorAnswer, "serialization"
    for model in PAYLOADS.values():
        yield model, "serialization"
    for operation in (operation for resource in resources for operation in resource.operations):
        yield operation.answer, "serialization"
        if operation.body is not None:
            yield operation.body.model if isinstance(operation.body, Upload) else operation.body, "validation"
        for query in operation.query:
            yield query.kind, "validation"


def _forms(resources: Iterable[Resource]) -> Iterable[Any]:
    bodies = (operation.body for resource in resources for operation in resource.operations)
    return dict.fromkeys(body.model for body in bodies if isinstance(body, Upload))


def _server(public_url: str, prefix: str, app_id: str) -> Json:
    server: Json = {"url": public_url + prefix, "description": wording.server(prefix)}
    if "{appId}" in prefix:
        server["variables"] = {"appId": {"default": app_id, "description": wording.PARAMETERS["appId"]}}
    return server


def _operation(operation: Operation, tag: str, schemas: Schemas, public_url: str) -> Json:
    words = wording.OPERATIONS[operation.id]
    entry: Json = {
        "operationId": operation.id,
        "tags": [tag],
        "summary": words.summary,
        "description": words.description,
        "security": components.SECURITY[operation.who],
    }
    if operation.at_root:
        entry["servers"] = [{"url": public_url, "description": wording.server("")}]
    if parameters := _parameters(operation, schemas):
        entry["parameters"] = parameters
    if operation.body is not None:
        entry["requestBody"] = _body(operation, schemas)
    entry["responses"] = _responses(operation, schemas)
    return entry


def _parameters(operation: Operation, schemas: Schemas) -> list[Json]:
    named = re.findall(r"\{(\w+)\}", operation.path)
    if operation.idempotent:
        named.append("Idempotency-Key")
    if operation.resumable:
        named.append("Last-Event-ID")
    return [{"$ref": f"#/components/parameters/{name}"} for name in named] + [
        {
            "name": query.name,
            "in": "query",
            "required": query.required,
            "description": wording.PARAMETERS[query.name],
            "schema": schemas.of(query.kind),
        }
        | ({} if query.example is None else {"example": query.example})
        for query in operation.query
    ]


def _body(operation: Operation, schemas: Schemas) -> Json:
    if isinstance(operation.body, Upload):
        return {"required": True, "content": {"multipart/form-data": {"schema": schemas.of(operation.body.model)}}}
    content: Json = {"schema": schemas.of(operation.body)}
    if operation.id in examples.BODIES:
        content["example"] = examples.BODIES[operation.id]
    return {"required": operation.body_required, "content": {"application/json": content}}


def _responses(operation: Operation, schemas: Schemas) -> Json:
    content: Json = {"schema": _answered(operation, schemas.of(operation.answer))}
    if operation.id in examples.ANSWERS:
        content["example"] = examples.ANSWERS[operation.id]
    answered: Json = {
        str(operation.status): {
            "description": wording.ANSWERS.get(operation.id, wording.WELL),
            "content": {operation.media_type: content},
        }
    }
    if operation.in_parts:
        answered["206"] = {"description": wording.PART, "content": {operation.media_type: content}}
        answered["304"] = {"description": wording.UNCHANGED}
    refused: dict[int, list[str]] = {}
    for status, code in refusals.of(operation):
        refused.setdefault(status, []).append(code)
    return answered | {str(status): _refusal(status, codes, schemas) for status, codes in sorted(refused.items())}


def _answered(operation: Operation, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form of the answer. OpenAPI 3.1 has no word for a stream of events: a text, in which there is JSON."""
    if operation.answer is bytes:
        return {}
    if operation.media_type == "text/event-stream":
        return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
    return schema


def _refusal(status: int, codes: list[str], schemas: Schemas) -> Json:
    response: Json = {
        "description": " ".join(f"`{code}`: {wording.CODES[code]}" for code in codes),
        "content": {
            "application/json": {
                "schema": schemas.of(models.ErrorAnswer),
                "examples": {code: {"value": examples.refusal(code)} for code in codes},
            }
        },
    }
    headers = [name for name, statuses in refusals.HEADERS.items() if status in statuses]
    if headers:
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return response


def _webhook(trigger: str, schema: Mapping[str, Any]) -> Json:
    """One trigger: a request of ours, and the answers that mean something to us."""
    content: Json = {"schema": schema}
    if trigger in examples.PAYLOADS:
        content["example"] = examples.PAYLOADS[trigger]
    return {
        "post": {
            "operationId": "on" + "".join(word[:1].upper() + word[1:] for word in trigger.split(":")),
            "tags": [wording.OUT],
            "summary": wording.TRIGGERS[trigger].summary,
            "description": wording.TRIGGERS[trigger].description,
            "parameters": [
                {
                    "name": name,
                    "in": "header",
                    "required": True,
                    "description": text,
                    "schema": {"type": "string"},
                }
                for name, text in wording.SIGNATURE.items()
            ],
            "requestBody": {"required": True, "content": {"application/json": content}},
            "responses": {status: {"description": text} for status, text in wording.JUDGED.items()},
        }
    }
