"""Writes the files of accord/ that are made from others, or tells which are not as they should be.

    python3 tools/python/generate.py            writes them
    python3 tools/python/generate.py --check    exits 1 if one differs

`_answer.py` are the types of docs/schemas/accord-answer-1.schema.json; `_api.py` is
`_api_async.py` without its `await`s: what can be asked is written once.
"""

from __future__ import annotations

import argparse
import json
import keyword
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "docs" / "schemas"
COLUMNS_MAX = 96
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

ANSWER_HEAD = '''"""What an answer holds, as types.

Made by generate.py from {schema}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired

'''
API_HEAD = '''"""{title}

An engine, a universe and a solve may be used by any threads. Made by generate.py from
_api_async.py.
"""

'''


def class_name(word: str) -> str:
    return word[:1].upper() + word[1:]


class Types:
    """The schema's types as source text: a TypedDict for an object, an alias for anything else."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions: dict[str, Any] = schema["$defs"]
        self._blocks: list[str] = []
        for name, definition in self._definitions.items():
            self._define(class_name(name), definition)
        self._define("Answer", schema)

    def text(self) -> str:
        return "\n\n".join(self._blocks)

    def _define(self, name: str, schema: dict[str, Any]) -> None:
        if "properties" in schema:
            self._typed_dict(name, schema)
        else:
            self._blocks.append(declared(f"{name} = ", runtime(self._type_of(schema, name))))

    def _typed_dict(self, name: str, schema: dict[str, Any]) -> None:
        required = schema.get("required", [])
        fields = []
        for field, of in schema["properties"].items():
            kind = self._type_of(of, name + class_name(field))
            kind = kind if field in required else f"NotRequired[{kind}]"
            fields.append((field, kind, of.get("description", "")))
        if any(keyword.iskeyword(field) for field, _, _ in fields):
            items = "".join(f"        {field!r}: {kind!r},\n" for field, kind, _ in fields)
            text = f"{name} = TypedDict(\n    {name!r},\n    {{\n{items}    }},\n)\n"
        else:
            text = f"class {name}(TypedDict):\n"
            if schema.get("description"):
                text += f'    """{wrapped(capital(schema["description"]), 4)}"""\n\n'
            text += "".join(field_text(*field) for field in fields)
        self._blocks.append(text)

    def _type_of(self, schema: dict[str, Any], name: str) -> str:
        """A type expression; `name` is what an object that has no name is called."""
        if "$ref" in schema:
            target = schema["$ref"].rpartition("/")[2]
            kinds = self._definitions[target].get("type")
            is_nullable = isinstance(kinds, list) and "properties" in self._definitions[target]
            return class_name(target) + (" | None" if is_nullable else "")
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(json.dumps(value) for value in values)}]"
        kinds = schema.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return " | ".join(self._plain_type(kind, schema, name) for kind in kinds) or "Any"

    def _plain_type(self, kind: str, schema: dict[str, Any], name: str) -> str:
        if kind == "array":
            return f"list[{self._type_of(schema['items'], one_of(name))}]"
        if kind != "object":
            return SCALARS[kind]
        if "properties" in schema:
            self._typed_dict(name, schema)
            return name
        values = schema.get("additionalProperties")
        return f"dict[str, {self._type_of(values, name) if isinstance(values, dict) else 'Any'}]"


def one_of(names: str) -> str:
    """What an entry of a list is called."""
    if names.endswith("ies"):
        return f"{names[:-3]}y"
    return names[:-1] if names.endswith("s") else f"{names}Item"


def runtime(kind: str) -> str:
    """The same where it is evaluated: Python 3.10 has no `|` for names that come later."""
    parts = kind.split(" | ")
    return kind if len(parts) == 1 else f"Union[{', '.join(parts)}]"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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


def answer_module() -> str:
    schema = "accord-answer-1.schema.json"
    types = Types(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    return ANSWER_HEAD.format(schema=f"docs/schemas/{schema}") + "\n" + types.text()


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
