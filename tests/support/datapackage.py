"""Reads a data package back as its descriptor says, and finds what is not as it says."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

_WHOLE = re.compile(r"-?[0-9]+")


def _array(text: str) -> list[Any]:
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def _whole(text: str) -> int:
    assert _WHOLE.fullmatch(text)
    return int(text)


READ = {
    "string": str,
    "integer": _whole,
    "year": _whole,
    "number": Decimal,
    "array": _array,
    "datetime": datetime.fromisoformat,
}


def read(folder: Path) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """The rows of each table with typed values, and what is wrong: with bytes, types, limits, keys."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables: dict[str, list[dict[str, Any]]] = {}
    wrong: list[str] = []
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        if len(data) != resource["bytes"] or resource["hash"] != f"sha256:{sha256(data).hexdigest()}":
            wrong.append(f"{resource['path']}: other bytes than declared")
        if resource["profile"] != "tabular-data-resource":
            continue
        rows = list(csv.reader(io.StringIO(data.decode(resource["encoding"]), newline=""), strict=True))
        fields = resource["schema"]["fields"]
        if rows[0] != [field["name"] for field in fields]:
            wrong.append(f"{resource['path']}: another header than declared")
        found = tables[resource["name"]] = []
        for number, row in enumerate(rows[1:], 2):
            typed = {}
            for field, text in zip(fields, row, strict=True):
                typed[field["name"]], faults = _typed(field, text)
                wrong += [f"{resource['path']}:{number} {field['name']}: {fault}" for fault in faults]
            found.append(typed)
    for resource in package["resources"]:
        if "schema" in resource:
            wrong += _keys(resource, tables)
    return tables, wrong


def _typed(field: dict[str, Any], text: str) -> tuple[Any, list[str]]:
    limits = field.get("constraints", {})
    if text == "":
        return None, ["missing"] if limits.get("required") else []
    try:
        value = READ[field["type"]](text)
    except (ValueError, AssertionError, InvalidOperation):
        return text, [f"{text!r} is no {field['type']}"]
    faults = []
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        faults.append(f"{text!r} is not {limits['pattern']}")
    if "enum" in limits and value not in limits["enum"]:
        faults.append(f"{text!r} is none of {limits['enum']}")
    return value, faults


def _keys(resource: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    name, schema = resource["name"], resource["schema"]
    keys = [tuple(row[field] for field in schema["primaryKey"]) for row in tables[name]]
    if len(set(keys)) != len(keys) or any(None in key for key in keys):
        yield f"{name}: the key is not unique"
    for foreign in schema.get("foreignKeys", ()):
        to = foreign["reference"]
        there = {tuple(row[f] for f in to["fields"]) for row in tables[to["resource"] or name]}
        for row in tables[name]:
            key = tuple(row[field] for field in foreign["fields"])
            if None not in key and key not in there:
                yield f"{name}: {key} is not in {to['resource'] or name}"
