"""The corpora that ship conform to the schema that is published, line by line.

Usage: schema_test.py SCHEMA CORPUS...
Exit status 77 (skipped) where jsonschema or the zstd program is absent.
"""
import json
import shutil
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

SKIPPED = 77


def main(schema_path, *corpora):
    if jsonschema is None or shutil.which("zstd") is None:
        print("skipped: no python3-jsonschema or no zstd program")
        return SKIPPED
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    kinds = [jsonschema.Draft7Validator({**schema, "oneOf": [{"$ref": f"#/definitions/{kind}"}]})
             for kind in ("header", "package")]
    failed = 0
    for corpus in corpora:
        text = subprocess.run(["zstd", "-dc", corpus], stdout=subprocess.PIPE, check=True).stdout
        lines = text.decode().splitlines()
        for number, line in enumerate(lines, 1):
            error = next(kinds[number > 1].iter_errors(json.loads(line)), None)
            if error is not None:
                failed += 1
                place = "/".join(str(part) for part in error.absolute_path)
                print(f"{corpus}:{number}: /{place}: {error.message[:200]}")
        print(f"{corpus}: {len(lines)} lines")
    # The schema must be able to refuse: a version without metadata needs a reason.
    bad = {"name": "a", "versions": [{"version": "1", "metadata": None}]}
    if kinds[1].is_valid(bad):
        failed += 1
        print("the schema accepts a version with neither metadata nor a reason")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
