"""Columns of tables as Table Schema describes them, and their values as text. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

Data = dict[str, Any]

DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
"""An ISO day, or a month or a year where no more is known."""

CODE, ID = "[0-9]{6}", "[0-9a-z]{6,20}"


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `kind` is a type of Table Schema; an empty cell is a value that is not known."""

    name: str
    said: str
    kind: str = "string"
    required: bool = False
    pattern: str = ""
    choices: tuple[str, ...] = ()

    def as_data(self) -> Data:
        limits: Data = {"required": True} if self.required else {}
        if self.pattern:
            limits["pattern"] = self.pattern
        if self.choices:
            limits["enum"] = list(self.choices)
        described: Data = {"name": self.name, "type": self.kind, "description": self.said}
        return {**described, "constraints": limits} if limits else described


@dataclass(frozen=True, slots=True)
class Key:
    """Fields whose values stand in a table as its key; `table` is empty for the field's own."""

    fields: tuple[str, ...]
    table: str
    there: tuple[str, ...]

    def as_data(self) -> Data:
        return {
            "fields": list(self.fields),
            "reference": {"resource": self.table, "fields": list(self.there)},
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: one CSV file. `key` are the fields that tell one row from the others."""

    name: str
    said: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign: tuple[Key, ...] = field(default=())

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> list[str]:
        return [entry.name for entry in self.fields]

    def schema(self) -> Data:
        described: Data = {
            "fields": [entry.as_data() for entry in self.fields],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        if self.foreign:
            described["foreignKeys"] = [key.as_data() for key in self.foreign]
        return described


def cells(values: Iterable[Any]) -> list[str]:
    return [cell(value) for value in values]


def cell(value: Any) -> str:
    """A value as a CSV file holds it: numbers without an exponent, times in UTC, lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return str(value)
