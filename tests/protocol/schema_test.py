"""Holds docs/schemas/accord-protocol-1.schema.json to docs/protocol.md, to the code and to itself.

    schema_test.py ACCORD

Exit status 77 (skipped) where jsonschema is absent.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import unittest

import schemas
from schemas import ANSWER, PROTOCOL, Schemas

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESOLVER = ROOT / "resolver"
ACCORD = None
# The readers of params, and the writers of results that are the protocol's own.
READERS = [*sorted((RESOLVER / "protocol").glob("*_methods.cc")), RESOLVER / "protocol/session.cc",
           *(RESOLVER / "wire" / name for name in (
               "pypi_facts_json.cc", "pypi_request.cc", "conda_request.cc", "conda_update.cc",
               "request_texts.cc"))]
WRITERS = [*sorted((RESOLVER / "protocol").glob("*_methods.cc")), RESOLVER / "protocol/session.cc",
           RESOLVER / "protocol/fault.cc", RESOLVER / "wire/documents.cc",
           RESOLVER / "wire/pypi_facts_json.cc", RESOLVER / "wire/conda_update.cc"]
READ = re.compile(r"\b(?:Text|TextOr|BoolOr|Count|Texts|Object|ForEach|ForMembers|Word|Find|Has"
                  r"|Lower|InstantIn|InstantsIn|LimitsOf|PlacedTexts|TakeBinaries)"
                  r"\((?:\w+, )?\"(\w+)\"")
WRITTEN = re.compile(r"\{\"(\w+)\",|\[\"(\w+)\"\]")
# Words behind a `{"` that are values, not names.
NO_NAMES = {"pypi", "conda", "initialize", "warning", "info"}


def properties(schema):
    """The names of all properties, wherever they stand in a schema."""
    if isinstance(schema, list):
        return set().union(*map(properties, schema))
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties", {})
    names = set(own) if isinstance(own, dict) else set()
    return names.union(*(properties(part) for key, part in schema.items() if key != "examples"))


def keys(value):
    """The names of all members of all objects in a value."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*map(keys, value.values()))


def said(*messages):
    """What the engine answers to messages, by id."""
    lines = "".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
    done = subprocess.run([ACCORD, "serve"], input=lines, capture_output=True, text=True,
                          timeout=60)
    return {answer["id"]: answer["result"] for answer in map(json.loads, done.stdout.splitlines())}


def found(pattern, paths):
    texts = "".join(path.read_text(encoding="utf-8") for path in paths)
    return {name for match in pattern.finditer(texts) for name in match.groups() if name}


class Schema(unittest.TestCase):
    def setUp(self):
        self.schemas = Schemas()
        self.definitions = self.schemas.protocol["$defs"]

    def test_it_is_a_schema_and_each_type_has_examples_that_fit(self):
        schemas.jsonschema.Draft202012Validator.check_schema(self.schemas.protocol)
        for name, definition in self.definitions.items():
            with self.subTest(name):
                self.assertTrue(definition.get("examples"))
                for example in definition["examples"]:
                    self.assertIsNone(self.schemas.fault(example, name))

    def test_a_field_more_is_allowed_and_one_of_a_wrong_type_is_not(self):
        for name, definition in self.definitions.items():
            for example in definition["examples"]:
                if not isinstance(example, dict):
                    continue
                self.assertIsNone(self.schemas.fault({**example, "later": [1]}, name))
                for field in properties({**definition, "$defs": {}}) & set(example):
                    wrong = 0.5 if field != "id" else []
                    with self.subTest(f"{name}/{field}"):
                        self.assertIsNotNone(self.schemas.fault({**example, field: wrong}, name))

    def test_each_property_stands_in_an_example(self):
        examples = [definition["examples"] for definition in self.definitions.values()]
        seen = keys(examples)
        self.assertEqual(properties(self.definitions) - seen, set())

    def test_methods_lead_to_types_and_types_are_reached(self):
        text = PROTOCOL.read_text(encoding="utf-8")
        for name in {*self.schemas.methods, *self.schemas.notifications}:
            entry = {**self.schemas.methods, **self.schemas.notifications}[name]
            for part in {"params", "result"} & set(entry):
                self.assertIn(entry[part], self.definitions, name)
        for name in self.definitions:
            uses = text.count(f'"#/$defs/{name}"') + len(re.findall(
                rf'"(?:params|result)": "{re.escape(name)}"', text))
            self.assertGreater(uses, 0, f"{name} is used by nothing")


