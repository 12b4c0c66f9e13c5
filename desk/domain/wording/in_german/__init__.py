"""The desk's sentences in German, a module for each area, each sentence under its English one."""

from collections.abc import Mapping

from desk.domain.wording.in_german import answers, backend, channels, replies

IN_GERMAN: Mapping[str, str] = {**answers.GERMAN, **backend.GERMAN, **channels.GERMAN, **replies.GERMAN}
