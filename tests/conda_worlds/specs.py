"""Conda's words in worlds, read by nobody's parser: versions (CEP 33), match specifiers (CEP 29)
and conditions (CEP 43) as values, what they mean, and how they are written.

A specifier is {"name"} and any of "version": [[[operator, version], ...and], ...or], "build": a
text or glob, "build_number": [operator, number], "subdir", "channel", "extras": [...], "when": a
condition, "form": which of its spellings. {"name", "broken": text} is one that nobody can read.
A condition is a specifier, {"and": [...]} or {"or": [...]}.
"""

import fnmatch
import functools
import itertools
import operator
import re

RANKS = {"dev": (0, ""), "post": (3, "")}
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
               "==": operator.eq, "!=": operator.ne}


# ---- versions

def components(segment):
    """Numbers and words: `dev` below other words, words below numbers, `post` above them."""
    parts = re.findall(r"[0-9]+|[^0-9]+", segment)
    if parts and not parts[0].isdigit():
        parts.insert(0, "0")
    return [(2, int(p)) if p.isdigit() else RANKS.get(p, (1, p)) for p in parts]


def segments_of(text):
    """One underscore at the end belongs to its word: `1.0.1_` is before `1.0.1a`."""
    end = "_" if text.endswith("_") else ""
    *parts, last = text.removesuffix("_").replace("_", ".").split(".")
    return tuple(map(components, [*parts, last + end]))


@functools.lru_cache(maxsize=None)
def parsed(text):
    """(epoch, segments of the release, segments of the local part)."""
    epoch, _, rest = text.lower().replace("-", "_").rpartition("!")
    release, _, local = rest.partition("+")
    return int(epoch or 0), segments_of(release), segments_of(local) if local else ()


def compare_segments(a, b):
    for left, right in itertools.zip_longest(a, b, fillvalue=[]):
        for x, y in itertools.zip_longest(left, right, fillvalue=(2, 0)):
            if x != y:
                return -1 if x < y else 1
    return 0


@functools.lru_cache(maxsize=None)
def compare(a, b):
    """Less than, equal to or greater than 0, as version a is before, like or behind b."""
    (epoch_a, *parts_a), (epoch_b, *parts_b) = parsed(a), parsed(b)
    if epoch_a != epoch_b:
        return epoch_a - epoch_b
    return compare_segments(parts_a[0], parts_b[0]) or compare_segments(parts_a[1], parts_b[1])


version_key = functools.cmp_to_key(compare)


def begins_with(version, start):
    """`start` has no local part. Of a word at its end the beginning will do."""
    (epoch, release, _), (start_epoch, start_release, _) = parsed(version), parsed(start)
    last = len(start_release) - 1
    head = [*release, *[[]] * (last + 1 - len(release))]
    if epoch != start_epoch or compare_segments(head[:last], start_release[:last]):
        return False
    *before, wanted = start_release[last]
    end = len(before)
    if compare_segments([head[last][:end]], [before]) != 0:
        return False
    found = head[last][end] if end < len(head[last]) else (2, 0)
    if wanted[0] == 1:
        return found[0] == 1 and found[1].startswith(wanted[1])
    return found == wanted


def without_last_segment(version):
    return version.rpartition(".")[0]


def clause_admits(clause, version):
    op, wanted = clause
    if op == "=":
        return begins_with(version, wanted)
    if op == "!=":
        return not begins_with(version, wanted)
    if op == "~=":
        start = without_last_segment(wanted)
        return compare(version, wanted) >= 0 and (not start or begins_with(version, start))
    return COMPARISONS[op](compare(version, wanted), 0)


def versions_admit(alternatives, version):
    return any(all(clause_admits(c, version) for c in clauses) for clauses in alternatives)


# ---- specifiers

def matches(spec, thing):
    """Whether a record, or a virtual package, is what the specifier asks for; names are equal."""
    if "version" in spec and not versions_admit(spec["version"], thing["version"]):
        return False
    if "build" in spec and not fnmatch.fnmatchcase(thing["build"], spec["build"]):
        return False
    if "build_number" in spec:
        op, number = spec["build_number"]
        if not COMPARISONS[op](thing.get("build_number", 0), number):
            return False
    return all(thing.get(key) == spec[key] for key in ("subdir", "channel") if key in spec)


def holds(condition, named):
    """`named(name)` is what an environment has of a name, or None."""
    if condition is None:
        return True
    if "and" in condition:
        return all(holds(c, named) for c in condition["and"])
    if "or" in condition:
        return any(holds(c, named) for c in condition["or"])
    thing = named(condition["name"])
    return thing is not None and matches(condition, thing)


# ---- texts

def clause_text(clause, form):
    op, version = clause
    if op == "=" and form % 2:
        return version + ".*"
    if op == "==" and form % 2:
        return version
    return op + version


def version_text(spec):
    form = spec.get("form", 0)
    return "|".join(",".join(clause_text(c, form) for c in clauses) for clauses in spec["version"])


def glued_text(spec):
    """`=1.0` is fuzzy, `=1.0=h_0` exact; None: neither is meant."""
    clauses = spec["version"][0] if len(spec.get("version", [])) == 1 else []
    if len(clauses) != 1:
        return None
    op, version = clauses[0]
    if op == "=" and "build" not in spec:
        return f"={version}"
    return f"={version}={spec['build']}" if op == "==" and "build" in spec else None


def spec_text(spec, quote='"'):
    if "broken" in spec:
        return f"{spec['name']}{spec['broken']}"
    form = spec.get("form", 0)
    text, keys = spec["name"], []
    if form // 2 % 3 == 2:  # all between brackets
        if "version" in spec:
            keys.append(f"version={quote}{version_text(spec)}{quote}")
        if "build" in spec:
            keys.append(f"build={quote}{spec['build']}{quote}")
    elif form == 3 and glued_text(spec):
        text += glued_text(spec)
    elif "version" in spec or "build" in spec:
        text += " " + (version_text(spec) if "version" in spec else "*")
        text += f" {spec['build']}" if "build" in spec else ""
    if "build_number" in spec:
        op, number = spec["build_number"]
        keys.append(f"build_number={quote}{'' if op == '==' else op}{number}{quote}")
    keys += [f"{key}={spec[key]}" for key in ("subdir", "channel") if key in spec]
    if spec.get("extras"):
        keys.append(f"extras=[{','.join(spec['extras'])}]")
    if "when" in spec:
        keys.append(f"when={quote}{condition_text(spec['when'])}{quote}")
    return text + (f"[{','.join(keys)}]" if keys else "")


def condition_text(condition, inside=False):
    for word in ("and", "or"):
        if word in condition:
            text = f" {word} ".join(condition_text(c, True) for c in condition[word])
            return f"({text})" if inside else text
    return spec_text(condition, "'")
