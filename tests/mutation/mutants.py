"""Small faults that a text of C++ can be given, one at a time: the operators of `tools/dev mutate`.

A mutant is a place, what stands there and what takes its place; nothing is read of the language
but literals, comments and lines. Left alone: contracts (ACCORD_CHECK and the like never fire in a
correct program), includes, and `reserve`, which costs time only. What does not compile is sorted
out by the compiler.
"""

import dataclasses
import re

LITERALS = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
                      r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/", re.S)
LEFT_ALONE = re.compile(r"ACCORD_D?CHECK|static_assert|^\s*#|\breserve\(|\bconstexpr\b")

# (name, pattern, replacement): the first group of the pattern is what is replaced.
SWAPS = [
    ("relation", r" (<) ", "<="), ("relation", r" (<=) ", "<"),
    ("relation", r" (>) ", ">="), ("relation", r" (>=) ", ">"),
    ("relation", r" (==) ", "!="), ("relation", r" (!=) ", "=="),
    ("logic", r" (&&) ", "||"), ("logic", r" (\|\|) ", "&&"), ("logic", r"[( ](!)[\w(*]", ""),
    ("arithmetic", r"( \+ 1)\b", ""), ("arithmetic", r"( - 1)\b", ""),
    ("arithmetic", r" (\+) ", "-"), ("arithmetic", r" (-) ", "+"),
    ("arithmetic", r"(\+\+)", "--"), ("arithmetic", r"(--)", "++"),
    ("arithmetic", r" (\+=) ", "-="), ("arithmetic", r" (-=) ", "+="),
    ("constant", r"[ (](0)[;,)\]]", "1"), ("constant", r"[ (](1)[;,)\]]", "0"),
    ("constant", r"\b(true)\b", "false"), ("constant", r"\b(false)\b", "true"),
    ("choice", r"\bstd::(min)\b", "max"), ("choice", r"\bstd::(max)\b", "min"),
    ("choice", r"\b(any_of)\b", "all_of"), ("choice", r"\b(all_of)\b", "any_of"),
    ("choice", r"\.(front)\(\)", "back"), ("choice", r"\.(back)\(\)", "front"),
]
CONDITION = re.compile(r"^\s*(?:\} else )?(?:if|while) \((.*)\) ?(?:\{|\w[^{]*;)?$")
# A call, a step or an assignment, alone on its line.
STATEMENT = re.compile(r"^\s+((?!return\b|using\b|delete\b|case\b|else\b|throw\b)"
                       r"(?:[\w.:\[\]*>()-]+\(.*\)|[\w.\[\]*>()-]+ [-+|&]?= [^;]*"
                       r"|\+\+[\w.\[\]>-]+|break|continue|return));$")
DECLARATION = re.compile(r"^\s+(?:const |constexpr |static |auto |friend |explicit |virtual |\[\[)")


@dataclasses.dataclass(frozen=True)
class Mutant:
    kind: str
    begin: int
    end: int
    text: str  # what stands there then

    def apply(self, source):
        return source[:self.begin] + self.text + source[self.end:]

    def line(self, source):
        return source.count("\n", 0, self.begin) + 1


def blank(source):
    """The source with literals and comments as blanks: every offset stays what it is."""
    return LITERALS.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), source)


def is_whole(text):
    """Brackets and braces close inside the text."""
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return depth == 0


def of_line(line, offset):
    for kind, pattern, replacement in SWAPS:
        for match in re.finditer(pattern, line):
            begin, end = match.span(1)
            yield Mutant(kind, offset + begin, offset + end, replacement)
    condition = CONDITION.match(line)
    if condition and ";" not in condition.group(1) and is_whole(condition.group(1)):
        begin, end = condition.span(1)
        yield Mutant("negation", offset + begin, offset + end, f"!({line[begin:end]})")
    statement = STATEMENT.match(line)
    if statement and is_whole(statement.group(1)) and not DECLARATION.match(line):
        begin, end = statement.span(1)
        yield Mutant("removal", offset + begin, offset + end, "")


def mutants_of(source):
    """Every mutant of a source text, in order of their places."""
    offset = 0
    original = source.splitlines(keepends=True)
    found = []
    for line, shown in zip(blank(source).splitlines(keepends=True), original):
        if not LEFT_ALONE.search(line):
            for mutant in of_line(line.rstrip("\n"), offset):
                # A negation is written with the literals that were blanked to find it.
                if mutant.kind == "negation":
                    kept = source[mutant.begin:mutant.end]
                    mutant = dataclasses.replace(mutant, text=f"!({kept})")
                found.append(mutant)
        offset += len(shown)
    return sorted(set(found), key=lambda mutant: (mutant.begin, mutant.end, mutant.text))
