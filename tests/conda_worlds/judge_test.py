"""Holds what judges answers on real channels against the oracle of small worlds, and its reader of
specifiers against their values."""

import itertools
import unittest

from generator import make_world
from judge import RULES, Judge, exact, record_of, records_of
from oracle import Oracle, Walk
from specs import clause_admits, compare, matches, spec_text
from texts import read_spec

WORLDS = 400
ORDERED = ["0.9", "1.0a", "1.0.dev1", "1.0", "1.0.post1", "1.0.1_", "1.0.1a", "1.0.1", "1.0.2_1",
           "1.0.2.2", "1.0post1", "1!0.1+a", "1!0.1", "1!0.1+1"]
READ = {
    "a": {}, "a *": {}, "a * *_cp37m": {"build": "*_cp37m"}, "a =*=cpu": {"build": "cpu"},
    "a 1.8": {"version": [[["==", "1.8"]]]}, "a 1.8.*": {"version": [[["=", "1.8"]]]},
    "a 6.2*": {"version": [[["=", "6.2"]]]}, "a =1.8": {"version": [[["=", "1.8"]]]},
    "a=1.8": {"version": [[["=", "1.8"]]]}, "a<3a0": {"version": [[["<", "3a0"]]]},
    "a  3.9.0   35*_mkl": {"version": [[["==", "3.9.0"]]], "build": "35*_mkl"},
    "a ==9=*_1": {"version": [[["==", "9"]]], "build": "*_1"},
    "a =9=b": {"version": [[["==", "9"]]], "build": "b"},
    "a =9 b": {"version": [[["=", "9"]]], "build": "b"},
    "a >=1, <2": {"version": [[[">=", "1"], ["<", "2"]]]},
    "a >= 1!2,<2.*": {"version": [[[">=", "1!2"], ["<", "2"]]]},
    "a 2.7.*|>=3.4": {"version": [[["=", "2.7"]], [[">=", "3.4"]]]},
    "a >=3.13,<3.14.0a0 *_cp313": {"version": [[[">=", "3.13"], ["<", "3.14.0a0"]]],
                                  "build": "*_cp313"},
    "main::a ~=1.5": {"channel": "main", "version": [[["~=", "1.5"]]]},
    'a[version=">=1, <2",build=x*]': {"version": [[[">=", "1"], ["<", "2"]]], "build": "x*"},
    "a ==1 b[subdir=noarch]": {"version": [[["==", "1"]]], "build": "b", "subdir": "noarch"},
    "a[build_number='>=2']": {"build_number": [">=", 2]},
    "a[extras=[x, y],subdir=noarch]": {"extras": ["x", "y"], "subdir": "noarch"},
    'a[when="__b>=12"]': {"when": {"name": "__b", "version": [[[">=", "12"]]]}},
    "a[when='b and c or d']": {"when": {"or": [{"and": [{"name": "b"}, {"name": "c"}]},
                                               {"name": "d"}]}},
}
NOT_READ = ["a >=1 !2,<3", "a 1.*.2", "a ^1$", "a (1|2),<3", 'a[when="(b)"]', "a[md5=0]", "a 1 ^b$"]


def unconditional(value):
    if isinstance(value, dict):
        return {key: unconditional(one) for key, one in value.items()
                if key not in ("when", "extras", "no_deps")}
    return list(map(unconditional, value)) if isinstance(value, list) else value


def meant(value):
    """Without the spelling."""
    if isinstance(value, dict):
        return {key: meant(one) for key, one in value.items() if key != "form"}
    return list(map(meant, value)) if isinstance(value, list) else value


def judge_of(world):
    request = world["request"]
    virtual = [(v["name"], v["version"], v["build"]) for v in request.get("virtual_packages", [])]
    return Judge([(c["name"], c["records"]) for c in world["channels"]],
                 request.get("subdirs", []), virtual,
                 request.get("channel_priority", "strict"),
                 resolution=request.get("resolution", "highest"))


def record(name="a", version="1", build="0", depends=(), **more):
    return record_of({"name": name, "version": version, "build": build, "depends": list(depends),
                      **more}, "linux-64")


def asked(records, *specs):
    request = Judge([("main", records)], ["linux-64"], []).request(specs)
    return request, [{r["version"] + r["build"]: r for r in request.records.admitted(name)}
                     for name in "ab"]


class Texts(unittest.TestCase):
    def test_versions_are_in_the_order_of_cep_33(self):
        for a, b in itertools.pairwise(ORDERED):
            self.assertLess(compare(a, b), 0, (a, b))
        self.assertEqual(compare("1.1.0rc", "1.1.RC"), 0)
        self.assertEqual(compare("1-1", "1.1"), 0)

    def test_a_beginning_may_end_in_a_part_of_a_word(self):
        for version, admitted in (("1.8.1", True), ("1.8rc1", True), ("1.80", False),
                                  ("1.8+x", True)):
            self.assertEqual(clause_admits(["=", "1.8"], version), admitted, version)
        self.assertTrue(clause_admits(["=", "1.8r"], "1.8rc1"))
        self.assertFalse(clause_admits(["=", "1.8r"], "1.8"))

    def test_spellings_of_real_channels_are_read(self):
        for text, value in READ.items():
            self.assertEqual(read_spec(text), {"name": "a", **value}, text)

    def test_what_is_not_read_is_broken(self):
        for text in NOT_READ:
            self.assertIn("broken", read_spec(text), text)

    def test_what_worlds_write_is_read_as_it_was_meant(self):
        for number in range(WORLDS):
            for spec in make_world(2, number)["request"]["specs"]:
                text = spec_text(spec)
                if "broken" not in spec and "(" not in text:
                    self.assertEqual(read_spec(text), meant(spec), text)


