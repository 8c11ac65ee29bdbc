"""Holds what benchmarks/peers/pypi and benchmarks/instructions make of what they measured.

Usage: peers_test.py ACCORD_METER. Made-up runs for the tables and bars, real ones (`true`, `sleep`)
for the meter. Installs nothing and needs no rival.
"""

import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks/peers" / folder) for folder in ("pypi", "common")]
import cone  # noqa: E402
import draw  # noqa: E402
import page  # noqa: E402
import tools  # noqa: E402
from measure import TIMED_OUT, Meter, Run, medians  # noqa: E402
from pairs import Pairs, Result  # noqa: E402
from report import Report  # noqa: E402
from versions import form  # noqa: E402

METER = pathlib.Path("accord_meter")
MARKED = "before\n<!-- table: {0} -->\nold\n<!-- end -->\nafter {0}\n"


def load_script(path):
    """A script without a suffix, as a module."""
    loader = importlib.machinery.SourceFileLoader(path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(path.name, loader))
    sys.modules[path.name] = module
    loader.exec_module(module)
    return module


def run_of(cpu_us=1000, rss_kib=5000):
    return Run(status=0, cpu_us=cpu_us, rss_kib=rss_kib, wall_us=cpu_us)


def result(name="easy", ours="sat", theirs="sat", cpu=(100, 1000), rss=(500, 1000), pins=None):
    our_pins, their_pins = pins or ({"a": "1"}, {"a": "1"})
    return Result({"name": name, "corpus": "popular"}, "uv", run_of(cpu[0], rss[0]),
                  run_of(cpu[1], rss[1]), tools.Answer(ours, our_pins if ours == "sat" else {}),
                  tools.Answer(theirs, their_pins if theirs == "sat" else {}), 5, None, 0)


def report_of(*results, start=None):
    made = Report({"Accord": "0"}, run_of(), start or run_of(), [])
    made.results += results
    return made


