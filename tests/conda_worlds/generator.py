"""Small conda worlds from a seed: channels of records, a request, and policies; tricky on purpose.

A world is {"channels": [{"name", "complete", "records": [...]}], "request": {...}}. A record has
the fields of tests/support/conda_source.h, a request those of world_request.cc; specifiers in both
are values (specs.py). "invalid" in a record says that its version is none.
"""

import random

from specs import matches, version_key

NAMES = ["a", "a-b", "ab", "b", "c", "python"]
VERSIONS = ["0.9", "1", "1.0", "1.1", "1.2", "1.10", "2", "2.0", "2.0rc1", "2.1", "3"]
TRICKY = ["1.0.0", "1.0.dev1", "1.0post1", "2.0.0.1", "1.1.0rc1", "1.1.rc1", "1!0.5", "1.0+2",
          "2.0+x", "2.0b2"]
INVALID = ["1.0 beta", "1..2"]
PLAIN = ["1", "1.0", "1.1", "2", "2.0", "3", "0.9", "1.10"]  # may stand behind = and ~=
OPERATORS = 5 * [">="] + 3 * ["<"] + 2 * ["<=", "==", "="] + [">", "!=", "~="]
WORDS = ["h", "g", "py3"]
EXTRAS = ["x", "y"]
FEATURES = ["", "", "", "", "", "", "mkl", "mkl debug"]
DAYS = ["2023-01-01T00:00:00Z", "2023-06-01T12:00:00Z", "2024-01-01T00:00:00Z",
        "2024-07-01T08:00:00Z"]
VIRTUAL = [{"name": "__glibc", "version": "2.17", "build": "0"},
           {"name": "__glibc", "version": "2.28", "build": "0"},
           {"name": "__unix", "version": "0", "build": "0"},
           {"name": "__cuda", "version": "12.0", "build": "0"}]
