"""Judges answers on real channels by the oracle's rules: is it a solution, and where two differ,
which is better and by which rule of docs/ecosystems/conda.md.

    records_of(files, subdir)        what repodata.json has of them -> as the oracle reads it
    Judge(channels, subdirs, virtual, priority).request(specs) -> Request
    Request.is_solution(answer), .priorities, .decisions(answer), .first_difference(ours, theirs)

An answer is {name: record}, of the records of judge.records. The oracle decides worlds by
exhaustion, which real channels are too large for: only what it says of given answers is asked here.
"""

import dataclasses
import functools

from oracle import Oracle, Records, is_virtual, pin_of
from specs import version_key
from texts import read_spec

RULES = ("channel", "track_features", "version", "build number", "versions of what it needs",
         "time", "build string")
SECONDS_MAX = 253402300799  # conda's rule: what is larger is in milliseconds


def record_of(raw, subdir):
    time = int(raw.get("timestamp") or 0)
    features = raw.get("track_features") or ""
    return {"name": raw["name"], "version": raw["version"], "build": raw["build"],
            "build_number": raw.get("build_number") or 0, "subdir": subdir,
            "depends": [read_spec(text) for text in raw.get("depends", [])],
            "constrains": [read_spec(text) for text in raw.get("constrains") or []],
            "extras": {extra: [read_spec(text) for text in texts]
                       for extra, texts in (raw.get("extra_depends") or {}).items()},
            "track_features": features if isinstance(features, str) else " ".join(features),
            "uploaded": f"{time if time > SECONDS_MAX else time * 1000:020}" if time else ""}


def records_of(files, subdir):
    """`files`: {file: record}; of two forms of one record the newer counts."""
    stems = {}
    for file in sorted(files, reverse=True):  # .tar.bz2 before .conda
        stems[file.removesuffix(".conda").removesuffix(".tar.bz2")] = files[file]
    return [record_of(raw, subdir) for _, raw in sorted(stems.items())]


def exact(record):
    """The specifier that this record alone matches."""
    return f"{record['name']} =={record['version']} {record['build']}[subdir={record['subdir']}]"


@dataclasses.dataclass(frozen=True)
class Difference:
    """Where two answers part: the decisions before `place` are the same."""
    place: int  # counted from 1
    name: str
    ours: dict
    theirs: dict | None  # None: there is no record of the name
    rule: str  # of RULES; "" without theirs
    is_better: bool  # ours is
    detail: str = ""

    def __str__(self):
        both = [f"{r['version']} {r['build']}" if r else "nothing"
                for r in (self.ours, self.theirs)]
        return (f"{self.name} {both[0]}, theirs {both[1]}: "
                f"{'better' if self.is_better else 'WORSE'} by {self.rule or 'none'}"
                f"{f' ({self.detail})' if self.detail else ''}, decision {self.place}")


class Judge:
    """What requests with the same channels and the same target have in common."""

    def __init__(self, channels, subdirs, virtual, priority="strict", **policies):
        """`channels`: [(name, records)], the first one before the next; `virtual`: [(name, version,
        build)]; `policies`: more of a world's request."""
        self.world = {
            "channels": [{"name": name, "records": records} for name, records in channels],
            "request": {"specs": [], "subdirs": list(subdirs), "channel_priority": priority,
                        **policies,
                        "virtual_packages": [dict(zip(("name", "version", "build"), package))
                                             for package in virtual]}}
        self.records = Records(self.world)

    def request(self, texts, constraints=()):
        asked = {**self.world["request"], "specs": [read_spec(text) for text in texts],
                 "constraints": [read_spec(text) for text in constraints]}
        return Request({**self.world, "request": asked}, self.records)

    def find(self, name, version, build, subdir):
        """The admitted record; None: there is none."""
        wanted = (version, build, subdir)
        return next((r for r in self.records.admitted(name)
                     if (r["version"], r["build"], r["subdir"]) == wanted), None)


class Request:
    def __init__(self, world, records):
        self.oracle = Oracle(world, records)
        self.records = self.oracle.records

    def is_solution(self, answer):
        return self.oracle.is_solution([pin_of(record) for record in answer.values()])

    @functools.cached_property
    def priorities(self):
        """The requested names in the order of decision."""
        return self.oracle.order()

    def decisions(self, answer):
        """The answer's names in the order in which the walk of docs/solver.md decides them, as all
        requirements do whose condition the target alone meets, if any, and no extras but those that
        the request asks for: by depth, and then by priority or name."""
        level, order = [name for name in self.priorities if name in answer], []
        while level:
            order += level
            needed = {spec["name"] for name in level for spec in self.needs(answer[name])}
            level = sorted(name for name in needed - set(order) if not is_virtual(name))
        return order

    def needs(self, record):
        asked = {extra for spec in self.oracle.request["specs"] if spec["name"] == record["name"]
                 for extra in spec.get("extras", [])}
        return (spec for extra, spec in self.oracle.needs(record)
                if extra is None or extra in asked)

    def first_difference(self, ours, theirs):
        """None: the same records."""
        for place, name in enumerate(self.decisions(ours), 1):
            if name not in theirs:
                return Difference(place, name, ours[name], None, "", False)
            if pin_of(ours[name]) != pin_of(theirs[name]):
                rule, order, detail = self.compare(ours[name], theirs[name])
                return Difference(place, name, ours[name], theirs[name], rule, order > 0, detail)
        return None

    def compare(self, a, b):
        """(rule, above 0 if `a` is better by it, more words) of two records of a name."""
        def step(rule, more, less, detail=""):
            return rule, (more > less) - (more < less), detail
        def features(record):
            return len(record.get("track_features", "").split())
        names, vectors = self.needed_versions(a, b)
        newer_first = (b, a) if self.is_lowest(a["name"]) else (a, b)
        steps = [step("track_features", features(b), features(a)),
                 step("version", *(version_key(r["version"]) for r in newer_first)),
                 step("build number", *(r.get("build_number", 0) for r in (a, b))),
                 *(step("versions of what it needs", *pair, name)
                   for name, pair in zip(names, zip(*vectors))),
                 step("time", *(r.get("uploaded", "") for r in (a, b))),
                 step("build string", *((r["build"], r["subdir"], r["channel"], r["version"])
                                        for r in (a, b)))]
        is_disabled = self.oracle.request["channel_priority"] == "disabled"
        steps.insert(len(steps) - 2 if is_disabled else 0,
                     step("channel", b["place"], a["place"]))
        return next((found for found in steps if found[1]), ("", 0, ""))

    def is_lowest(self, name):
        how = self.oracle.request.get("resolution", "highest")
        return how == "lowest" or (how == "lowest-direct" and name in self.records.requested)

    def needed_versions(self, a, b):
        """(names, what `a` and `b` have of each), if nothing that counts before parts the two."""
        rank = self.records.rank(a)
        if rank != self.records.rank(b):
            return [], ([], [])
        group = [r for r in self.records.admitted(a["name"]) if self.records.rank(r) == rank]
        names, vectors = self.records.needed_versions(group)
        pins = [pin_of(r) for r in group]
        return names, [vectors[pins.index(pin_of(one))] for one in (a, b)]
