"""JSON schemas of all models that the document names, each once, under `#/components/schemas`."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

REF = "#/components/schemas/{model}"


class Schemas:
    """The schemas of `models`, given as (model, mode): requests are validated, answers serialized.

    Those of `forms` are multipart, whose parts are never null.
    """

    def __init__(self, models: Iterable[tuple[Any, JsonSchemaMode]], forms: Iterable[Any] = ()) -> None:
        inputs: list[tuple[tuple[Any, JsonSchemaMode], JsonSchemaMode, TypeAdapter[Any]]] = [
            ((model, mode), mode, TypeAdapter(model)) for model, mode in dict.fromkeys(models)
        ]
        found, defined = TypeAdapter.json_schemas(inputs, ref_template=REF, schema_generator=_Plain)
        self._of = {model: schema for ((model, _), _), schema in found.items()}
        self.components = {name: _tidy(schema) for name, schema in sorted(defined["$defs"].items())}
        for form in forms:
            name = self._of[form]["$ref"].removeprefix(REF.format(model=""))
            self.components[name] = _never_null(self.components[name])

    def of(self, model: Any) -> Mapping[str, Any]:
        """The schema of one model: a reference, where it has a name."""
        return self._of[model]


class _Plain(GenerateJsonSchema):
    """Without a title for every field, which only says the field's name again."""

    def field_title_should_be_set(self, schema: core_schema.CoreSchema | Any) -> bool:  # noqa: ARG002 - pydantic asks
        """Never."""
        return False


def _tidy(schema: Any) -> Any:
    """`schema` as a reader wants it.

    Answers may get more fields one day, so no client may refuse them; ours are checked against closed models. What may
    be null is said in one word, and that nothing is the default is not said at all.
    """
    if isinstance(schema, list):
        return [_tidy(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _tidy(value) for name, value in schema.items()}
    if kept.get("additionalProperties") is False:
        del kept["additionalProperties"]
    if "default" in kept and kept["default"] is None:
        del kept["default"]
    return _nullable(kept)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Something or null, where the something has a plain type: both in one list of types."""
    match schema.get("anyOf"):
        case [{"type": str(kind)} as something, {"type": "null"}]:
            also = {"enum": [*something["enum"], None]} if "enum" in something else {}
            rest = {name: value for name, value in schema.items() if name != "anyOf"}
            return {**something, "type": [kind, "null"], **also, **rest}
    return schema


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An object's schema, none of whose fields may be null."""
    fields = {
        name: {**field, "type": field["type"][0]} if isinstance(field.get("type"), list) else field
        for name, field in schema["properties"].items()
    }
    return {**schema, "properties": fields}