class TheMeter(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.meter = Meter(METER, pathlib.Path(folder.name), {"PATH": "/usr/bin:/bin"}, 1)

    def test_a_small_program_is_small_under_a_large_interpreter(self):
        held = bytearray(64 << 20)
        held[::4096] = b"x" * len(held[::4096])
        self.assertLess(self.meter.check_floor().rss_kib, 2048)

    def test_the_exit_status_is_the_program_s(self):
        self.assertEqual(self.meter.run(["sh", "-c", "exit 3"]).status, 3)

    def test_a_signal_is_told(self):
        self.assertEqual(self.meter.run(["sh", "-c", "kill -9 $$"]).status, 128 + 9)

    def test_what_takes_too_long_is_ended_with_its_children(self):
        run = self.meter.run(["sh", "-c", "sleep 30; true"])
        self.assertEqual(run.status, TIMED_OUT)
        self.assertLess(run.wall_us, 10_000_000)

    def test_time_and_memory_are_the_program_s(self):
        code = "x = bytearray(b'x' * (40 << 20)); sum(range(2000000))"
        run = self.meter.run([sys.executable, "-c", code])
        self.assertGreater(run.rss_kib, 40 << 10)
        self.assertGreater(run.cpu_us, 10_000)

    def test_a_program_that_is_not_there_is_an_error(self):
        with self.assertRaisesRegex(OSError, "cannot be run"):
            self.meter.run(["no-such-program"])

    def test_wrong_usage_is_two(self):
        self.assertEqual(subprocess.run([METER], capture_output=True).returncode, 2)

    def test_medians_are_of_each_figure(self):
        middle = medians([run_of(1, 30), run_of(3, 10), run_of(2, 20)])
        self.assertEqual((middle.cpu_us, middle.rss_kib), (2, 20))


class TheReport(unittest.TestCase):
    KEPT = dict(cpu=(100, 1000), rss=(500, 1000))

    def test_what_keeps_the_bars_has_no_faults(self):
        self.assertEqual(report_of(result(**self.KEPT)).faults(), [])

    def test_each_bar_can_be_missed(self):
        others = [result(**self.KEPT) for _ in range(3)]
        for one, word in ((dict(cpu=(401, 1000)), "CPU, worst"),
                          (dict(rss=(601, 1000)), "memory, worst")):
            faults = report_of(result(**one), *others).faults()
            self.assertEqual(len(faults), 1, faults)
            self.assertIn(word, faults[0])
        faults = report_of(result(cpu=(160, 1000))).faults()
        self.assertIn("CPU, median", faults[0])
        faults = report_of(result(), start=run_of(3100, 9000)).faults()
        self.assertIn("--version", faults[0])

    def test_another_outcome_is_a_fault_and_stands_out(self):
        made = report_of(result(ours="unsat"), result(theirs="unsat"))
        self.assertEqual(len(made.faults()), 2)
        self.assertEqual(made.requests_table("uv").count("**DIFFERS**"), 2)

    def test_no_answer_of_a_rival_is_no_fault_and_no_ratio(self):
        made = report_of(result(**self.KEPT), result("slow", theirs="timeout", cpu=(900, 1000)))
        self.assertEqual(made.faults(), [])
        self.assertIn("uv: timeout", made.requests_table("uv"))

    def test_no_answer_of_ours_is_a_fault(self):
        for word in ("timeout", "failed (70)"):
            self.assertEqual(len(report_of(result(ours=word)).faults()), 1)

    def test_pins_are_compared_as_versions(self):
        ours, theirs = {"a": "1.0", "b": "2", "c": "1"}, {"a": "1", "b": "2.1", "d": "1"}
        self.assertEqual(result(pins=(ours, theirs)).differing, ["b", "c", "d"])

    def test_spellings_of_a_version_are_equal_and_versions_are_not(self):
        for one, other in (("1.0", "1"), ("3.2.3-2", "3.2.3.post2"), ("1.0-alpha.1", "1.0a1"),
                           ("v1.0C2", "1rc2"), ("2016.06.2", "2016.6.2"), ("1.0dev", "1.0.dev0"),
                           ("0!1+a-b", "1+a.b"), ("1.0-r4", "1.post4")):
            self.assertEqual(form(one), form(other), one)
        spelled = ["1", "1!1", "1.1", "1a0", "1b0", "1.post0", "1.dev0", "1a0.dev0", "1+a", "x"]
        self.assertEqual(len(set(map(form, spelled))), len(spelled))


class ThePage(unittest.TestCase):
    def setUp(self):
        with tempfile.NamedTemporaryFile("w", suffix=".md", delete=False) as file:
            file.write(MARKED.format("one") + MARKED.format("two"))
        self.path = pathlib.Path(file.name)
        self.addCleanup(self.path.unlink)

    def test_a_table_goes_between_its_markers_and_the_rest_stays(self):
        page.replace_tables(self.path, {"two": "new\\1\n"})
        self.assertEqual(self.path.read_text(), MARKED.format("one")
                         + MARKED.format("two").replace("old", "new\\1"))

    def test_a_table_without_markers_is_an_error(self):
        with self.assertRaises(page.NoMarker):
            page.replace_tables(self.path, {"three": ""})

    def test_our_page_has_every_table(self):
        text = (ROOT / "docs/performance.md").read_text()
        for name in ("machine", "summary", "requests", "policies", "corpora", "others", "growth"):
            self.assertIn(f"<!-- table: {name} -->\n", text)


class ThePolicies(unittest.TestCase):
    def test_a_request_s_policies_hold_where_both_sides_have_them(self):
        pairs = Pairs.__new__(Pairs)
        pairs.tool, pairs.python = tools.RIVALS["uv"], "3.11.7"
        pairs.policies = {"tool": {"uv": {"accord": ["--python", "{python}"]}},
                          "request": [{"name": "large_*", "accord": ["A"], "uv": ["U"]},
                                      {"name": "large_*", "accord": ["B"], "pip": ["P"]}]}
        row = {"name": "large_one"}
        self.assertEqual(pairs.words(row, "accord"), ["--python", "3.11.7", "A"])
        self.assertEqual(pairs.words(row, "uv"), ["U"])
        self.assertEqual(pairs.words({"name": "small"}, "uv"), [])


class TheCone(unittest.TestCase):
    LINES = {
        "a": b'{"n":"a","g":[{"s":"w","r":["B_c[x]>=1","d ; extra == \\"t\\""],"v":["1"]}]}\n',
        "b-c": b'{"n":"B.c","g":[{"s":"s","x":{"x":["e"],":os_name":["f (>1)"]},"v":["1"]}]}\n',
        "d": b'{"n":"d","g":[]}\n', "e": b'{"n":"e","g":[]}\n', "f": b'{"n":"f","g":[]}\n'}

    def test_it_follows_names_and_the_extras_that_are_asked_for(self):
        self.assertEqual(cone.cone(self.LINES, ["A"]), {"a", "b-c", "e", "f"})

    def test_names_without_versions_are_not_drawn(self):
        self.assertEqual(sorted(draw.in_order(self.LINES, "1")), ["a", "b-c"])

    def test_of_a_conflict_the_last_of_the_batch_is_left_out(self):
        answer = {"conflict": [{"text": "request: a"}, {"text": "request: b-c"},
                               {"text": "f 1 needs d"}]}
        self.assertEqual(draw.blamed(answer, ["b-c", "a", "d"]), "a")


class TheInstructions(unittest.TestCase):
    def test_what_is_called_counts_for_the_callee(self):
        instructions = load_script(ROOT / "benchmarks/instructions")
        lines = ["ob=/bin/accord", "fl=a.cc", "fn=accord::pypi::Parse(int)", "1 10", "cfn=malloc",
                 "calls=1 5", "1 700", "2 5", "", "fn=accord::Quoted(int)", "7 3",
                 "ob=/lib/libzstd.so.1", "fn=0x0000abcd", "0 20"]
        groups = instructions.parse_callgrind(lines).groups()
        self.assertEqual(groups, {"total": 38, "pypi": 15, "core": 3, "zstd": 20})

    def test_templates_go_to_what_they_are_of(self):
        group_of = load_script(ROOT / "benchmarks/instructions").group_of
        for function, group in (("std::vector<accord::X>::push_back(accord::X&&)", "instances"),
                                ("std::vector<int>::push_back(int&&)", "standard"),
                                ("void accord::cdcl::Walk<int>(int)", "cdcl"),
                                ("accord::(anonymous namespace)::Free()", "core"),
                                ("simdjson::haswell::stage2(int)", "simdjson")):
            self.assertEqual(group_of("/bin/accord", function), group, function)


if __name__ == "__main__":
    METER = pathlib.Path(sys.argv.pop(1)).absolute()
    unittest.main()
