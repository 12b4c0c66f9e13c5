"""In which language people are spoken to: English stands in the code, other languages in catalogs beside it."""

import re
from collections.abc import Iterable, Mapping
from string import Formatter

ENGLISH = "en"

_MARKS = {"de": (".", ",")}
"""What stands between thousands, and before a fraction, where that is not as in English."""


class Speech:
    """One side's sentences. `catalogs` lead from a language's code to its sentences, each under the English one."""

    def __init__(self, catalogs: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogs = catalogs
        self._chosen: Mapping[str, str] = {}
        self._language = ENGLISH

    def use(self, language: str) -> None:
        """Speak this language from now on.

        Raises:
            ValueError: there is no such language; the text names those that there are.
        """
        if language != ENGLISH and language not in self._catalogs:
            raise ValueError(f"give one of {', '.join([ENGLISH, *self._catalogs])}")
        self._chosen = self._catalogs.get(language, {})
        self._language = language

    def say(self, sentence: str, /, **values: object) -> str:
        """`sentence` in the chosen language, its `{names}` replaced by `values`. What no catalog has stays English."""
        return self._chosen.get(sentence, sentence).format(**values)

    def say_many(self, count: int, one: str, many: str, /, **values: object) -> str:
        """`one` for a count of 1, else `many`; both may contain `{count}`."""
        return self.say(one if count == 1 else many, count=self.number(count), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """`value` with `digits` behind the point, as the chosen language writes it."""
        thousands, fraction = _MARKS.get(self._language, (",", "."))
        return f"{value:,.{digits}f}".translate({ord(","): thousands, ord("."): fraction})

    def retell(self, text: str, sentences: Iterable[str]) -> str:
        """`text`, which is one of the English `sentences` with its values, in the chosen language; else as it is.

        For what is kept in English because others read it too. A value may be such a sentence itself: those that
        hold others come first.
        """
        sentences = tuple(sentences)
        for sentence in sentences:
            found = _pattern(sentence).fullmatch(text)
            if found:
                values = {name: self.retell(value, sentences) for name, value in found.groupdict().items()}
                return self.say(sentence, **values)
        return text

    def in_all(self, sentence: str, /, **values: object) -> frozenset[str]:
        """`sentence` in every language: for recognising what was said when another one was chosen."""
        translated = (catalog.get(sentence, sentence) for catalog in self._catalogs.values())
        return frozenset(each.format(**values) for each in (sentence, *translated))


def _pattern(sentence: str) -> re.Pattern[str]:
    """Recognises `sentence` with any values."""
    parts = (re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, *_ in Formatter().parse(sentence))
    return re.compile("".join(parts), re.DOTALL)
