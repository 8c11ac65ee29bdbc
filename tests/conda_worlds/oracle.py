"""What a conda world's answer is, in the plainest words and with no code of Accord's: the rules of
request.h, universe_builder.h and preference.h of resolver/ecosystem/conda, and the walk of
docs/solver.md. Exhaustive: for small worlds only. What an environment that is there wants,
environments.py says.

    Oracle(world).answer()         -> {"status", "pins", "extras", "order"}
    Oracle(world).is_solution(pins)
    Oracle(world).any_environment() -> whether one of all environments is valid; None: too many
"""

import copy
import itertools
import math

from environments import Wishes
from specs import holds, matches, version_key

ENVIRONMENTS_MAX = 1000
PIN_KEYS = ("name", "version", "build", "channel", "subdir")


def pin_of(record):
    return {key: record[key] for key in PIN_KEYS}


def is_same_file(record, other):
    """The hash counts where both say one, of files that are packed alike."""
    hashes = {r["md5"] for r in (record, other) if "md5" in r}
    is_packed_alike = record.get("packed", ".conda") == other.get("packed", ".conda")
    return (len(hashes) < 2 or not is_packed_alike) and all(
        record[key] == other[key] for key in ("name", "version", "build", "subdir"))


def is_virtual(name):
    return name.startswith("__")


class Records:
    """Which records a request admits, and which is better."""

    def __init__(self, world):
        self.world, self.request = world, world["request"]
        self.by_name, self.best_first, self.is_there = {}, {}, {}
        self.virtual = {v["name"]: v for v in self.request.get("virtual_packages", [])}
        self.wishes, self.requested = Wishes(self.request), set()
        self.request_names()
        self.of_name = {}  # (place of the channel, name) -> records
        for place, channel in enumerate(world["channels"]):
            for record in channel["records"]:
                self.of_name.setdefault((place, record["name"]), []).append(record)

    def of(self, world):
        """For a request that admits the same records; what was found out of them stays known."""
        other = copy.copy(self)
        other.world, other.request = world, world["request"]
        other.wishes = Wishes(other.request)
        other.request_names()
        if other.request.get("resolution") == "lowest-direct":  # the order hangs on `requested`
            other.best_first = {}
        return other

    def request_names(self):
        specs = [*self.request["specs"], *self.wishes.specs]
        self.requested = {s["name"] for s in specs if not is_virtual(s["name"])}

    def is_young(self, record):
        limits = self.request.get("exclude_newer", {})
        limit = limits.get("packages", {}).get(record["name"])
        if limit is None:
            limit = limits.get("channels", {}).get(record["channel"])
        if limit is None:
            limit = limits.get("instant", "")
        if not limit:
            return False
        if not record.get("uploaded"):
            return not limits.get("admit_unknown", True)
        return record["uploaded"] >= limit

    def admitted(self, name):
        """In no order."""
        if name in self.by_name:
            return self.by_name[name]
        subdirs = self.request.get("subdirs", [])
        found = []
        for place, channel in enumerate(self.world["channels"]):
            there = [{"subdir": "linux-64", "build": "0", **r, "channel": channel["name"],
                      "place": place}
                     for r in self.of_name.get((place, name), []) if "invalid" not in r]
            there = [r for r in there if not subdirs or r["subdir"] in subdirs]
            found += there
            if there and self.request.get("channel_priority", "strict") == "strict":
                break
        found = [r for r in found if not self.is_young(r)]
        self.by_name[name] = self.with_installed(name, found)
        return self.by_name[name]

    def with_installed(self, name, found):
        """What is there is the first record that is the same file, or one more behind all."""
        if name not in self.wishes.records:
            return found
        record = {"subdir": "linux-64", "build": "0", **self.wishes.records[name]}
        same = [r for r in found if is_same_file(r, record)]
        if not same:
            same = [{**record, "place": len(self.world["channels"])}]
            found = found + same
        self.is_there[name] = same[0]
        return found

    def installed(self):
        """{name: record} of what is there, as the request sees it."""
        for name in self.wishes.records:
            self.admitted(name)
        return self.is_there

    def is_readable(self, record):
        if self.request.get("no_deps", False):
            return True
        texts = [*record.get("depends", []), *record.get("constrains", []),
                 *itertools.chain(*record.get("extras", {}).values())]
        return not any("broken" in t for t in texts)

    def best_version(self, record, name):
        """The best version that all which the record always needs of the name admit; None: it
        does not always need the name."""
        specs = [s for s in record.get("depends", []) if s["name"] == name and "when" not in s]
        if not specs:
            return None
        if any("broken" in s for s in specs):
            return (0,)
        things = self.admitted(name)
        if is_virtual(name):
            things = [self.virtual[name]] if name in self.virtual else []
        fit = [version_key(t["version"]) for t in things if all(matches(s, t) for s in specs)]
        return (1, max(fit)) if fit else (0,)

    def preferred(self, name):
        """The admitted records, best first."""
        if name in self.best_first:
            return self.best_first[name]
        how = self.request.get("resolution", "highest")
        lowest = how == "lowest" or (how == "lowest-direct" and name in self.requested)
        disabled = self.request.get("channel_priority", "strict") == "disabled"
        order = list(self.admitted(name))
        # Least important first: each sort keeps what those before it did.
        for key in ("version", "channel", "subdir", "build"):
            order.sort(key=lambda r: r[key], reverse=True)
        order.sort(key=lambda r: r.get("uploaded", ""), reverse=True)
        order.sort(key=lambda r: r["place"])
        order.sort(key=lambda r: r.get("build_number", 0), reverse=True)
        order.sort(key=lambda r: version_key(r["version"]), reverse=not lowest)
        order.sort(key=lambda r: len(r.get("track_features", "").split()))
        if not disabled:
            order.sort(key=lambda r: r["place"])

        groups = [list(group) for _, group in itertools.groupby(order, key=self.rank)]
        self.best_first[name] = [r for group in groups for r in self.by_needs(group)]
        return self.best_first[name]

    def rank(self, record):
        """Records of a name that are equal in this are told apart by what they need."""
        disabled = self.request.get("channel_priority", "strict") == "disabled"
        return (0 if disabled else record["place"], len(record.get("track_features", "").split()),
                version_key(record["version"]), record.get("build_number", 0))

    def needed_versions(self, group):
        """Of each record of the group the best version of each name that one of them needs."""
        names = sorted({s["name"] for r in group for s in r.get("depends", [])})
        vectors = [[] for _ in group]
        for name in names:
            best = [self.best_version(r, name) for r in group]
            known = [b for b in best if b is not None]
            for vector, own in zip(vectors, best):
                vector.append(own if own is not None or not known else max(known))
        return names, [[v or (0,) for v in vector] for vector in vectors]

    def by_needs(self, group):
        _, vectors = self.needed_versions(group)
        order = sorted(range(len(group)), key=vectors.__getitem__,
                       reverse=True)  # reverse keeps equal ones as they stand
        return [group[i] for i in order]