class Documentation(unittest.TestCase):
    def setUp(self):
        self.text = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
        self.schemas = Schemas()

    def test_every_method_of_the_schema_is_described_and_every_name_of_a_method_is_in_it(self):
        known = {*self.schemas.methods, *self.schemas.notifications}
        for name in known:
            self.assertIn(f"`{name}`", self.text)
        described = set(re.findall(r"`((?:universe|resolve|version)/\w+)`", self.text))
        self.assertEqual(described - known, set())

    def test_the_table_of_errors_is_the_enumeration_and_the_engines(self):
        table = re.findall(r"^\| (-?\d+) \| `(\w+)` \|", self.text, re.M)
        self.assertEqual([kind for _, kind in table],
                         self.schemas.protocol["$defs"]["errorKind"]["enum"])
        code = (RESOLVER / "protocol" / "fault.cc").read_text(encoding="utf-8")
        self.assertEqual(table, re.findall(r'Known\{FaultKind::\w+, (-?\d+), "(\w+)"\}', code))

    def test_every_property_is_a_word_of_the_documents(self):
        texts = self.text + "".join((ROOT / "docs" / name).read_text(encoding="utf-8")
                                    for name in ("world-file.md", "policies.md", "outputs.md"))
        definitions = self.schemas.protocol["$defs"]
        elsewhere = {"jsonrpc", *properties([definitions[name] for name in (
            "openRpc", "pin", "versionParseResult", "verifyResult")])}
        missing = {name for name in properties(definitions) - elsewhere
                   if not re.search(rf"\b{name}\b", texts)}
        self.assertEqual(missing, set())


class Code(unittest.TestCase):
    def setUp(self):
        protocol = json.loads(PROTOCOL.read_text(encoding="utf-8"))
        answer = json.loads(ANSWER.read_text(encoding="utf-8"))
        self.own = properties(protocol["$defs"])
        self.known = self.own | properties(answer)

    def test_every_field_that_the_code_reads_or_writes_is_in_the_schema(self):
        read = found(READ, READERS)
        self.assertGreater(len(read), 50)
        self.assertEqual(read - self.known, set())
        written = found(WRITTEN, WRITERS) - NO_NAMES
        self.assertGreater(len(written), 30)
        self.assertEqual(written - self.known, set())

    def test_every_property_of_the_schema_stands_in_the_code(self):
        paths = [path for folder in ("protocol", "wire", "model")
                 for path in (RESOLVER / folder).glob("*")
                 if path.suffix in (".cc", ".h")]
        # Records are the ecosystem's to read.
        paths += [RESOLVER / "ecosystem/conda" / name
                  for name in ("record_words.h", "repodata_record.cc")]
        texts = "".join(path.read_text(encoding="utf-8") for path in paths)
        missing = {name for name in self.own if f'"{name}"' not in texts and
                   f'\\"{name}\\"' not in texts}
        self.assertEqual(missing, set())


class Engine(unittest.TestCase):
    def test_it_has_the_published_schema_in_it_and_tells_methods_that_are_in_the_schema(self):
        answers = said({"id": 1, "method": "initialize", "params": {"protocolVersions": [1]}},
                       {"id": 2, "method": "rpc.discover"})
        digest = hashlib.sha256(PROTOCOL.read_bytes()).hexdigest()
        self.assertEqual(answers[1]["schemaHash"], f"sha256:{digest}")
        methods = answers[1]["capabilities"]["methods"]
        self.assertEqual([method["name"] for method in answers[2]["methods"]], methods)
        self.assertEqual(methods, sorted(methods))
        self.assertLessEqual(set(methods), set(Schemas().methods))

    def test_discovery_is_whole_by_itself(self):
        document = said({"id": 1, "method": "initialize", "params": {"protocolVersions": [1]}},
                        {"id": 2, "method": "rpc.discover"})[2]
        components = document["components"]["schemas"]
        for reference in re.findall(r'"\$ref": "([^"]*)"', json.dumps(document)):
            self.assertTrue(reference.startswith("#/components/schemas/"), reference)
            self.assertIn(reference.removeprefix("#/components/schemas/"), components)
        resolve = next(method for method in document["methods"] if method["name"] == "resolve")
        params = {param["name"]: param["required"] for param in resolve["params"]}
        self.assertEqual((params["universe"], params["requirements"], params["mode"]),
                         (True, False, False))
        wanted = {"$ref": "#/components/schemas/answer1"}
        self.assertIn(wanted, components["answer"]["allOf"])
        schemas.jsonschema.Draft202012Validator(
            {"$ref": "#/components/schemas/initializeParams", "components": document["components"]}
        ).validate({"protocolVersions": [1]})


if __name__ == "__main__":
    if schemas.jsonschema is None:
        print("skipped: no python3-jsonschema")
        sys.exit(77)
    ACCORD = sys.argv.pop(1)
    unittest.main()
