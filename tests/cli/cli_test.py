"""Runs the program as a user does. ctest calls it with the program's path.

Each transcripts/*.txt is a list of command lines ("$ accord ...") with what they print: lines of
stdout as they are, lines of stderr behind "! ", then "[N]", the exit status, if not 0. Times are
written as T. Commands run in this folder, where the small corpora and worlds are; OUT is a folder
of the transcript's own, for files that they write.

    python3 cli_test.py ACCORD            runs the tests
    python3 cli_test.py ACCORD --update   rewrites the transcripts; read the difference
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TRANSCRIPTS = HERE / "transcripts"
TIMES = re.compile(r"\d+\.\d(?=, |\))")
CPU = re.compile(r'\d+\.\d(?= s of CPU)|(?<="cpuMs": )\d+')
ACCORD = None
TINY = ["--corpus", "tiny.jsonl"]
FILES = ["--corpus", "files.jsonl"]


def run(*words, stdin="", environment=None):
    """One call: (exit status, stdout, stderr). No variable of the caller's is seen, and no Python
    on PATH, so that no answer hangs on the machine."""
    done = subprocess.run([ACCORD, *words], cwd=HERE, input=stdin, capture_output=True, text=True,
                          timeout=60, env={"PATH": "/nowhere", **(environment or {})})
    return done.returncode, done.stdout, done.stderr


def without_times(text):
    """Only the line that tells what took the time has such figures behind words."""
    lines = []
    for line in text.splitlines():
        if " ms (reading " in line:
            head, tail = line.rsplit(" ms (", 1)
            line = re.sub(r"\d+\.\d$", "T", head) + " ms" + TIMES.sub("T", " (" + tail)
        lines.append(CPU.sub("T", line))
    return lines


def replay(command, folder):
    """What a transcript says of one command line; OUT stands for the folder."""
    words = [re.sub(r"^OUT(?=/)", folder, word) for word in shlex.split(command)]
    assert words[0] == "accord", command
    status, out, err = run(*words[1:])
    out, err = out.replace(folder, "OUT"), err.replace(folder, "OUT")
    lines = ["$ " + command, *without_times(out), *("! " + line for line in err.splitlines())]
    return lines + ([f"[{status}]"] if status else [])


def replay_all(text):
    """The transcript as it is now: same comments and commands, today's outputs."""
    comments = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        comments.append(line)
    with tempfile.TemporaryDirectory() as folder:
        blocks = [replay(line[2:], folder) for line in text.splitlines() if line.startswith("$ ")]
    return "\n\n".join(["\n".join(comments), *("\n".join(block) for block in blocks)]) + "\n"


