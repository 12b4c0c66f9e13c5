"""Modals and home tabs as the workspace keeps them."""

from dataclasses import dataclass

from sandbox.identifiers import JsonObject, UserId, ViewId


@dataclass(slots=True)
class View:
    """A view that is open in somebody's client: a modal of a stack, or their home tab of the app."""

    id: ViewId
    user_id: UserId
    body: JsonObject

    @property
    def is_home(self) -> bool:
        """Whether it is a home tab."""
        return bool(self.body["type"] == "home")

    @property
    def root_id(self) -> ViewId:
        """The first view of its stack."""
        return ViewId(self.body["root_view_id"])