class Judging(unittest.TestCase):
    def test_the_named_rule_says_what_the_oracle_does(self):
        seen = set()
        for number in range(WORLDS):
            world = make_world(3, number)
            judge = judge_of(world)
            request = judge.request([spec["name"] for spec in world["request"]["specs"]])
            for name in sorted({r["name"] for c in world["channels"] for r in c["records"]}):
                for better, worse in itertools.combinations(request.records.preferred(name), 2):
                    rule, order, _ = request.compare(better, worse)
                    self.assertGreater(order, 0, (number, name, rule))
                    self.assertEqual(request.compare(worse, better)[:2], (rule, -1))
                    seen.add(rule)
        self.assertEqual(seen, set(RULES))

    def test_the_decisions_are_those_of_the_walk(self):
        walked = 0
        for number in range(WORLDS):
            world = unconditional(make_world(4, number))
            oracle = Oracle(world)
            if oracle.answer()["status"] == "sat":
                walk = Walk(oracle, oracle.order())
                answer, _ = walk.run()
                ours = {name: r for name, r in answer.items() if "place" in r}
                request = judge_of(world).request([])
                request.oracle = oracle
                self.assertEqual(request.decisions(ours),
                                 [name for name, *_ in walk.entries if name in ours])
                walked += 1
        self.assertGreater(walked, WORLDS // 5)

    def test_the_first_difference_is_of_the_first_decision(self):
        request, (a, b) = asked([record("b", "1"), record("b", "2"), record("a", "1", "0", ["b"]),
                                 record("a", "1", "1", ["b"], build_number=1)], "a")
        found = request.first_difference({"a": a["10"], "b": b["20"]}, {"a": a["11"], "b": b["10"]})
        self.assertEqual((found.place, found.name, found.rule, found.is_better),
                         (1, "a", "build number", False))
        found = request.first_difference({"a": a["10"], "b": b["20"]}, {"a": a["10"], "b": b["10"]})
        self.assertEqual((found.place, found.name, found.rule, found.is_better),
                         (2, "b", "version", True))
        same = {"a": a["10"], "b": b["10"]}
        self.assertIsNone(request.first_difference(same, same))
        self.assertIn("b 2 0, theirs 1 0: better by version, decision 2", str(found))

    def test_a_name_that_theirs_lacks_is_told(self):
        request, (a, b) = asked([record("b"), record("a", depends=["b"])], "a")
        found = request.first_difference({"a": a["10"], "b": b["10"]}, {"a": a["10"]})
        self.assertEqual((found.name, found.theirs, found.is_better), ("b", None, False))

    def test_what_a_record_needs_names_the_package(self):
        records = [record("a", "1", "0", ["b >=2"]), record("a", "1", "1", ["b <2"]),
                   record("b", "1"), record("b", "2")]
        request, (a, _) = asked(records, "a")
        self.assertEqual(request.compare(a["10"], a["11"]), ("versions of what it needs", 1, "b"))

    def test_what_an_extra_needs_is_decided_where_the_request_asks_for_it(self):
        records = [record("a", extra_depends={"x": ["b"]}), record("b", "1"), record("b", "2")]
        request, (a, b) = asked(records, "a[extras=[x]]")
        ours, theirs = ({"a": a["10"], "b": b[key]} for key in ("20", "10"))
        self.assertTrue(request.is_solution(ours))
        self.assertEqual(request.first_difference(ours, theirs).place, 2)
        self.assertFalse(asked(records, "a")[0].is_solution(ours))

    def test_where_the_lowest_is_wanted_the_older_is_better(self):
        for how, specs, order in (("lowest", [], 1), ("lowest-direct", ["a"], 1),
                                  ("lowest-direct", [], -1)):
            judge = Judge([("main", [record("a", "1"), record("a", "2")])], ["linux-64"], [],
                          resolution=how)
            older, newer = (judge.find("a", version, "0", "linux-64") for version in "12")
            self.assertEqual(judge.request(specs).compare(older, newer)[:2], ("version", order))

    def test_seconds_and_milliseconds_are_one_time(self):
        self.assertEqual(record(timestamp=1700000000)["uploaded"],
                         record(timestamp=1700000000000)["uploaded"])
        self.assertEqual(record()["uploaded"], "")

    def test_of_two_forms_of_a_record_the_newer_counts(self):
        raw = {"name": "a", "version": "1", "build": "0"}
        files = {"a-1-0.conda": {**raw, "build_number": 1}, "a-1-0.tar.bz2": raw}
        self.assertEqual([r["build_number"] for r in records_of(files, "noarch")], [1])

    def test_a_record_alone_matches_its_exact_specifier(self):
        records = [record("a", "1", "0"), record("a", "1", "1"), record("a", "1.0.1", "0")]
        _, (a, _) = asked(records)
        for one in a.values():
            spec = read_spec(exact(one))
            self.assertEqual([r for r in a.values() if matches(spec, r)], [one])

    def test_an_answer_with_something_that_nothing_needs_is_no_solution(self):
        request, (a, b) = asked([record("a"), record("b")], "a")
        self.assertTrue(request.is_solution({"a": a["10"]}))
        self.assertFalse(request.is_solution({"a": a["10"], "b": b["10"]}))


if __name__ == "__main__":
    unittest.main()
