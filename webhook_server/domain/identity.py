"""Who a client's user is: what the app says (`userId`) and where they are (the device), put together."""

from dataclasses import dataclass

from webhook_server.domain.values import AppUser, UserId


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the ledger has, as they are."""

    user: AppUser


@dataclass(frozen=True, slots=True)
class Named:
    """The device's anonymous app user turns out to be `user_id`, of whom nobody had heard."""

    user: AppUser
    user_id: UserId


@dataclass(frozen=True, slots=True)
class Joined:
    """The device's anonymous app user turns out to be somebody whom the ledger has: the two become one."""

    survivor: AppUser
    loser: AppUser


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Nobody whom the ledger has. Without a `userId` they are known by the device alone."""

    user_id: UserId | None


Identity = Known | Named | Joined | Newcomer


def identity(user_id: UserId | None, known: AppUser | None, owner: AppUser | None) -> Identity:
    """Who introduces themselves as `user_id` (`known`, if the ledger has them) on a device that is `owner`'s.

    An anonymous app user is bound to their device, and becomes whoever logs in there. A device tells nobody who used
    it before under a name: without a `userId` somebody new begins there. Nothing else identifies: not the email.
    """
    anonymous = owner if owner and owner.user_id is None else None
    if user_id is None:
        return Known(anonymous) if anonymous else Newcomer(None)
    if known and anonymous:
        return Joined(known, anonymous)
    if known:
        return Known(known)
    return Named(anonymous, user_id) if anonymous else Newcomer(user_id)
