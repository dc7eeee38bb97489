"""OpenAPI 3.1, the little of it that the archive needs: shapes of answers, what can be asked, and the document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise

Schema = dict[str, Any]
Text: TypeAlias = "str | Promise"
View = TypeVar("View", bound=Callable[..., Any])

VERSION = "3.1.0"

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
"""An ISO day, or a month or a year where no more is known."""


def one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def maybe(schema: Schema) -> Schema:
    """The same or null, which says that nothing is known."""
    if "enum" in schema:
        return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def by_name(schema: Schema) -> Schema:
    """An object whose names are values."""
    return {"type": "object", "additionalProperties": schema}


def record(fields: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object with these fields and no others; the `optional` ones may be missing."""
    return {
        "type": "object",
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
        "additionalProperties": False,
    }


def shape(name: str) -> Schema:
    """One of the document's named shapes."""
    return {"$ref": f"#/components/schemas/{name}"}


def about(schema: Schema, said: Text) -> Schema:
    """The schema with a description."""
    return {**schema, "description": said}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be asked for in the query string; one that is `repeated` may stand there several times."""

    name: str
    said: Text
    schema: Schema = field(default_factory=lambda: dict(TEXT))
    repeated: bool = False

    def as_data(self) -> Schema:
        described: Schema = {"name": self.name, "in": "query", "description": self.said}
        if self.repeated:
            return {**described, "schema": many(self.schema), "style": "form", "explode": True}
        return {**described, "schema": self.schema}


@dataclass(frozen=True, slots=True)
class Operation:
    """What an address answers. `errors` are the statuses besides 200 and 304; `tag` is the group it stands in."""

    said: Text
    answer: Schema
    parameters: tuple[Parameter, ...] = ()
    tag: str = "lists"
    errors: tuple[int, ...] = (400, 404)
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Served:
    """An address as the document names it, /a/{public_id}.json, with the name of its view."""

    path: str
    name: str
    arguments: tuple[tuple[str, Any], ...]
    operation: Operation | None


def described(operation: Operation) -> Callable[[View], View]:
    """Says of a view what it answers."""

    def attach(view: View) -> View:
        view.operation = operation  # type: ignore[attr-defined]
        return view

    return attach


def served(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterable[Served]:
    """Every address that ends in .json below these patterns; `operation` as `described` attached it."""
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from served(entry.url_patterns, route)
        elif route.endswith(".json"):
            path = "/" + route
            arguments = []
            for name, converter in entry.pattern.converters.items():
                start = path.rindex("<", 0, path.index(f"{name}>"))
                path = f"{path[:start]}{{{name}}}{path[path.index('>', start) + 1 :]}"
                arguments.append((name, converter))
            yield Served(path, entry.name or "", tuple(arguments), getattr(entry.callback, "operation", None))


def told(value: Any) -> Any:
    """With all that is to be translated in the language at hand."""
    if isinstance(value, dict):
        return {name: told(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [told(entry) for entry in value]
    return str(value) if isinstance(value, Promise) else value


def document(
    title: Text, said: Text, version: str, tags: Mapping[str, Text], entries: Iterable[Served], shapes: Schema
) -> Schema:
    """The document on these addresses, all of which have an operation."""
    return {
        "openapi": VERSION,
        "info": {"title": title, "description": said, "version": version},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "paths": {entry.path: {"get": _operation(entry)} for entry in entries},
        "components": {"schemas": shapes},
    }


def _operation(entry: Served) -> Schema:
    operation = entry.operation
    assert operation is not None, entry.path
    own = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": f"^{converter.regex}$"},
        }
        for name, converter in entry.arguments
    ]
    mistaken = {"application/json": {"schema": shape("Error")}}
    return {
        "operationId": entry.name,
        "summary": operation.said,
        "tags": [operation.tag],
        "parameters": [*own, *(parameter.as_data() for parameter in operation.parameters)],
        "responses": {
            "200": {
                "description": "OK",
                "headers": {"ETag": {"schema": TEXT}},
                "content": {operation.media_type: {"schema": operation.answer}},
            },
            "304": {"description": "Not Modified"},
            **{str(status): {"description": "Error", "content": mistaken} for status in operation.errors},
        },
    }