class Oracle:
    def __init__(self, world, records=None):
        """`records`: those of a request with the same channels and target, to begin from."""
        self.world, self.request = world, world["request"]
        self.records = (records or Records(world)).of(world)
        self.wishes = self.records.wishes
        self.specs = [*self.request["specs"], *self.wishes.specs]
        self.no_deps = self.request.get("no_deps", False)
        self.cache = {}
        self.environment, self.extras = {}, frozenset()  # those of the answer

    def options(self, spec):
        """What may be chosen for a specifier, best first, favoured ones before all others."""
        there = self.records.installed().get(spec["name"])
        kept = there if spec["name"] in self.wishes.favored else None
        return [r for r in self.better_first(spec["name"], kept)
                if matches(spec, r) and self.records.is_readable(r)]

    def better_first(self, name, kept=None):
        favored = [f for f in self.request.get("favored", []) if f["name"] == name]
        return sorted(self.records.preferred(name), key=lambda r: r is not kept and not any(
            matches(f, r) for f in favored))

    # ---- environments: {name: record or virtual package}

    def needs(self, record):
        """(extra or None, specifier) of all that it may need."""
        if self.no_deps or "place" not in record:
            return
        yield from ((None, spec) for spec in record.get("depends", []))
        for extra, specs in record.get("extras", {}).items():
            yield from ((extra, spec) for spec in specs)

    def active(self, environment, extras, specs=None):
        """The specifiers that must be met."""
        for spec in self.specs if specs is None else specs:
            if holds(spec.get("when"), environment.get):
                yield spec
        for name, record in environment.items():
            for extra, spec in self.needs(record):
                if (extra is None or (name, extra) in extras) and holds(
                        spec.get("when"), environment.get):
                    yield spec

    def with_asked_extras(self, environment, extras, specs=None):
        while True:
            more = extras | {(s["name"], extra) for s in self.active(environment, extras, specs)
                             for extra in s.get("extras", [])}
            if more == extras:
                return extras
            extras = more

    def breaks_a_limit(self, environment, there=None):
        """Once true of an environment, so of all with more in it. `there`: {name: record} of what
        is installed, where it is not as the request sees it."""
        limits = [*self.request.get("constraints", []), *self.request.get("locked", [])]
        if not self.no_deps:
            for record in environment.values():
                limits += record.get("constrains", [])
        for limit in limits:
            thing = environment.get(limit["name"])
            if thing is not None and not matches(limit, thing) and holds(
                    limit.get("when"), environment.get):
                return True
        there = there or self.records.installed()
        if any(environment.get(n, there[n]) is not there[n] for n in self.wishes.locked):
            return True
        return not self.wishes.removed.isdisjoint(environment) or any(
            matches(e, environment[e["name"]]) for e in self.request.get("excluded", [])
            if e["name"] in environment and not is_virtual(e["name"]))

    def has_valid_set(self, environment, extras=frozenset()):
        """Whether some valid set contains these."""
        extras = self.with_asked_extras(environment, extras)
        key = (frozenset((n, id(r)) for n, r in environment.items()), extras)
        if key not in self.cache:
            self.cache[key] = self.can_be_completed(environment, extras)
        return self.cache[key]

    def can_be_completed(self, environment, extras):
        if self.breaks_a_limit(environment):
            return False
        unmet = None
        for spec in self.active(environment, extras):
            if spec["name"] not in environment:
                unmet = unmet or spec
            elif not matches(spec, environment[spec["name"]]):
                return False
        return unmet is None or any(
            self.has_valid_set({**environment, unmet["name"]: record}, extras)
            for record in self.options(unmet))

    def any_environment(self):
        names = sorted({r["name"] for c in self.world["channels"] for r in c["records"]}
                       | self.wishes.records.keys())
        choices = [[None, *filter(self.records.is_readable, self.records.admitted(n))]
                   for n in names]
        if math.prod(map(len, choices)) > ENVIRONMENTS_MAX:
            return None
        return any(self.is_valid({**self.records.virtual, **{
            n: r for n, r in zip(names, chosen) if r is not None}})
                   for chosen in itertools.product(*choices))

    def is_valid(self, environment, there=None):
        extras = self.with_asked_extras(environment, frozenset())
        return not self.breaks_a_limit(environment, there) and all(
            s["name"] in environment and matches(s, environment[s["name"]])
            for s in self.active(environment, extras))

    def is_solution(self, pins):
        """Whether the pins are a valid set with nothing unneeded in it but what was there."""
        environment = dict(self.records.virtual)
        for pin in pins:
            found = [r for r in self.records.admitted(pin["name"]) if pin_of(r) == pin]
            if pin["name"] in self.wishes.records:  # it may be called as it was installed
                there = self.records.installed()[pin["name"]]
                was = {**pin_of(there), **self.wishes.records[pin["name"]]}
                if pin_of(was) == pin and not any(is_same_file(r, was) for r in found):
                    found.append(there)
            if len(found) != 1 or pin["name"] in environment:
                return False  # it means no record, or it may mean another
            if not self.records.is_readable(found[0]):
                return False
            environment[pin["name"]] = found[0]
        # Where a second channel has the file too, that record is what is installed likewise.
        there = {n: environment[n] if n in environment and is_same_file(r, environment[n]) else r
                 for n, r in self.records.installed().items()}
        if not self.is_valid(environment, there):
            return False
        # Conditions look at all pins; needs come from what is needed alone.
        needed, extras = set(), set()
        while True:
            specs = [s for s in self.specs if holds(s.get("when"), environment.get)]
            specs += [{"name": n} for n in self.wishes.soft if n in environment]
            specs += [s for name in needed for extra, s in self.needs(environment[name])
                      if (extra is None or (name, extra) in extras)
                      and holds(s.get("when"), environment.get)]
            names = {s["name"] for s in specs}
            asked = {(s["name"], extra) for s in specs for extra in s.get("extras", [])}
            if names == needed and asked == extras:
                return {p["name"] for p in pins} <= needed
            needed, extras = names, asked

    # ---- the answer

    def order(self):
        """The requested names in the order of decision."""
        order = self.order_of(self.records.requested)
        return sorted(order, key=lambda name: name not in self.wishes.first)

    def order_of(self, wanted):
        names = sorted(wanted)
        how = self.request.get("order", "requirer-first")
        if how == "name":
            return names
        if how == "as-given":
            given = [*(s["name"] for s in self.request["specs"]), *self.wishes.updated]
            return sorted(names, key=lambda n: given.index(n) if n in given else len(given))
        edges = {name: self.required_by_best_of(name) & wanted for name in names}
        reach = {name: {name} for name in names}
        while True:
            further = {name: reach[name].union(*(reach[q] for q in edges[name])) for name in names}
            if further == reach:
                break
            reach = further
        component = {n: frozenset(m for m in reach[n] if n in reach[m]) for n in names}
        required = {c: {component[q] for p in c for q in reach[p]} - {c}
                    for c in component.values()}
        order = []
        while required:
            taken = min(required.keys() - set().union(*required.values()), key=min)
            order += sorted(taken)
            del required[taken]
        return order

    def required_by_best_of(self, name):
        """Names that the best record requires whatever else holds; a text that cannot be read names
        none."""
        best = next(iter(self.records.preferred(name)), None)
        if best is None:
            return set()
        asked = {e for s in self.specs if s["name"] == name
                 for e in s.get("extras", [])}
        return {s["name"] for e, s in self.needs(best) if (e is None or e in asked)
                and "when" not in s and "broken" not in s}

    def answer(self):
        order = self.order()
        if not self.has_valid_set(dict(self.records.virtual)):
            return {"status": "unsat", "pins": [], "extras": {}, "order": order}
        self.environment, self.extras = Walk(self, order).run()
        active = {}
        for name, extra in sorted(self.extras):
            active.setdefault(name, []).append(extra)
        return {"status": "sat", "order": order, "extras": active,
                "pins": [pin_of(r) for _, r in sorted(self.answered().items())]}

    def answered(self):
        """{name: record} of the answer."""
        return {n: r for n, r in self.environment.items() if "place" in r}


