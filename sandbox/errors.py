"""The two ways of saying no: Slack's error codes to apps, and a sentence to people."""

from sandbox.identifiers import JsonObject  # noqa: TC001 - a variable has this type


class SlackError(Exception):
    """A Web API method refuses; becomes `{"ok": false, "error": code}` with what else Slack says beside it."""

    def __init__(self, code: str, *, problems: tuple[str, ...] = (), **beside: object) -> None:
        super().__init__(code)
        self.code = code
        self.answer: JsonObject = {"ok": False, "error": code, **beside}
        if problems:
            self.answer["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in problems]}


class NotPossible(Exception):  # noqa: N818 - says what happened, not that it is an error
    """A person cannot do that; the text tells what to do instead."""

    def __init__(self, what_to_do: str, *, status: int = 400) -> None:
        super().__init__(what_to_do)
        self.status = status
