"""Writes the files of accord/ that are made from others, or tells which are not as they should be.

    python3 tools/python/generate.py            writes them
    python3 tools/python/generate.py --check    exits 1 if one differs

`_answer.py` and `_protocol.py` are types of the schemas in docs/schemas; `_api.py` is
`_api_async.py` without its `await`s: what can be asked is written once.
"""

from __future__ import annotations

import argparse
import json
import keyword
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "docs" / "schemas"
ANSWER_SCHEMA = "accord-answer-1.schema.json"
PROTOCOL_SCHEMA = "accord-protocol-1.schema.json"
COLUMNS_MAX = 96
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

# What a program writes or reads that uses accord/; the rest of the protocol is _messages.py's.
PROTOCOL_TYPES = (
    "ecosystem initializeResult statsResult universeWantsParams universeUpdateParams"
    " universeLoadResult universeQueryResult question solveLimits answer needs whatIfResult"
    " pin verifyResult versionParseResult versionCompareResult versionMatchResult"
).split()
# Which universe is meant, an object of ours says.
RENAMED = {"question": "Request", "universeUpdateParams": "Update"}
LEFT_OUT = {("question", "universe"), ("question", "progressToken"),
            ("universeUpdateParams", "universe")}

TYPES_HEAD = '''"""{title}

Made by generate.py from docs/schemas/{schema}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict
{imports}
if TYPE_CHECKING:
    from typing_extensions import NotRequired


'''
API_HEAD = '''"""{title}

An engine, a universe and a solve may be used by any threads. Made by generate.py from
_api_async.py.
"""

'''


