"""Erasures for the operator: asked for and followed."""

from webhook_server import erasing
from webhook_server.domain.erasures import Erasure
from webhook_server.domain.values import AppUser
from webhook_server.errors import UserNotFoundError
from webhook_server.ledger import Books
from wire import operators as wire
from wire.ids import AppUserId


def report(books: Books, asked: wire.ErasureRequest) -> wire.Erasure:
    """Who is meant and what is theirs; or how far their erasure is.

    Raises:
        UserNotFoundError: nobody has this ID, nor was erased under it.
    """
    user = books.app_users.find(asked.user)
    if user is not None:
        return _present(books, user)
    erasure = books.erasures.find(AppUserId(asked.user))
    if erasure is None:
        raise UserNotFoundError
    return _erased(erasure)


def erase(books: Books, asked: wire.ErasureRequest, now: float) -> wire.Erasure:
    """Erase whoever is meant, if they are still there.

    Raises:
        UserNotFoundError: nobody has this ID, nor was erased under it.
    """
    user = books.app_users.find(asked.user)
    return report(books, asked) if user is None else _erased(erasing.erase(books, user, now))


def _present(books: Books, user: AppUser) -> wire.Erasure:
    theirs = books.erasures.belongings(user.id)
    return wire.Erasure(
        app_user_id=user.id,
        state="present",
        user_id=user.user_id,
        name=user.profile.name,
        messages=theirs.messages,
        notes=theirs.notes,
        uploads=theirs.uploads,
        devices=theirs.devices,
        merged=len(theirs.merged_ids),
    )


def _erased(erasure: Erasure) -> wire.Erasure:
    return wire.Erasure(
        app_user_id=erasure.app_user_id,
        state=erasure.state,
        merged=len(erasure.merged_ids),
        asked=erasure.asked,
        deleted=erasure.deleted,
        refused=erasure.refused,
        finished=erasure.finished,
    )