class Walk:
    """D and what is open, step by step as docs/solver.md defines the answer."""

    def __init__(self, oracle, order):
        self.oracle = oracle
        self.environment, self.extras = {}, set()  # D
        self.entries = []  # D as it grew: (name, extra or None, depth)
        self.open = []     # (depth, priority, name in bytes, number, specifier or (name, extra))
        self.asked = 0
        self.waiting = []  # (bringer's name or None, its depth, extra, specifier, priority)
        for thing in oracle.records.virtual.values():
            self.environment[thing["name"]] = thing
            self.entries.append((thing["name"], None, 0))
        for spec in oracle.specs:
            priority = order.index(spec["name"]) if spec["name"] in order else 0
            self.waiting.append((None, 0, None, spec, priority))
        for place, name in enumerate(oracle.order_of(set(oracle.wishes.soft))):
            self.push(0, len(order) + place, name, {"name": name, "soft": True})
        self.open_what_holds()

    def run(self):
        while self.open:
            entry = min(self.open, key=lambda e: e[:4])
            self.open.remove(entry)
            depth, what = entry[0], entry[4]
            if isinstance(what, tuple):
                self.enter_extra(what, depth)
            elif what["name"] not in self.environment:
                self.enter_best(what, depth)
            self.open_what_holds()
        return self.environment, self.extras

    def enter_extra(self, extra, depth):
        if extra not in self.extras:
            self.extras.add(extra)
            self.entries.append((*extra, depth))

    def enter_best(self, spec, depth):
        name = spec["name"]
        record = next((r for r in self.oracle.options(spec) if self.oracle.has_valid_set(
            {**self.environment, name: r}, frozenset(self.extras))), None)
        if record is None and "soft" in spec:
            return
        self.environment[name] = record
        self.entries.append((name, None, depth))
        for extra, need in self.oracle.needs(record):
            self.waiting.append((name, depth, extra, need, 0))

    def open_what_holds(self):
        for entry in list(self.waiting):
            bringer, depth, extra, spec, priority = entry
            made_true = self.depth_that_made_true(bringer, extra, spec.get("when"))
            if made_true is None:
                continue
            self.waiting.remove(entry)
            own = 0 if bringer is None else 1 + max(depth, made_true)
            self.push(own, priority, spec["name"], spec)
            for one in spec.get("extras", []):
                self.push(own, priority, f"{spec['name']}[{one}]", (spec["name"], one))

    def push(self, depth, priority, name, what):
        # Two of one depth and name differ in text alone: each leaves the same options, so which is
        # first does not show.
        self.open.append((depth, priority, name.encode(), self.asked, what))
        self.asked += 1

    def depth_that_made_true(self, bringer, extra, when):
        """Of the member whose entry made the whole condition true; None: it is not."""
        if extra is None and when is None:
            return 0
        there, extras = {}, set()
        for name, of, depth in self.entries:
            if of is None:
                there[name] = self.environment[name]
            else:
                extras.add((name, of))
            if (extra is None or (bringer, extra) in extras) and holds(when, there.get):
                return depth
        return None
