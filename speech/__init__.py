"""In which language people are spoken to: English stands in the code, other languages in catalogs beside it."""

from collections.abc import Mapping

ENGLISH = "en"


class Speech:
    """One side's sentences. `catalogs` lead from a language's code to its sentences, each under the English one."""

    def __init__(self, catalogs: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogs = catalogs
        self._chosen: Mapping[str, str] = {}

    def use(self, language: str) -> None:
        """Speak this language from now on.

        Raises:
            ValueError: there is no such language; the text names those that there are.
        """
        if language != ENGLISH and language not in self._catalogs:
            raise ValueError(f"give one of {', '.join([ENGLISH, *self._catalogs])}")
        self._chosen = self._catalogs.get(language, {})

    def say(self, sentence: str, /, **values: object) -> str:
        """`sentence` in the chosen language, its `{names}` replaced by `values`. What no catalog has stays English."""
        return self._chosen.get(sentence, sentence).format(**values)

    def say_many(self, count: int, one: str, many: str, /, **values: object) -> str:
        """`one` for a count of 1, else `many`; both may contain `{count}`."""
        return self.say(one if count == 1 else many, count=f"{count:,}", **values)