BROKEN = [" >=1 <", "[colour=red]", " >>1"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names, self.records, self.channels, self.virtual = [], [], [], []
        self.chain = []  # where there is one, a name that is requested and what it needs in turn
        self.rivals = []  # two names that the chain asks for
        self.said = {}  # name -> a specifier as last drawn
        self.versions_of = {}  # name -> versions in all channels

    def chance(self, probability):
        return self.random.random() < probability

    def one(self, values):
        return self.random.choice(values)

    def some(self, values, most):
        return self.random.sample(values, self.random.randint(0, min(most, len(values))))

    # ---- specifiers

    def records_of(self, name):
        return [r for r in self.records + self.virtual if r["name"] == name]

    def version_near(self, name):
        of_name = self.records_of(name)
        return self.one(of_name)["version"] if of_name and self.chance(0.8) else self.one(VERSIONS)

    def clause(self, name):
        op = self.one(OPERATORS)
        version = self.version_near(name)
        if op in ("=", "!=", "~=") and version not in PLAIN:
            version = self.one(PLAIN)
        return [op, version]

    def versions(self, name):
        clauses = [self.clause(name) for _ in range(self.one([1, 1, 1, 2]))]
        return [clauses] if self.chance(0.9) else [clauses, [self.clause(name)]]

    def any_name(self, virtual_odds=0.1):
        if not self.chance(virtual_odds):
            return self.one(self.names)
        return self.one(self.virtual or VIRTUAL)["name"] if self.chance(0.8) else "__cuda"

    def matched(self, name):
        """A specifier that says no more than which records; mostly there are some."""
        if self.chance(0.1) and name in self.said:
            return dict(self.said[name])
        for _ in range(6):
            spec = self.any_matched(name)
            if any(matches(spec, r) for r in self.records_of(name)) or self.chance(0.05):
                break
        self.said[name] = dict(spec)
        return spec

    def any_matched(self, name):
        spec = {"name": name, "form": self.random.randrange(6)}
        if self.chance(0.7):
            spec["version"] = self.versions(name)
        if name.startswith("__"):
            return spec
        if self.chance(0.15):
            spec["build"] = self.one(["h*", "*1", "g_0", "*", "*_2", "py3*", "h_1"])
        if self.chance(0.06):
            spec["build_number"] = [self.one([">=", "==", "<", "!="]), self.random.randrange(3)]
        if self.chance(0.04):
            spec["subdir"] = self.one(["noarch", "linux-64"])
        if self.chance(0.04):
            spec["channel"] = self.one(self.channels)
        return spec

    def condition(self, most=3):
        if most > 1 and self.chance(0.35):
            word = self.one(["and", "or"])
            return {word: [self.condition(most - 1) for _ in range(2)]}
        name = self.any_name(0.3)
        spec = {"name": name, "form": self.random.randrange(2)}
        if self.chance(0.6):
            spec["version"] = self.versions(name)
        if not name.startswith("__") and self.chance(0.1):
            spec["build"] = self.one(["h*", "*1"])
        return spec

    def spec(self, name, when_odds=0.2, extras_odds=0.12):
        spec = self.matched(name)
        if self.chance(extras_odds) and not name.startswith("__"):
            spec["extras"] = self.random.sample(EXTRAS, self.one([1, 1, 2]))
        if self.chance(when_odds):
            spec["when"] = self.condition()
        return spec

    # ---- records

    def record(self, name, versions):
        number = self.one([0, 0, 0, 0, 1, 2])
        record = {"name": name, "version": self.one(versions), "subdir": "linux-64",
                  "build_number": number,
                  "build": f"{self.one(WORDS)}_{number if self.chance(0.8) else 7}"}
        if self.chance(0.15):
            record["subdir"] = self.one(["noarch", "noarch", "osx-64"])
        if self.chance(0.12):
            record["track_features"] = self.one(FEATURES)
        if self.chance(0.7):
            record["uploaded"] = self.one(DAYS)
        if self.chance(0.2):
            record["md5"] = self.one("ab") * 32
        if self.chance(0.1):
            record["noarch"] = self.one(["python", "python", "generic"])
        return record

    def add_records(self, channel, name):
        versions = self.versions_of.setdefault(name, [
            self.one(TRICKY if self.chance(0.2) else VERSIONS)
            for _ in range(self.one([1, 2, 2, 3, 4]))])
        taken = set()
        for _ in range(self.random.randint(1, 6)):
            record = self.record(name, versions)
            key = (record["version"], record["build"], record["subdir"])
            if key not in taken:  # what is there twice is one record
                taken.add(key)
                channel["records"].append(record)
                self.records.append({**record, "channel": channel["name"]})

    def another_name(self, record):
        name = self.any_name()
        return self.any_name() if name == record["name"] else name

    def add_needs(self, record, with_invalid=True):
        for _ in range(self.one([0, 1, 1, 2, 2, 3])):
            record.setdefault("depends", []).append(self.spec(self.another_name(record)))
        if self.chance(0.02):
            record.setdefault("depends", []).append(
                {"name": self.one(self.names), "broken": self.one(BROKEN)})
        for _ in range(self.one([0, 0, 0, 0, 1, 2])):
            record.setdefault("constrains", []).append(
                self.spec(self.another_name(record), extras_odds=0))
        if self.chance(0.2):
            record["extras"] = {extra: [self.spec(self.one(self.names))
                                        for _ in range(self.one([0, 1, 1, 2]))]
                                for extra in self.random.sample(EXTRAS, self.one([1, 2]))}
        if with_invalid and self.chance(0.01):
            record.update(invalid=True, version=self.one(INVALID))

    def make_channels(self):
        channels = []
        self.channels = ["main", "second"][:self.one([1, 2])]
        for name in self.channels:
            channel = {"name": name, "complete": self.chance(0.8), "records": []}
            for package in self.names:
                if self.chance(0.93):
                    self.add_records(channel, package)
            channels.append(channel)
        for channel in channels:
            for record in channel["records"]:
                self.add_needs(record)
        if len(self.names) > 3 and self.chance(0.3):
            self.add_rivals([r for c in channels for r in c["records"]])
        return channels

    def add_rivals(self, records):
        """Two names that cannot both be at their newest, so that it shows which is decided first.
        A chain of the others asks for them, in several depths and under conditions."""
        names = self.random.sample(self.names, len(self.names))
        rivals, self.chain = names[:2], names[2:]
        self.rivals = rivals
        newest = [max(self.versions_of.get(name, ["0"]), key=version_key) for name in rivals]
        for record in records:
            record.pop("constrains", None)
            record.pop("depends", None)
            if record["name"] in self.chain:
                place = self.chain.index(record["name"])
                record["depends"] = [{"name": n} for n in self.chain[place + 1:place + 2]]
                record["depends"] += [{"name": n, "when": {"name": self.one(self.chain)}}
                                      if self.chance(0.6) else {"name": n}
                                      for n in self.some(rivals, 2)]
            elif record["name"] == rivals[0] and record["version"] == newest[0]:
                record["constrains"] = [{"name": rivals[1], "version": [[["<", newest[1]]]]}]

    # ---- the request

    def limits(self, request):
        for key, odds in (("constraints", 0.25), ("locked", 0.15), ("favored", 0.3),
                          ("excluded", 0.2)):
            if self.chance(odds):
                when_odds = 0.2 if key == "constraints" else 0
                names = [s["name"] for s in request["specs"]] + [self.any_name(0.05)]
                request[key] = [self.spec(self.one(names), when_odds, 0)
                                for _ in range(self.one([1, 1, 2]))]
        for spec in request.get("excluded", []):
            spec.setdefault("version", self.versions(spec["name"]))

    def request(self):
        request = {"specs": [self.spec(self.one(self.names), 0.08, 0.2)
                             for _ in range(self.one([1, 1, 2, 2, 3]))]}
        if self.chain:
            request["specs"] = [{"name": self.chain[0]}, *request["specs"][1:]]
            if self.chance(0.4):
                request["specs"].append({"name": self.rivals[0], "when": {
                    "name": self.one(self.chain)}})
        if self.chance(0.03):
            request["specs"].append(self.spec(self.one(VIRTUAL)["name"], 0.3))
        request["virtual_packages"] = self.virtual
        self.limits(request)
        for key, odds, words in (("channel_priority", 0.8, ["flexible", "disabled", "strict"]),
                                 ("resolution", 0.15, ["lowest", "lowest-direct"]),
                                 ("order", 0.15, ["name", "as-given"]),
                                 ("absent", 0.1, ["nonexistent", "unknown"])):
            if self.chance(odds):
                request[key] = self.one(words)
        if self.chance(0.4):
            request["subdirs"] = self.one([["linux-64", "noarch"], ["noarch", "linux-64"],
                                            ["linux-64"]])
        if self.chance(0.12):
            request["exclude_newer"] = self.exclude_newer()
        if self.chance(0.04):
            request["no_deps"] = True
        return request

    def exclude_newer(self):
        limits = {"admit_unknown": self.chance(0.6)}
        if self.chance(0.8):
            limits["instant"] = self.one(DAYS)
        if self.chance(0.3):
            limits["packages"] = {n: self.one([*DAYS, ""]) for n in self.some(self.names, 2)}
        if self.chance(0.3):
            limits["channels"] = {n: self.one([*DAYS, ""]) for n in self.some(self.channels, 2)}
        return limits

    def world(self):
        self.names = sorted(self.random.sample(NAMES, self.random.randint(2, 6)))
        chosen = self.random.sample(VIRTUAL, self.random.randint(1, 4))
        self.virtual = list({v["name"]: v for v in chosen}.values())
        channels = self.make_channels()
        return {"channels": channels, "request": self.request()}


def make_world(seed, number):
    return Generator(f"{seed}/{number}").world()
