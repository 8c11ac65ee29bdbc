"""Holds what benchmarks/peers/conda makes of what it measured.

Usage: conda_peers_test.py ACCORD_METER. Made-up runs for the tables and bars, made-up rivals (small
shell scripts) for the rounds. Installs nothing and needs no rival.
"""

import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks/peers" / folder) for folder in ("conda", "common")]
import rounds  # noqa: E402
import tools  # noqa: E402
from data import Channel  # noqa: E402
from measure import TIMED_OUT, Meter, Run  # noqa: E402
from report import Report  # noqa: E402

METER = pathlib.Path("accord_meter")


def run_of(cpu_us=1000, rss_kib=5000, status=0):
    return Run(status=status, cpu_us=cpu_us, rss_kib=rss_kib, wall_us=cpu_us)


def side(cpu_us, status="sat", rss_kib=5000):
    records = frozenset(["noarch/a-1-0.conda"]) if status == "sat" else frozenset()
    return rounds.Side(run_of(cpu_us, rss_kib), tools.Answer(status, records, 1, 2), 5)


def result(ours=side(100), name="h01", channel="harvest", **theirs):
    return rounds.Result({"id": name, "channel": channel}, ours,
                         theirs or {"slow": side(5000), "quick": side(1000)})


def report_of(*results):
    made = Report({"Accord": "0"}, run_of())
    made.results += results
    return made


class TheReport(unittest.TestCase):
    def test_the_best_rival_is_the_quickest_with_an_answer(self):
        one = result(quick=side(1000), quicker=side(10, "timeout"), slow=side(5000))
        self.assertEqual((one.best, one.ratio), ("quick", 0.1))

    def test_without_an_answer_of_a_rival_there_is_no_ratio_and_no_fault(self):
        made = report_of(result(), result(name="h02", only=side(10, "failed (1)")))
        self.assertEqual(made.faults(), [])
        self.assertIn("| - |", made.tables()["conda_requests"])

    def test_what_keeps_the_bars_has_no_faults(self):
        self.assertEqual(report_of(result(), result(channel="synth")).faults(), [])

    def test_each_bar_of_a_request_can_be_missed(self):
        kept = [result() for _ in range(3)]
        for one, word in ((result(side(801)), "worst (h01)"),
                          (result(side(201), channel="synth"), "550,000"),
                          (result(side(100, rss_kib=20_000)), "memory")):
            faults = report_of(one, *kept).faults()
            self.assertEqual(len(faults), 1, faults)
            self.assertIn(word, faults[0])
        self.assertIn("median", report_of(result(side(310))).faults()[0])

    def test_the_notes_name_each_request_above_its_bar(self):
        made = report_of(result(side(810), "h01"), result(side(820), "h02"), result())
        self.assertEqual(made.notes(), ["h01: 0.81 beside quick", "h02: 0.82 beside quick"])

    def test_requests_of_the_large_channel_are_not_in_the_median(self):
        made = report_of(result(side(400)), *[result(channel="synth") for _ in range(5)])
        self.assertIn("median: 0.40", made.faults()[0])

    def test_another_outcome_is_a_fault_and_stands_out(self):
        made = report_of(result(side(100, "unsat")), result(side(100, "timeout")))
        self.assertEqual(len(made.faults()), 2)
        self.assertEqual(made.tables()["conda_requests"].count("**DIFFERS**"), 2)

    def test_each_bar_of_compiling_can_be_missed(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "noarch").mkdir()
            (folder / "noarch/repodata.json.zst").write_bytes(b"x" * 10)
            (folder / "synth.acx").write_bytes(b"x" * 11)
            made = report_of(result(channel="synth"))
            made.channels.append(Channel("synth", folder, folder / "synth.acx",
                                         run_of(8_100_000, 500_000), run_of()))
            self.assertEqual(len(made.faults()), 3, made.faults())

    def test_our_page_has_every_table(self):
        text = (ROOT / "docs/performance.md").read_text()
        for name in report_of(result()).tables():
            self.assertIn(f"<!-- table: {name} -->\n", text)


class TheAnswers(unittest.TestCase):
    LINE = json.dumps({"status": "sat", "load_us": 1, "solve_us": 2, "records": ["noarch/a"]})

    def test_the_last_line_of_json_counts(self):
        rival = tools.Tool("any", [])
        answer = rival.answer(run_of(), f"a warning\n{self.LINE}\n")
        self.assertEqual(answer, tools.Answer("sat", frozenset(["noarch/a"]), 1, 2))

    def test_what_ends_badly_has_no_answer_whatever_it_said(self):
        rival = tools.Tool("any", [])
        self.assertEqual(rival.answer(run_of(status=3), self.LINE).status, "failed (3)")
        self.assertEqual(rival.answer(run_of(status=TIMED_OUT), "").status, "timeout")
        self.assertEqual(rival.answer(run_of(), "no JSON").status, "failed (0)")

    def test_accord_is_judged_by_its_exit_status(self):
        accord = tools.Accord("Accord", ["accord"])
        self.assertEqual([accord.answer(run_of(status=status), "").status
                          for status in (0, 1, 70)], ["sat", "unsat", "failed (70)"])


class Script(tools.Tool):
    def arguments(self, job):
        return []


class ScriptedAccord(tools.Accord):
    def arguments(self, job, form="environment"):
        return []

    def detailed(self, run, said, document):
        return tools.Answer("sat")


class TheRounds(unittest.TestCase):
    def measured(self, script, rounds_count=3):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            job = tools.Job({"id": "h01"}, None, folder, 1)
            meter = Meter(METER, folder, {"PATH": "/usr/bin:/bin"}, 1)
            log = f"echo rival >> {folder}/order; {script}"
            in_turn = rounds.Rounds(
                ScriptedAccord("Accord", ["sh", "-c", f"echo accord >> {folder}/order"]),
                [Script("rival", ["sh", "-c", log])], meter, folder)
            return in_turn.measure(job, rounds_count), (folder / "order").read_text().split()

    def test_sides_run_in_turn_after_one_run_that_does_not_count(self):
        found, order = self.measured(f"echo '{TheAnswers.LINE}'")
        self.assertEqual(order, ["accord", "rival"] * 4)
        self.assertEqual((found.ours.rounds, found.theirs["rival"].rounds), (3, 3))
        self.assertEqual(found.theirs["rival"].answer.records, {"noarch/a"})

    def test_what_times_out_is_run_once(self):
        found, order = self.measured("sleep 30")
        self.assertEqual(order.count("rival"), 1)
        self.assertEqual(found.theirs["rival"].answer.status, "timeout")


if __name__ == "__main__":
    METER = pathlib.Path(sys.argv.pop(1)).absolute()
    unittest.main()
