"""Holds how benchmarks/peers/conda/agree explains differing answers: a channel of four records, an
Accord and rivals that answer as they are told. Installs nothing and needs no rival."""

import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("benchmarks/peers/conda",
                                                  "benchmarks/peers/common", "tests/conda_worlds")]
import agreement  # noqa: E402
import drawn  # noqa: E402
import tools  # noqa: E402
from agreement_report import Report  # noqa: E402
from data import Channel  # noqa: E402
from judge import exact  # noqa: E402
from measure import Run  # noqa: E402

RAN = Run(status=0, cpu_us=0, rss_kib=0, wall_us=0)
REQUEST = {"id": "main-1-0", "channel": "main", "subdirs": ["noarch"], "virtual": [],
           "specs": ["a"]}
NONE = tools.Answer("unsat")


def raw(name, version, *depends):
    return {"name": name, "version": version, "build": "0", "depends": list(depends)}


FILES = {f"{r['name']}-{r['version']}-0.conda": r for r in (
    raw("a", "1", "b"), raw("a", "2", "b"), raw("b", "1"), raw("b", "2"), raw("c", "1"))}


def answer(*records):
    return tools.Answer("sat", frozenset(f"noarch/{record}-0.conda" for record in records))


def given(*records):
    """The constraints that demand records."""
    return tuple(exact({"name": name, "version": version, "build": "0", "subdir": "noarch"})
                 for name, version in (record.split("-") for record in records))


class Asked:
    """In place of Rounds: Accord answers by what is demanded, the rival always the same. `refused`:
    what `accord verify` says of that."""

    def __init__(self, ours, theirs, refused=""):
        self.ours, self.theirs, self.refused = ours, theirs, refused
        self.accord, self.meter = tools.Accord("Accord", ["accord"]), self
        self.rivals = [tools.Tool("rival", [])]

    def details(self, job):
        job.out.write_text(json.dumps({"priorities": [{"package": "a"}]}))
        return self.ours[tuple(job.request["constraints"])]

    def once(self, rival, job):
        return RAN, self.theirs

    def run(self, command):
        return Run(status=1 if self.refused else 0, cpu_us=0, rss_kib=0, wall_us=0)

    def said(self):
        return f"not valid: 2 pins\n  {self.refused}\n"