class Types:
    """A schema's types as source text: a TypedDict for an object, an alias for anything else.

    A type is written before those that name it, and a definition that only names a scalar is not
    written at all. Lists and dicts are read-only, so that any of the caller's will do.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions: dict[str, Any] = schema.get("$defs", {})
        self._names: dict[str, str] = {}
        self._blocks: list[str] = []

    def add(self, definitions: Collection[str]) -> None:
        for definition in definitions:
            self._of_definition(definition)

    def add_class(self, name: str, schema: dict[str, Any], left_out: Collection[str] = ()) -> str:
        """A TypedDict; what an `allOf` of this file says stands in it too."""
        base, properties, required = "TypedDict", {}, set(schema.get("required", []))
        for part in schema.get("allOf", []):
            if part["$ref"].startswith("#"):
                inherited = self._definitions[part["$ref"].rpartition("/")[2]]
                properties.update(inherited["properties"])
                required |= set(inherited.get("required", []))
            else:
                base = "AnswerDocument"
        properties.update(schema["properties"])
        fields = []
        for field, of in properties.items():
            kind = self._type_of(of, name + capital(field))
            kind = kind if field in required else f"NotRequired[{kind}]"
            if field not in left_out:
                fields.append((field, kind, of.get("description", "")))
        self._blocks.append(class_text(name, base, schema.get("description", ""), fields))
        return name

    def text(self) -> str:
        return "\n\n".join(self._blocks)

    def _of_definition(self, definition: str) -> str:
        if definition in self._names:
            return self._names[definition]
        schema = self._definitions[definition]
        name = RENAMED.get(definition, capital(definition))
        if "properties" in schema:
            is_nullable = isinstance(schema.get("type"), list)
            self._names[definition] = name + (" | None" if is_nullable else "")
            left_out = {field for of, field in LEFT_OUT if of == definition}
            self.add_class(name, schema, left_out)
            return self._names[definition]
        kind = self._type_of(schema, name if "items" in schema else f"{name}Object")
        if set(kind.split(" | ")) <= {*SCALARS.values(), *self._names.values()}:
            name = kind
        else:
            self._blocks.append(declared(f"{name} = ", kind))
        self._names[definition] = name
        return name

    def _type_of(self, schema: dict[str, Any], name: str) -> str:
        """A type expression; `name` is what an object that has no name is called."""
        if "$ref" in schema:
            return self._of_definition(schema["$ref"].rpartition("/")[2])
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(json.dumps(value) for value in values)}]"
        if "properties" in schema:
            return self.add_class(name, schema)
        if "anyOf" in schema:
            return " | ".join(self._type_of(one, name) for one in schema["anyOf"])
        kinds = schema.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return " | ".join(self._plain_type(kind, schema, name) for kind in kinds) or "Any"

    def _plain_type(self, kind: str, schema: dict[str, Any], name: str) -> str:
        if kind == "array":
            return f"Sequence[{self._type_of(schema.get('items', {}), one_of(name))}]"
        if kind != "object":
            return SCALARS[kind]
        values = schema.get("additionalProperties", {})
        return f"Mapping[str, {self._type_of(values, name)}]"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def one_of(names: str) -> str:
    """What an entry of a list is called."""
    if names.endswith("ies"):
        return f"{names[:-3]}y"
    return names[:-1] if names.endswith("s") else f"{names}Item"


def class_text(name: str, base: str, description: str, fields: list[tuple[str, str, str]]) -> str:
    if any(keyword.iskeyword(field) or not field.isidentifier() for field, _, _ in fields):
        items = "".join(f"        {field!r}: {kind!r},\n" for field, kind, _ in fields)
        return f"{name} = TypedDict(\n    {name!r},\n    {{\n{items}    }},\n)\n"
    text = f"class {name}({base}):\n"
    if description:
        text += f'    """{wrapped(description, 4)}"""\n\n'
    return text + "".join(field_text(*field) for field in fields)


def field_text(field: str, kind: str, description: str) -> str:
    comment = f"    # {wrapped(description, 4, '# ')}\n" if description else ""
    return comment + declared(f"    {field}: ", kind)


def declared(start: str, kind: str) -> str:
    """A line, or several where there are many words to choose from."""
    if len(start) + len(kind) <= COLUMNS_MAX:
        return f"{start}{kind}\n"
    indent = " " * (len(start) - len(start.lstrip()))
    head, _, tail = kind.partition("Literal[")
    values, _, closing = tail.partition("]")
    words = wrapped(values, len(indent) + 4)
    return f"{start}{head}Literal[\n{indent}    {words}\n{indent}]{closing}\n"


def wrapped(text: str, indent: int, mark: str = "") -> str:
    """Lines that fit; those behind the first are indented, and marked."""
    lines, line = [], ""
    for word in text.split():
        if line and indent + len(mark) + len(line) + 1 + len(word) > COLUMNS_MAX:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return f"\n{' ' * indent}{mark}".join([*lines, line])


def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return schema


def types_module(title: str, schema: str, types: Types, imports: str = "") -> str:
    return TYPES_HEAD.format(title=title, schema=schema, imports=imports) + types.text()


def answer_module() -> str:
    schema = schema_of(ANSWER_SCHEMA)
    types = Types(schema)
    types.add_class("AnswerDocument", schema)
    return types_module("What an answer holds, as types.", ANSWER_SCHEMA, types)


def protocol_module() -> str:
    types = Types(schema_of(PROTOCOL_SCHEMA))
    types.add(PROTOCOL_TYPES)
    title = "What is asked, and what methods answer, as types."
    imports = "\nfrom accord._answer import AnswerDocument\n"
    return types_module(title, PROTOCOL_SCHEMA, types, imports)


def api_module() -> str:
    """`_api_async.py` for threads."""
    text = (HERE / "accord" / "_api_async.py").read_text(encoding="utf-8")
    head, _, body = text.partition('"""\n\n')
    title = head.strip('"').partition("\n")[0].replace("asyncio", "threads")
    for pattern, instead in (
        (r"\basync (def|with|for)\b", r"\1"),
        (r"\bawait ", ""),
        (r"\bAwaitable\[(\w+)\]", r"\1"),
        (r"\bAsync(?=[A-Z])", ""),
        (r"__a(enter|exit)__", r"__\1__"),
        (r"_connection_async\b", "_connection"),
        (r"\bcoroutine\b", "function"),
        (r"^from collections\.abc import Awaitable, ", "from collections.abc import "),
    ):
        body = re.sub(pattern, instead, body, flags=re.M)
    return API_HEAD.format(title=title) + body


def modules() -> Iterator[tuple[Path, str]]:
    yield HERE / "accord" / "_answer.py", answer_module()
    yield HERE / "accord" / "_protocol.py", protocol_module()
    yield HERE / "accord" / "_api.py", api_module()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, tell what differs")
    is_check = parser.parse_args().check
    stale = 0
    for path, text in modules():
        if is_check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            print(f"{path.name} is not what generate.py writes", file=sys.stderr)
            stale += 1
        elif not is_check:
            path.write_text(text, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
