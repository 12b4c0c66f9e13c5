"""The desk's sentences in German: a module for each of English ones, each sentence under its English one."""

from collections.abc import Mapping

from desk.domain.wording.in_german import (
    answers,
    away,
    backend,
    beginning,
    board,
    canned,
    cases,
    channels,
    commands,
    dispatch,
    history,
    home,
    messages,
    notes,
    profiles,
    reasons,
    replies,
    sending,
    shared,
    snooze,
    stats,
    times,
    waiting,
)

AREAS: tuple[Mapping[str, str], ...] = (
    answers.GERMAN,
    away.GERMAN,
    backend.GERMAN,
    beginning.GERMAN,
    board.GERMAN,
    canned.GERMAN,
    cases.GERMAN,
    channels.GERMAN,
    commands.GERMAN,
    dispatch.GERMAN,
    history.GERMAN,
    home.GERMAN,
    messages.GERMAN,
    notes.GERMAN,
    profiles.GERMAN,
    reasons.GERMAN,
    replies.GERMAN,
    sending.GERMAN,
    shared.GERMAN,
    snooze.GERMAN,
    stats.GERMAN,
    times.GERMAN,
    waiting.GERMAN,
)
"""No sentence is in two of them."""

GERMAN: Mapping[str, str] = {english: german for area in AREAS for english, german in area.items()}