def answers_of_transcripts():
    """The documents of all requests in transcripts that can be read and whose facts are there."""
    answers = []
    for path in sorted(TRANSCRIPTS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("$ accord resolve ") or "--help" in line:
                continue
            words = shlex.split(line)[2:]
            if any(word.startswith("OUT/") for word in words):
                continue
            if "--format" in words:
                at = words.index("--format")
                del words[at:at + 2]
            status, out, _ = run(*words, "--json")
            if status in (0, 1, 3) and "error" not in (document := json.loads(out)):
                answers.append(document)
    return answers


class Transcripts(unittest.TestCase):
    maxDiff = None

    def test_each_transcript_is_what_the_program_says(self):
        paths = sorted(TRANSCRIPTS.glob("*.txt"))
        self.assertGreaterEqual(len(paths), 5)
        for path in paths:
            with self.subTest(path.name):
                text = path.read_text(encoding="utf-8")
                self.assertEqual(text, replay_all(text))

    def test_the_transcripts_reach_every_exit_status_but_that_of_our_bugs(self):
        texts = "".join(path.read_text(encoding="utf-8") for path in TRANSCRIPTS.glob("*.txt"))
        self.assertEqual(set(re.findall(r"^\[(\d+)\]$", texts, re.M)), {"1", "2", "3", "4"})


class Json(unittest.TestCase):
    def resolve(self, *words):
        status, out, err = run("resolve", *TINY, "--json", *words)
        self.assertEqual(err, "")
        return status, json.loads(out)

    def test_an_answer_names_versions_extras_and_who_asked(self):
        status, answer = self.resolve("app[all]", "--python", "3.11.7")
        self.assertEqual((status, answer["status"], answer["schemaVersion"]), (0, "sat", 1))
        pins = [(p["package"], p["version"], p["extras"]) for p in answer["solution"]]
        self.assertEqual(pins, [("app", "2.0", ["all", "fast"]), ("lib", "2.1", []),
                                ("speedups", "0.1", [])])
        self.assertEqual(answer["claim"], {"kind": "canonical", "assuming": []})
        self.assertEqual(answer["environment"]["python_full_version"], "3.11.7")
        self.assertEqual(answer["solution"][1]["reason"],
                         {"who": "app 2.0", "requirement": "lib>=2"})
        self.assertTrue(answer["check"]["accepted"])
        self.assertIn("decisions", answer["stats"]["counters"])
        self.assertIn("solveUs", answer["stats"]["timings"])

    def test_the_digest_hangs_on_the_answer_and_not_on_how_it_was_asked(self):
        digests = [self.resolve(*words)[1]["digest"] for words in (
            ("app", "partner"), ("partner", "app"), ("Partner", "app>=0"), ("app",))]
        self.assertRegex(digests[0], "^sha256:[0-9a-f]{64}$")
        self.assertEqual(digests[0], digests[1])
        self.assertNotEqual(digests[0], digests[3])

    def test_an_unsat_answer_keeps_its_digest_when_the_arguments_change_places(self):
        first = self.resolve("app>=2", "lib<2")
        second = self.resolve("lib<2", "app>=2")
        self.assertEqual((first[0], first[1]["status"]), (1, "unsat"))
        self.assertIsNone(first[1]["solution"])
        self.assertEqual(first[1]["digest"], second[1]["digest"])
        self.assertIn({"kind": "request", "text": "request: lib<2", "place": "argument 2"},
                      first[1]["conflict"])

    def test_every_kind_of_answer_fits_its_schema_and_has_no_field_that_the_schema_lacks(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        schema = json.loads((HERE.parents[1] / "docs" / "schemas" /
                             "accord-answer-1.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        requests = (["app[all]"], ["app", "partner"], ["app>=2", "lib<2"], ["ghost-user"], ["old"],
                    ["app", "--constraint", "lib<2"], ["app", "partner", "--work", "1"],
                    ["speedups[none]", "--strategy", "libsolv"])
        answers = [self.resolve(*request)[1] for request in requests]
        answers += answers_of_transcripts()
        answers.append(json.loads(run("resolve", "--ecosystem", "conda", "--corpus", "channel",
                                      "--subdir", "linux-64", "numpy * *_0", "--json")[1]))
        self.assertGreater(len(answers), 60)
        for answer in answers:
            jsonschema.Draft202012Validator(schema).validate(answer)
            self.assertLessEqual(set(answer), set(schema["properties"]))
        chosen = [p for a in answers for p in a["solution"] or []]
        for name, parts in (("chosen", chosen),
                            ("file", [f for p in chosen for f in p["files"]]),
                            ("behind", [b for a in answers for b in a["behind"]])):
            known = set(schema["$defs"][name]["properties"])
            self.assertEqual(set().union(*parts), known)

    def test_every_kind_of_explanation_fits_the_schema_and_has_no_field_that_it_lacks(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        schema = json.loads((HERE.parents[1] / "docs" / "schemas" /
                             "accord-answer-1.schema.json").read_text(encoding="utf-8"))
        whole = ["app[all]", "partner"]
        calls = [[*whole], [*whole, "--why", "lib"], ["app>=2", "lib<2", "--why", "lib"]]
        calls += [["app", "--why-not", wish] for wish in (
            "lib", "lib<2", "lib<1", "lib==3.0a1", "lib==1.6", "nowhere", "partner",
            "ghost-user>1")]
        calls = [[*TINY, *call] for call in calls]
        conda = ["--ecosystem", "conda", "--corpus", "../../corpora/conda-synthetic/main",
                 "--subdir", "linux-64", "--virtual-package", "__glibc=2.28"]
        calls += [[*conda, "sysprobe", "--why", "__glibc", "--why-not", "__glibc >=2.34"],
                  [*conda, "numlib", "python <3.12"], [*conda, "sysprobe >=3"]]
        documents = []
        for call in calls:
            status, out, _ = run("explain", "--json", *call)
            documents.append(json.loads(out))
            self.assertEqual(status, 0 if documents[-1]["status"] == "sat" else 1)
            jsonschema.Draft202012Validator(schema).validate(documents[-1])
            self.assertLessEqual(set(documents[-1]), set(schema["properties"]))
        for field in ("why", "whyNot"):
            parts = [document[field] for document in documents if field in document]
            self.assertEqual(set().union(*parts), set(schema["$defs"][field]["properties"]))
        self.assertEqual([v["package"] for v in documents[0]["versions"]],
                         [p["package"] for p in documents[0]["solution"]])
        self.assertEqual(documents[0]["digest"], documents[1]["digest"])

    def test_an_error_is_a_document_on_stdout_and_a_line_on_stderr(self):
        for words, status, kind in ((("resolve", "--json", *TINY, "app >> 1"), 2, "badInput"),
                                    (("resolve", "--json", "--nonsense"), 2, "badInput"),
                                    (("version", "parse", "x", "--json"), 2, "badInput"),
                                    (("resolve", "--format", "json", "--corpus", "damaged.jsonl",
                                      "app"), 4, "metadataUnavailable")):
            with self.subTest(words):
                got, out, err = run(*words)
                self.assertEqual(got, status)
                self.assertEqual(json.loads(out)["error"]["kind"], kind)
                self.assertTrue(err.startswith("accord: "), err)

    def test_versions_answer_in_json(self):
        parsed = json.loads(run("version", "parse", "1!2.0-RC.1+L.1", "--json")[1])
        self.assertEqual((parsed["normal"], parsed["epoch"], parsed["pre"], parsed["post"],
                          parsed["local"]), ("1!2.0rc1+l.1", "1", "rc1", None, "l.1"))
        order = json.loads(run("version", "compare", "1.0", "1", "--json")[1])["order"]
        self.assertEqual(order, "equal")
        status, out, _ = run("version", "match", "1.0", ">1", "--json")
        self.assertEqual((status, json.loads(out)["matches"]), (1, False))


class Corpora(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return pathlib.Path(self.folder.name, name)

    def test_each_damaged_block_is_told_and_the_other_packages_can_still_be_asked(self):
        lines = ['{"format":"accord-corpus/1","ecosystem":"pypi","complete":true}']
        lines += [json.dumps({"name": f"p{i:04}", "metadata": [{"requires": [f"need-{i}-{j}"
                              for j in range(40)]}], "versions": [{"version": "1", "metadata": 0}]},
                             separators=(",", ":")) for i in range(200)]
        self.path("a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        run("corpus", "build", str(self.path("a.jsonl")), "-o", str(self.path("a.acx")))
        whole = self.path("a.acx").read_bytes()
        facts = json.loads(run("corpus", "info", str(self.path("a.acx")), "--json")[1])
        facts = facts["parts"][0]["tables"][0]
        hurt = bytearray(whole)
        hurt[40 + facts["dictionaryBytes"] + facts["storedBytes"] // 2] ^= 1  # behind the preamble
        self.path("a.acx").write_bytes(hurt)
        status, out, _ = run("corpus", "verify", str(self.path("a.acx")), "--json")
        answer = json.loads(out)
        self.assertEqual((status, answer["valid"], len(answer["faults"])), (4, False, 1))
        fault = answer["faults"][0]
        self.assertEqual((fault["ecosystem"], fault["table"]), ("pypi", "facts"))
        self.assertIn("checksum", fault["text"])
        status, out, _ = run("corpus", "verify", str(self.path("a.acx")))
        self.assertEqual(status, 4)
        self.assertIn(f"names before '{fault['before']}'", out)
        for i in range(0, 200, 7):
            name = f"p{i:04}"
            inside = fault["from"] <= name < (fault["before"] or "q")
            self.assertEqual(run("corpus", "query", str(self.path("a.acx")), name)[0],
                             4 if inside else 0, name)
        self.path("a.acx").write_bytes(whole[:-1])
        status, _, err = run("corpus", "verify", str(self.path("a.acx")))
        self.assertEqual((status, "it says that it has" in err), (4, True))

    def test_every_document_fits_the_schema_and_has_no_field_that_it_lacks(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        schema = json.loads((HERE.parents[1] / "docs" / "schemas" /
                             "accord-corpora-1.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        acx, lines = str(self.path("a.acx")), str(self.path("a.jsonl.zst"))
        calls = (["build", "files.jsonl", "-o", acx], ["info", acx], ["info", "tiny.jsonl"],
                 ["info", "pages"], ["verify", acx], ["verify", "damaged.jsonl"],
                 ["verify", acx, "--against", "tiny.jsonl"], ["merge", acx, "pages", "-o", acx],
                 ["export", acx, "-o", lines], ["export", acx, "-o", lines, "--names", "x", "app"])
        for call in calls:
            document = json.loads(run("corpus", *call, "--json")[1])
            jsonschema.Draft202012Validator(schema).validate(document)

    def test_a_query_in_json_is_lines_of_the_corpus_format(self):
        status, out, _ = run("corpus", "query", "tiny.jsonl", "lib", "app", "nowhere", "--json")
        lines = (HERE / "tiny.jsonl").read_text(encoding="utf-8").splitlines()
        wanted = {json.loads(line)["name"]: json.loads(line) for line in lines[1:]}
        found = [json.loads(line) for line in out.splitlines()]
        self.assertEqual((status, [record["name"] for record in found]), (1, ["lib", "app"]))
        for record in found:
            self.assertEqual(record["versions"], wanted[record["name"]]["versions"])

    def test_nothing_is_drawn_where_stderr_is_no_terminal(self):
        self.assertEqual(run("corpus", "build", "tiny.jsonl", "-o", str(self.path("a.acx")))[2], "")


def pigeons(count):
    """A world without a solution that takes any search long: one hole too few, as groups."""
    holes = range(count - 1)
    packages = {f"p{i}": {"candidates": [{"version": str(h)} for h in holes]} for i in range(count)}
    groups = [{"name": f"hole {h}", "members": [[name, h] for name in packages]} for h in holes]
    return {"format": "accord-world/1", "packages": packages, "groups": groups,
            "request": {"requires": [{"package": name} for name in packages]}}


class Limits(unittest.TestCase):
    def test_time_and_work_stop_a_long_search_and_work_stops_it_at_the_same_place(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "pigeons.json")
            path.write_text(json.dumps(pigeons(14)), encoding="utf-8")
            plain = ["resolve", "--ecosystem", "plain", "--json", str(path)]
            status, out, _ = run(*plain, "--time-ms", "50")
            self.assertEqual((status, json.loads(out)["status"]), (3, "stopped"))
            self.assertEqual(json.loads(out)["reason"], "cancelled")
            first = run(*plain, "--work", "20000")
            second = run(*plain, "--work", "20000")
        self.assertEqual((first[0], json.loads(first[1])["reason"]), (3, "work"))
        counters = [json.loads(out)["stats"]["counters"] for _, out, _ in (first, second)]
        self.assertEqual(counters[0], counters[1])


class Verify(unittest.TestCase):
    def test_our_own_answer_is_valid_for_its_request_and_not_for_another(self):
        answer = run("resolve", *TINY, "--json", "app[all]")[1]
        own = run("verify", *TINY, "--answer", "-", "app[all]", stdin=answer)
        self.assertEqual(own, (0, "valid: 3 pins, 5 requirement texts\n", ""))
        status, out, _ = run("verify", *TINY, "--answer", "-", "--json", "app", stdin=answer)
        self.assertEqual(status, 1)
        kinds = {violation["kind"] for violation in json.loads(out)["violations"]}
        self.assertEqual(kinds, {"unneeded", "extraUnneeded"})


    def test_a_document_is_held_to_its_files_and_where_they_are(self):
        answer = run("resolve", *FILES, "--python", "3.11", "--json", "native==1.1")[1]
        verify = ["verify", *FILES, "--python", "3.11", "--answer", "-", "native"]
        self.assertEqual(run(*verify, stdin=answer)[0], 0)
        for was, instead in (("files.jsonl", "other.jsonl"), ("manylinux_2_17", "manylinux_2_18"),
                             ('"version": "1.1"', '"version": "1.1", "url": "https://x.example"')):
            self.assertIn(was, answer)
            status, out, _ = run(*verify, stdin=answer.replace(was, instead))
            self.assertEqual((status, out.splitlines()[0]), (1, "not valid: 1 pin"), was)

    def test_a_requirements_file_that_was_written_is_valid(self):
        pins = run("resolve", *FILES, "--python", "3.11", "--format", "requirements", "app")[1]
        self.assertEqual(run("verify", *FILES, "--python", "3.11", "--answer", "-", "app",
                             stdin=pins)[0], 0)


class Files(unittest.TestCase):
    def test_each_format_is_a_lock_that_keeps_its_versions(self):
        asked = ["resolve", *FILES, "--python", "3.11"]
        with tempfile.TemporaryDirectory() as folder:
            for kind, name in (("json", "a.json"), ("requirements", "r.txt"),
                               ("pylock", "pylock.toml")):
                path = os.path.join(folder, name)
                run(*asked, "app", "native==1.1", "--format", kind, "-o", path)
                answer = json.loads(run(*asked, "app", "--lock-file", path, "--json")[1])
                self.assertIn(("native", "1.1"),
                              [(p["package"], p["version"]) for p in answer["solution"]], kind)

    def test_a_requirements_file_that_was_written_can_be_asked_for_again(self):
        asked = ["resolve", *FILES, "--python", "3.11", "--format", "requirements"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "requirements.txt")
            run(*asked, "app", "native==1.1", "-o", path)
            status, out, _ = run(*asked, "-r", path)
            first = pathlib.Path(path).read_text(encoding="utf-8")
        pins = [[line for line in text.splitlines() if "#" not in line] for text in (first, out)]
        self.assertEqual((status, pins[0]), (0, pins[1]))

    def test_a_lock_file_stays_as_it_is_where_there_is_no_solution(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "requirements.txt")
            path.write_text("old\n", encoding="utf-8")
            status, out, _ = run("resolve", *TINY, "app>=2", "lib<2", "--format", "requirements",
                                 "-o", str(path))
            self.assertEqual((status, out.splitlines()[0]), (1, "No solution:"))
            self.assertEqual(path.read_text(encoding="utf-8"), "old\n")

    def test_a_saved_problem_has_the_same_pins_as_the_request(self):
        with tempfile.TemporaryDirectory() as folder:
            world = os.path.join(folder, "world.json")
            for request in (["app[all]", "partner"], ["app", "--constraint", "lib<2"],
                            ["ghost-user"]):
                asked = json.loads(run("resolve", *TINY, "--json", "--save-problem", world,
                                       *request)[1])
                plain = json.loads(run("resolve", "--ecosystem", "plain", "--json", world)[1])
                pins = [(p["package"], p["version"]) for p in asked["solution"]]
                self.assertEqual(pins, [(p["package"], p["version"]) for p in plain["solution"]
                                        if "[" not in p["package"]])
                self.assertEqual(plain["claim"]["kind"], "canonical")

    def test_an_output_file_holds_what_stdout_would(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "answer.txt")
            self.assertEqual(run("resolve", *TINY, "app", "-o", path), (0, "", ""))
            text = pathlib.Path(path).read_text(encoding="utf-8")
        self.assertEqual(without_times(text), without_times(run("resolve", *TINY, "app")[1]))

    def test_explain_writes_to_a_file_and_takes_limits_that_are_not_reached(self):
        asked = ["explain", *TINY, "app", "partner", "--why", "lib"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "why.txt")
            limits = ["--work", "1000000", "--time-ms", "60000"]
            self.assertEqual(run(*asked, *limits, "-o", path), (0, "", ""))
            text = pathlib.Path(path).read_text(encoding="utf-8")
        self.assertEqual(text, run(*asked)[1])

    def test_the_environment_may_name_the_corpus(self):
        status, out, _ = run("resolve", "app", environment={"ACCORD_CORPUS": "tiny.jsonl"})
        self.assertEqual(status, 0)
        self.assertIn("app", out)

    def test_of_a_name_the_first_corpus_that_has_it_counts(self):
        status, _, err = run("resolve", "--corpus", "damaged.jsonl", *TINY, "app")
        self.assertEqual(status, 4, err)
        status, _, err = run("resolve", *TINY, "--corpus", "damaged.jsonl", "app")
        self.assertEqual(status, 0, err)

    def test_no_output_has_colours_when_it_is_no_terminal(self):
        self.assertNotIn("\x1b", run("resolve", *TINY, "app")[1])

    def test_a_reader_that_goes_away_changes_no_exit_status(self):
        process = subprocess.Popen([ACCORD, "resolve", *TINY, "app"], cwd=HERE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        error = process.stderr.read()
        process.stderr.close()
        self.assertEqual((process.wait(timeout=60), error), (0, b""))


RECORDED = ["--corpus", "../../corpora/pypi-recorded.jsonl.zst", "--python", "3.11", "--json"]


class Inputs(unittest.TestCase):
    """Files that a request is read from; what each says is in transcripts/inputs.txt."""

    def pins(self, *words, stdin=""):
        status, out, err = run("resolve", *RECORDED, *words, stdin=stdin)
        self.assertEqual((status, err), (0, ""), words)
        return {p["package"]: p["version"] for p in json.loads(out)["solution"]}, out

    def change(self, old, *words):
        """What an answer with the old one as its lock has besides or instead."""
        pins, _ = self.pins(*words, "--lock-file", "-", stdin=old[1])
        return {name: version for name, version in pins.items() if old[0].get(name) != version}

    def test_a_lock_stays_where_the_request_did_not_change(self):
        for day, words in (("2022-06-01", ["celery[redis]", "django"]),
                           ("2023-06-01", ["pandas", "scikit-learn"]),
                           ("2024-03-01", ["jupyterlab"])):
            with self.subTest(words):
                old = self.pins(*words, "--exclude-newer", day)
                self.assertNotEqual(old[0], self.pins(*words)[0])
                self.assertEqual(self.change(old, *words), {})

    def test_a_new_wish_changes_no_more_of_a_lock_than_it_must(self):
        old = self.pins("flask", "requests", "--exclude-newer", "2024-03-01")
        self.assertEqual(len(old[0]), 12)
        self.assertEqual(set(self.change(old, "flask", "requests", "urllib3>=2.5")), {"urllib3"})
        added = self.change(old, "flask", "requests", "celery")
        self.assertIn("celery", added)
        self.assertEqual(set(added) & set(old[0]), set())
        # flask 3.1 needs newer ones of three of its four.
        self.assertEqual(set(self.change(old, "flask>3.0.2", "requests")),
                         {"blinker", "flask", "itsdangerous", "werkzeug"})

    def test_upgrades_are_of_all_or_of_the_names_given(self):
        old = self.pins("flask", "requests", "--exclude-newer", "2024-03-01")
        newest = self.pins("flask", "requests")[0]
        self.assertEqual(self.change(old, "flask", "requests", "--upgrade-package", "IDNA,urllib3"),
                         {name: newest[name] for name in ("idna", "urllib3")})
        self.assertEqual(self.change(old, "flask", "requests", "--upgrade"),
                         {name: newest[name] for name in newest if newest[name] != old[0][name]})

    def test_variables_of_the_environment_stand_in_for_their_names(self):
        lines = "app>=${APP_MINIMUM}\n"
        words = ("resolve", *TINY, "--python", "3.11", "--json", "-r", "-")
        _, out, _ = run(*words, stdin=lines, environment={"APP_MINIMUM": "2.0"})
        self.assertEqual(json.loads(out)["solution"][0]["reason"]["requirement"], "app>=2")
        self.assertEqual(run(*words, stdin=lines)[0], 2)

    def test_notes_are_in_the_answer_and_stderr_shows_the_first(self):
        lines = "app\n" + "-e ./local\n" * 25
        status, out, err = run("resolve", *TINY, "--json", "-r", "-", stdin=lines)
        self.assertEqual(status, 0)
        notes = json.loads(out)["notes"]
        self.assertEqual(len(notes), 25)
        self.assertEqual(notes[0], {"place": "-:2",
                                    "text": "-e './local' is not honoured: Accord builds nothing"})
        shown = err.splitlines()
        self.assertEqual(len(shown), 21)
        self.assertEqual(shown[0], f"accord: note: -:2: {notes[0]['text']}")
        self.assertEqual(shown[-1], "accord: note: and 5 more")

    def test_the_command_line_has_the_last_word_on_policies(self):
        words = ("resolve", *TINY, "--json", "-r", "-")
        lines = "lib\n--pre\n--only-binary :all:\n"
        said = json.loads(run(*words, stdin=lines)[1])["policies"]
        own = json.loads(run(*words, "--prereleases", "explicit", "--no-binary", ":all:",
                             stdin=lines)[1])["policies"]
        self.assertEqual((said["prereleases"], own["prereleases"]), ("allow", "explicit"))
        self.assertNotEqual(said, own)


REPORT = """accord-python/1
implementation_name=cpython
implementation_version=3.9.18
os_name=posix
platform_machine=aarch64
platform_python_implementation=CPython
platform_release=6.1.0
platform_system=Linux
platform_version=#1 SMP
python_full_version=3.9.18
python_version=3.9
sys_platform=linux
free_threaded=0
debug=0
suffix=.cpython-39-aarch64-linux-gnu.so
machine=aarch64
libc=glibc 2.31
"""
SAYS_REPORT = '/bin/cat "${0%/*}/report"'


class PythonOnPath(unittest.TestCase):
    """Without --python the target is the Python that PATH finds; here small scripts."""

    def ask(self, scripts, *words):
        """What `accord resolve` prints where these programs are on PATH."""
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "report").write_text(REPORT, encoding="utf-8")
            for name, lines in scripts.items():
                path = pathlib.Path(folder, name)
                path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
                path.chmod(0o755)
            out = run("resolve", *TINY, "app", *words, environment={"PATH": folder})[1]
        return out.replace(folder, "DIR")

    def environment(self, scripts, *words):
        return json.loads(self.ask(scripts, "--json", *words))["environment"]

    def test_what_python3_says_of_itself_is_the_target(self):
        scripts = {"python3": SAYS_REPORT, "python": "exit 1"}
        self.assertIn(" for CPython 3.9.18 on Linux aarch64 (glibc 2.31), found on PATH, ",
                      self.ask(scripts))
        environment = self.environment(scripts)
        self.assertEqual(environment["platform_release"], "6.1.0")
        self.assertEqual(environment["platform_machine"], "aarch64")

    def test_another_platform_takes_its_version_alone(self):
        scripts = {"python3": SAYS_REPORT}
        self.assertIn(" for CPython 3.9.18 on Windows AMD64, Python found on PATH, ",
                      self.ask(scripts, "--platform", "windows"))
        self.assertEqual(self.environment(scripts, "--platform", "windows")["platform_release"], "")

    def test_python_is_asked_where_python3_fails(self):
        self.assertIn(" for CPython 3.9.18 on Linux aarch64 (glibc 2.31), found on PATH, ",
                      self.ask({"python3": "exit 3", "python": SAYS_REPORT}))

    def test_a_python_that_is_named_is_not_looked_for(self):
        self.assertIn(" for CPython 3.11.0 on Linux x86_64 (glibc 2.28), canonical answer",
                      self.ask({"python3": SAYS_REPORT}, "--python", "3.11"))

    def test_none_at_all_is_the_documented_default(self):
        self.assertIn(" for CPython 3.12.0 on Linux x86_64 (glibc 2.28), the default: "
                      "no Python found on PATH, ", self.ask({}))

    def test_rubbish_is_the_default_and_said(self):
        self.assertIn(" for CPython 3.12.0 on Linux x86_64 (glibc 2.28), the default: "
                      "'DIR/python3': its output: expected accord-python/1 and lines of "
                      "key=value, found 'hello', ",
                      self.ask({"python3": "echo hello"}))

    def test_a_python_that_hangs_is_killed_and_said(self):
        self.assertIn(", the default: 'DIR/python3': did not end within 5000 ms, ",
                      self.ask({"python3": "/bin/sleep 60"}))

    def test_the_real_one_says_what_it_is(self):
        program = pathlib.Path("/usr/bin/python3")
        if not program.exists():
            self.skipTest("no Debian Python")
        asked = subprocess.run([program, "-c", "import platform; print(platform.python_version())"],
                               capture_output=True, text=True, check=True).stdout.strip()
        out = run("resolve", *TINY, "app", "--json", environment={"PATH": "/usr/bin"})[1]
        self.assertEqual(json.loads(out)["environment"]["python_full_version"], asked)


def main():
    global ACCORD
    ACCORD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    if sys.argv[1:] == ["--update"]:
        for path in sorted(TRANSCRIPTS.glob("*.txt")):
            path.write_text(replay_all(path.read_text(encoding="utf-8")), encoding="utf-8")
        return
    unittest.main()


if __name__ == "__main__":
    main()
