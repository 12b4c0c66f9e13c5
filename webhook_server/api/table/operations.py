"""An operation of the App API: what routing needs to know of it, and what a reader of the reference does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import Response

from webhook_server.api.bodies import Body
from webhook_server.api.house import House
from webhook_server.errors import RefusedError

Who = Literal["app", "jwt", "app_user", "anyone"]
"""Who may call: the app's backend alone; it and the app user; these and the app token for them; anyone, unasked."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A multipart body. `model` describes its parts; a part that is a file has the JSON schema format `binary`."""

    model: type[Body]


@dataclass(frozen=True, slots=True)
class Query:
    """A parameter in the query. `kind` is the type that its JSON schema is made of."""

    name: str
    kind: Any
    example: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path, in one line. The path begins below the prefix, or at the root where `at_root` says so.

    Its summary and description stand in `reference.wording` under its `id`. `answer` is the model of its JSON when all
    goes well, with `status`; of a stream's events, where that is its `media_type`; `bytes` where it is a file. `errors`
    are those that only this operation has: who may call, the body's kind, an app user in the path and the method bring
    the others along. `resumable` operations look at the header Last-Event-ID; those `in_parts` answer, where asked to,
    with part of a file, or that it has not changed.
    """

    line: str
    view: Callable[..., Response]
    id: str
    answer: Any
    status: int = 200
    who: Who = "app_user"
    body: type[Body] | Upload | None = None
    body_required: bool = True
    query: tuple[Query, ...] = ()
    errors: tuple[type[RefusedError], ...] = ()
    media_type: str = "application/json"
    resumable: bool = False
    in_parts: bool = False
    at_root: bool = False

    @property
    def method(self) -> str:
        """GET, POST, PUT or DELETE."""
        return self.line.partition(" ")[0]

    @property
    def idempotent(self) -> bool:
        """Whether it looks at the header Idempotency-Key."""
        return self.method == "POST"

    @property
    def path(self) -> str:
        """The path, its IDs in braces."""
        return self.line.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Resource:
    """Operations that belong together. `make` builds what answers them; `tag` names them for readers."""

    tag: str
    make: Callable[[House], object]
    operations: tuple[Operation, ...] = field(default=())