class TheAgreement(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "noarch").mkdir()
        (self.folder / "noarch/repodata.json").write_text(json.dumps({"packages.conda": FILES}))
        self.channel = Channel("main", self.folder, self.folder / "main.acx", RAN, RAN)
        self.known = agreement.Known(self.channel, ["noarch"])

    def outcome(self, ours, theirs, refused=""):
        ours = ours if isinstance(ours, dict) else {(): ours}
        job = tools.Job(REQUEST, self.channel, self.folder, 1)
        [found] = agreement.Question(Asked(ours, theirs, refused), job,
                                     self.known).outcomes()
        return found

    def fault(self, *asked):
        found = self.outcome(*asked)
        self.assertEqual(found.kind, agreement.FAULT)
        return found.said

    def test_the_same_records_have_no_choices(self):
        found = self.outcome(answer("a-2", "b-2"), answer("a-2", "b-2"))
        self.assertEqual((found.kind, found.choices), ("same records", ()))

    def test_each_choice_of_the_rival_is_named_with_its_rule(self):
        found = self.outcome({(): answer("a-2", "b-2"), given("a-1"): answer("a-1", "b-2"),
                              given("a-1", "b-1"): answer("a-1", "b-1")}, answer("a-1", "b-1"))
        self.assertEqual(found.kind, "other records")
        self.assertEqual([(one.name, one.rule, one.place) for one in found.choices],
                         [("a", "version", 1), ("b", "version", 2)])

    def test_what_follows_from_a_choice_is_none(self):
        found = self.outcome({(): answer("a-2", "b-2"), given("a-1"): answer("a-1", "b-1")},
                             answer("a-1", "b-1"))
        self.assertEqual([one.name for one in found.choices], ["a"])

    def test_a_better_record_of_theirs_is_a_fault(self):
        said = self.fault(answer("a-2", "b-1"), answer("a-2", "b-2"))
        self.assertIn("theirs is better: b 1 0, theirs 2 0", said)

    def test_that_only_one_has_a_solution_is_a_fault(self):
        self.assertIn("ours is a solution", self.fault(answer("a-2", "b-2"), NONE))
        self.assertIn("theirs is one", self.fault(NONE, answer("a-2", "b-2")))
        self.assertEqual(self.outcome(NONE, NONE).kind, "no solution")

    def test_a_solution_that_becomes_impossible_is_a_fault(self):
        said = self.fault({(): answer("a-2", "b-2"), given("a-1"): NONE}, answer("a-1", "b-2"))
        self.assertIn("impossible for Accord", said)

    def test_an_answer_of_ours_that_is_none_is_a_fault(self):
        for ours in (answer("a-2"), answer("a-2", "b-2", "c-1"), tools.Answer("failed (70)")):
            self.fault(ours, answer("a-2", "b-2"))

    def test_what_is_no_solution_is_refused(self):
        found = self.outcome(answer("a-2", "b-2"), answer("a-2"), "a 2 0: b, nothing is chosen")
        self.assertEqual((found.kind, found.said), ("refused", "a 2 0: b, nothing is chosen"))

    def test_where_the_checker_and_the_oracle_part_is_a_fault(self):
        self.assertIn("the oracle", self.fault(answer("a-2", "b-2"), answer("a-2", "b-2"), "no"))
        self.assertIn("the oracle", self.fault(answer("a-2", "b-2"), answer("a-2")))

    def test_what_is_refused_must_be_impossible_where_it_is_better(self):
        theirs = answer("a-2", "b-2", "c-1")
        found = self.outcome({(): answer("a-1", "b-2"), given("a-2"): NONE}, theirs, "c: unneeded")
        self.assertEqual(found.kind, "refused")
        said = self.fault({(): answer("a-1", "b-2"), given("a-2"): answer("a-2", "b-1")}, theirs,
                          "c: unneeded")
        self.assertIn("possible there and better", said)

    def test_without_an_answer_nothing_is_compared(self):
        found = self.outcome(answer("a-2", "b-2"), tools.Answer("timeout"))
        self.assertEqual(found.kind, "no answer")

    def test_the_table_counts_requests_and_choices(self):
        made = Report({"Accord": "0"}, 1)
        two = {(): answer("a-2", "b-2"), given("a-1"): answer("a-1", "b-2"),
               given("a-1", "b-1"): answer("a-1", "b-1")}
        made.add("random", [self.outcome(two, answer("a-1", "b-1")), self.outcome(NONE, NONE)])
        [table] = made.tables().values()
        self.assertIn("| requests | rival | no solution | other records | choices: version |\n",
                      table)
        self.assertIn("| random | rival | 1 | 1 | 2 |\n", table)
        self.assertEqual(made.faults(), [])
        made.add("random", [self.outcome(answer("a-2", "b-2"), NONE)])
        self.assertEqual(len(made.faults()), 1)
        self.assertIn("['a']", made.faults()[0])

    def test_our_page_has_the_table(self):
        text = (ROOT / "docs/ecosystems/conda.md").read_text()
        self.assertTrue("<!-- table: conda_agreement -->\n" in text)


class TheRequests(unittest.TestCase):
    def test_the_same_seed_draws_the_same(self):
        drawings = [drawn.draw("main", FILES.values(), REQUEST, 50, seed) for seed in (1, 1, 2)]
        self.assertEqual(drawings[0], drawings[1])
        self.assertNotEqual([one["specs"] for one in drawings[0]],
                            [one["specs"] for one in drawings[2]])

    def test_each_asks_for_different_names_of_the_channel(self):
        for one in drawn.draw("main", FILES.values(), REQUEST, 50, 1):
            names = [spec.split()[0] for spec in one["specs"]]
            self.assertEqual(len(names), len(set(names)))
            self.assertLessEqual(set(names), {"a", "b", "c"})


if __name__ == "__main__":
    unittest.main()
