"""The choke point of honesty: an answer that Slack does not document is refused."""

from collections.abc import Iterator

from sandbox.documented.common import COMMON_ERRORS, COMMON_KEYS, OBSERVED_ERRORS
from sandbox.documented.method import Method
from sandbox.documented.objects import OBJECT_KEYS
from sandbox.identifiers import JsonObject


class Undocumented(Exception):  # noqa: N818 - says what happened
    """The sandbox was about to answer what slack.com would not; a fault of the sandbox, never of the caller."""


def check_answer(method: Method | None, answer: JsonObject) -> None:
    """Let the answer pass if Slack documents its keys and its error; `method` is None for an unknown one.

    Raises:
        Undocumented: naming every key or error that Slack's reference lacks.
    """
    problems = [*_error_problems(method, answer), *_key_problems(method, answer)]
    if problems:
        raise Undocumented(f"{method.name if method else 'unknown method'}: {', '.join(problems)}")


def documents_error(method: Method | None, code: str) -> bool:
    """Whether slack.com may answer this method's call with that error."""
    if code in COMMON_ERRORS:
        return True
    return method is not None and (code in method.errors or code in OBSERVED_ERRORS.get(method.name, frozenset()))


def _error_problems(method: Method | None, answer: JsonObject) -> Iterator[str]:
    if not answer["ok"] and not documents_error(method, answer["error"]):
        # Whoever calls api.test names the error that it wants to see.
        if method is not None and method.name == "api.test":
            return
        yield f"error {answer['error']}"


def _key_problems(method: Method | None, answer: JsonObject) -> Iterator[str]:
    kinds = method.output if method else {}
    for key, value in answer.items():
        if key not in kinds and key not in COMMON_KEYS:
            yield f"key {key}"
        elif kinds.get(key):
            yield from _object_problems(kinds[key], key, value)


def _object_problems(kind: str, key: str, value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from (f"key {key}.{name}" for name in sorted(item.keys() - OBJECT_KEYS[kind]))
