"""Match specifiers as channels and manifests write them (CEP 29), as the values of specs.py.

    read_spec(text) -> a specifier; {"name", "broken": text} of what is not read here

For judging answers on real channels without Accord's own reader. What they do not write is not
read: parentheses, globs inside a version, regular expressions, hashes, and other keys between
brackets than `version`, `build`, `build_number`, `subdir`, `channel`, `extras` and `when`.
"""

import functools
import re

SPEC = re.compile(r"(?:(?P<channel>[\w./-]+)::)?(?P<name>[\w.-]+)(?P<rest>[^\[\]]*)"
                  r"(?:\[(?P<keys>.*)\])?$")
KEY = re.compile(r"""\s*(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\[([^\[\]]*)\]|([^,"'\[\]]*))"""
                 r"\s*(?:,|$)")
KEYS = {"version", "build", "build_number", "subdir", "channel", "extras", "when"}
BLANKS = re.compile(r"(?<=[<>=~])\s+(?=[\w*])|\s*([,|])\s*")  # those that part nothing
GLUED = re.compile(r"(?P<version>={0,2}[^\s=,|<>!~]+)=(?P<build>[^\s=,|<>!~]+)$")
CLAUSE = re.compile(r"(?P<op>==|!=|>=|<=|~=|=|<|>|)(?P<version>(?:\d+!)?\d(?:[\w.+-]*\w)?)"
                    r"(?P<star>\.?\*)?$")
NUMBER = re.compile(r"(?P<op>==|!=|>=|<=|<|>|)(?P<number>\d+)$")


class NotRead(ValueError):
    """A text beyond what is read here."""


def read_clause(text, exact):
    """[operator, version], or None: every version. Of a text with a build `=` is exact."""
    if text in ("*", "=*", "==*"):
        return None
    match = CLAUSE.match(text)
    if not match:
        raise NotRead(text)
    op, version, star = match["op"], match["version"], match["star"]
    if star:
        op = {"": "=", "==": "="}.get(op, op)
    elif op == "" or (op == "=" and exact):
        op = "=="
    return [op, version]


def read_version(text, exact=False):
    """[[[operator, version], ...and], ...or]; None: every version."""
    alternatives = [[read_clause(clause, exact) for clause in part.split(",")]
                    for part in text.split("|")]
    found = [[clause for clause in clauses if clause] for clauses in alternatives]
    return found if all(found) else None


def read_positional(rest):
    """(version or None, build or None) of what stands behind the name."""
    text = BLANKS.sub(lambda match: match[1] or "", rest.strip())
    if glued := GLUED.match(text):
        return read_version(glued["version"], exact=True), glued["build"]
    version, _, build = text.partition(" ")
    return read_version(version) if version else None, build.strip() or None


def read_keys(text):
    found, place = {}, 0
    while place < len(text):
        match = KEY.match(text, place)
        if not match or match[1] not in KEYS:
            raise NotRead(text)
        found[match[1]] = next(value for value in match.groups()[1:] if value is not None).strip()
        place = match.end()
    return found


def read_condition(text):
    """A specifier, or several with `and` before `or`."""
    for word in ("or", "and"):
        parts = re.split(rf"\s+{word}\s+", text)
        if len(parts) > 1:
            return {word: [read_condition(part) for part in parts]}
    if text.startswith("("):
        raise NotRead(text)
    return read_parts(text)


def read_parts(text):
    match = SPEC.match(text.strip())
    if not match:
        raise NotRead(text)
    keys = read_keys(match["keys"] or "")
    version, build = read_positional(match["rest"])
    if "version" in keys:
        version = read_version("".join(keys["version"].split()))
    found = {"name": match["name"].lower(), "version": version, "build": keys.get("build", build),
             "subdir": keys.get("subdir"), "channel": keys.get("channel", match["channel"])}
    if any(letter in (found["build"] or "") for letter in " ^$[]()?!"):
        raise NotRead(text)
    if "build_number" in keys:
        number = NUMBER.match(keys["build_number"])
        if not number:
            raise NotRead(text)
        found["build_number"] = [number["op"] or "==", int(number["number"])]
    if "extras" in keys:
        found["extras"] = [extra.strip() for extra in keys["extras"].split(",")]
    if "when" in keys:
        found["when"] = read_condition(keys["when"])
    return {key: value for key, value in found.items() if value is not None}


@functools.lru_cache(maxsize=None)
def read_spec(text):
    try:
        return read_parts(text)
    except NotRead:
        name = re.match(r"[\w.-]*", text.strip())[0]
        return {"name": name.lower(), "broken": text.strip()[len(name):]}
