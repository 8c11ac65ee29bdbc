"""What a PyPI world's answer is, decided by `packaging`: docs/pypi.md and the walk of
docs/solver.md in the plainest words, and no code of Accord's. Exhaustive: for small worlds only.

    Oracle(world).answer()        -> {"status", "pins", "extras", "order"}
    Oracle(world).is_solution(pins)
"""

from packaging.markers import Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (InvalidWheelFilename, canonicalize_name, parse_wheel_filename)
from packaging.version import InvalidVersion, Version

SDISTS = (".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz")


class Unreadable(Exception):
    """A requirement text that nobody can read."""


class Reader:
    """Texts, each parsed once under one environment. `meanings`: what broken texts are read as."""

    def __init__(self, environment, meanings):
        self.environment = dict(environment)
        full = self.environment["python_full_version"]
        self.environment["python_full_version"] = full + "local" if full.endswith("+") else full
        self.meanings = meanings
        self.requirements = {}
        self.holds_cache = {}

    def requirement(self, text):
        if text not in self.requirements:
            try:
                self.requirements[text] = Requirement(self.meanings.get(text, text))
            except InvalidRequirement as error:
                raise Unreadable(text) from error
        return self.requirements[text]

    def asked(self, text):
        """Of the request: nothing broken is repaired there."""
        try:
            return Requirement(text)
        except InvalidRequirement as error:
            raise Unreadable(text) from error

    def holds(self, marker, extra=""):
        if marker is None:
            return True
        key = (str(marker), extra)
        if key not in self.holds_cache:
            try:
                values = {**self.environment, "extra": extra}
                self.holds_cache[key] = marker.evaluate(values)
            except (UndefinedComparison, UndefinedEnvironmentName) as error:
                raise Unreadable(str(marker)) from error
        return self.holds_cache[key]

    def holds_wherever(self, marker, extra):
        """Whether it holds if every comparison with the environment did."""
        def of(part):
            if isinstance(part, list):
                ors = [[]]
                for one in part:
                    if one == "or":
                        ors.append([])
                    elif one != "and":
                        ors[-1].append(of(one))
                return any(all(ands) for ands in ors)
            words = {getattr(part[0], "value", ""), getattr(part[2], "value", "")}
            if "extra" not in words:
                return True
            text = "{} {} {}".format(*(x.serialize() for x in part))
            return self.holds(Marker(text), extra)
        return marker is None or of(marker._markers)

    def python_allows(self, text, bounds):
        if not text:
            return True
        try:
            wanted = SpecifierSet(self.meanings.get(text, text))
        except InvalidSpecifier:
            return True
        python = self.environment["python_full_version"]
        if bounds == "honour":
            return wanted.contains(python, prereleases=True)
        for one in wanted:
            if one.operator in ("~=", "=="):
                if Version(python) < Version(one.version.removesuffix(".*")):
                    return False
            elif one.operator in (">=", ">", "==="):
                if not one.contains(python, prereleases=True):
                    return False
        return True


class Need:
    """One requirement as it applies: of a name, versions in `specifier`, with `extras`."""

    def __init__(self, requirement, when, given=0):
        self.name = canonicalize_name(requirement.name)
        self.specifier = requirement.specifier
        self.extras = sorted({canonicalize_name(e) for e in requirement.extras})
        self.url = requirement.url
        self.when = when  # None: always; else the extras of the dependant under one of which
        self.given = given


class Candidate:
    def __init__(self, text, source, record, package, url=None):
        self.text, self.version, self.url = text, Version(text), url
        self.source, self.record, self.package = source, record, package
        self.metadata = None if record["metadata"] is None else package["metadata"][
            record["metadata"]]
        self.has_wheel = True
        self.needs = []


def is_pin(specifier):
    ones = list(specifier)
    return len(ones) == 1 and (ones[0].operator == "===" or (
        ones[0].operator == "==" and not ones[0].version.endswith(".*")))


class Request:
    """The request's texts, read; those whose marker does not hold are dropped."""

    def __init__(self, request, reader):
        self.reader = reader
        self.overrides = []  # (requirement, dependant, holds)
        for one in request.get("overrides", []):
            parsed = reader.asked(one["requirement"])
            self.overrides.append((parsed, canonicalize_name(one.get("dependant", "")),
                                   reader.holds(parsed.marker)))
        self.requirements = []
        for given, text in enumerate(request["requirements"]):
            parsed = reader.asked(text)
            replaced = self.replaced(canonicalize_name(parsed.name), "")
            if replaced is not None:
                self.requirements += [Need(r, None, given) for r in replaced]
            elif reader.holds(parsed.marker):
                self.requirements.append(Need(parsed, None, given))
        self.constraints, self.locked, self.favored, self.excluded = (
            [Need(r, None) for r in map(reader.asked, request.get(key, []))
             if reader.holds(r.marker)]
            for key in ("constraints", "locked", "favored", "excluded"))
        self.urls = {}  # name -> those that the request asks for
        for need in self.requirements:
            if need.url:
                self.urls.setdefault(need.name, set()).add(need.url)

    def replaced(self, name, dependant):
        """What stands in place of a requirement on the name; None: no override speaks of it."""
        of_name = [o for o in self.overrides if canonicalize_name(o[0].name) == name]
        own = [o for o in of_name if dependant and o[1] == dependant]
        counted = own or [o for o in of_name if not o[1]]
        return [r for r, _, holds in counted if holds] if counted else None

    def wishes(self):
        """(need, kind) of all that may admit something."""
        for need in self.requirements + self.constraints:
            yield need, "requirement"
        for requirement, _, holds in self.overrides:
            if holds:
                yield Need(requirement, None), "requirement"
        for need in self.locked:
            yield need, "lock"
        for need in self.favored:
            yield need, "favor"


class Admission:
    """Who is a candidate (docs/pypi.md)."""

    def __init__(self, world, request, reader):
        self.world, self.policies = world, world["request"]
        self.request, self.reader = request, reader
        self.tags = {t: rank for rank, t in reversed(list(enumerate(
            self.policies.get("tags", []))))}
        self.names_prerelease, self.pins = set(), {}
        for need, kind in request.wishes():
            if kind != "favor" and need.specifier.prereleases:
                self.names_prerelease.add(need.name)
            if kind != "requirement" or is_pin(need.specifier):
                self.pins.setdefault(need.name, []).append(need.specifier)

    def named(self, key, name):
        return name in [canonicalize_name(n) for n in self.policies.get(key, [])]

    def file_rank(self, name, file, pinned):
        """What files are sorted by, or None if it is out."""
        policies = self.policies
        only, no = self.named("only_binary_names", name), self.named("no_binary_names", name)
        only_binary = only or (policies.get("only_binary", False) and not no)
        no_binary = no or (policies.get("no_binary", False) and not only)
        if file["name"].endswith(".whl"):
            try:
                _, _, build, tags = parse_wheel_filename(file["name"])
            except InvalidWheelFilename:
                return None
            ranks = [self.tags[str(t)] for t in tags if str(t) in self.tags]
            if no_binary or (self.tags and not ranks):
                return None
            higher_first = [-ord(c) for c in build[1]] + [1] if build else []
            rank = (0, min(ranks, default=0), (-build[0], higher_first) if build else (1, []))
        elif file["name"].endswith(SDISTS):
            if only_binary:
                return None
            rank = (1, 0 if file["name"].endswith(".tar.gz") else 1)
        else:
            return None
        before = policies.get("exclude_newer_of", {}).get(name, policies.get("exclude_newer"))
        if before:
            uploaded = file.get("uploaded")
            if not (uploaded < before if uploaded else policies.get("admit_unknown", False)):
                return None
        if self.hashes_of(name) is not None and (
                "sha256:" + file.get("sha256", "") not in self.hashes_of(name)):
            return None
        bounds = policies.get("python_bounds", "honour")
        if not self.reader.python_allows(file.get("requiresPython"), bounds):
            return None
        return None if file.get("yanked") and not pinned else (rank, file["name"])

    def hashes_of(self, name):
        of_name = self.policies.get("allowed_hashes", {}).get(name)
        if of_name is None and self.policies.get("require_hashes", False):
            return []
        return of_name

    def has_usable_file(self, name, candidate):
        """Also finds the metadata of the best one."""
        files = candidate.record.get("files", [])
        if not files:
            before = self.policies.get("exclude_newer_of", {}).get(
                name, self.policies.get("exclude_newer"))
            timed_out = before and not self.policies.get("admit_unknown", False)
            return not timed_out and self.hashes_of(name) is None
        pinned = any(p.contains(candidate.text, prereleases=True) for p in self.pins.get(name, []))
        ranked = [(self.file_rank(name, f, pinned), f) for f in files]
        ranked = sorted((r for r in ranked if r[0]), key=lambda r: r[0])
        if not ranked:
            return False
        best = ranked[0][1]
        candidate.has_wheel = best["name"].endswith(".whl")
        if "metadata" in best:
            candidate.metadata = candidate.package["metadata"][best["metadata"]]
        return True

    def is_readable(self, name, candidate):
        """Whether its metadata lets it be a candidate; also reads what it needs."""
        metadata = candidate.metadata
        if metadata is None:
            return True
        bounds = self.policies.get("python_bounds", "honour")
        if not self.reader.python_allows(metadata.get("requiresPython"), bounds):
            return False
        if self.policies.get("no_deps", False):
            return True
        try:
            for text in metadata.get("requires", []):
                self.read_need(name, candidate, self.reader.requirement(text))
        except Unreadable:
            return False
        return not any(n.url and n.when is None and n.url not in self.request.urls.get(n.name, ())
                       for n in candidate.needs)

    def read_need(self, name, candidate, parsed):
        reader = self.reader
        extras = self.world["extras"]
        always = reader.holds(parsed.marker)
        under = {e for e in extras if reader.holds(parsed.marker, e)}
        replaced = self.request.replaced(canonicalize_name(parsed.name), name)
        if replaced is not None:
            always = reader.holds_wherever(parsed.marker, "")
            under = {e for e in extras if reader.holds_wherever(parsed.marker, e)}
        when = None if always else frozenset(under)
        if always or under:
            candidate.needs += [Need(r, when) for r in (
                [parsed] if replaced is None else replaced)]

    def sources_of(self, name):
        found = [(i, p) for i, source in enumerate(self.world["sources"])
                 for p in source["packages"] if p["name"] == name]
        first_index = self.policies.get("index_policy", "first-index") == "first-index"
        return found[:1] if first_index else found

    def direct(self, name):
        """What stands at the URLs that the request asks for."""
        found = []
        for url in sorted(self.request.urls[name]):
            metadata = self.policies["direct"][url]
            one = Candidate(metadata["version"], 0, {"metadata": 0}, {"metadata": [metadata]}, url)
            if all(one.version != f.version for f in found) and self.is_readable(name, one):
                found.append(one)
        return sorted(found, key=lambda c: c.version)

    def of(self, name):
        """The candidates of a name, oldest first."""
        if name in self.request.urls:
            return self.direct(name)
        entries = []
        for source, package in self.sources_of(name):
            seen = set()
            for record in package["versions"]:
                try:
                    version = Version(record["version"])
                except InvalidVersion:
                    continue
                if version not in seen:
                    seen.add(version)
                    entries.append(Candidate(record["version"], source, record, package))
        admitted = []
        for one in sorted(entries, key=lambda c: (c.version, c.source)):
            if admitted and admitted[-1].version == one.version:
                continue
            if self.has_usable_file(name, one) and self.is_readable(name, one):
                admitted.append(one)
        return self.without_prereleases(name, admitted)

    def prereleases_of(self, name):
        return self.policies.get("prereleases_of", {}).get(
            name, self.policies.get("prereleases", "if-necessary-or-explicit"))

    def without_prereleases(self, name, admitted):
        policy = self.prereleases_of(name)
        finals = [c for c in admitted if not c.version.is_prerelease]
        if policy in ("allow", "pep440"):
            return admitted
        if "explicit" in policy and name in self.names_prerelease:
            return admitted
        return admitted if "if-necessary" in policy and not finals else finals


class Oracle:
    def __init__(self, world):
        self.reader = Reader(world["request"]["environment"], world.get("meanings", {}))
        self.policies = world["request"]
        self.request = Request(world["request"], self.reader)
        self.admission = Admission(world, self.request, self.reader)
        self.packages, self.member_cache = {}, {}
        self.requested = sorted({n.name for n in self.request.requirements})

    def candidates(self, name):
        if name not in self.packages:
            self.packages[name] = self.admission.of(name)
        return self.packages[name]

    def members(self, need, limit=False):
        """The candidates of its name that a requirement admits, as a set of positions."""
        key = (need.name, str(need.specifier), limit)
        if need.url:
            return frozenset(i for i, c in enumerate(self.candidates(need.name))
                             if c.url == need.url)
        if key not in self.member_cache:
            texts = [c.text for c in self.candidates(need.name)]
            filters = not limit and need.name not in self.request.urls
            if filters and self.admission.prereleases_of(need.name) == "pep440":
                kept = set(need.specifier.filter(texts))
            else:
                kept = {t for t in texts if need.specifier.contains(t, prereleases=True)}
            self.member_cache[key] = frozenset(i for i, t in enumerate(texts) if t in kept)
        return self.member_cache[key]

    # ---- valid sets

    def may_be_chosen(self, name):
        """Positions that constraints, locks and exclusions leave, of candidates that are known."""
        key = ("chosen", name)
        if key not in self.member_cache:
            left = {i for i, c in enumerate(self.candidates(name)) if c.metadata is not None}
            for need in self.request.constraints + self.request.locked:
                if need.name == name:
                    left &= self.members(need, limit=True)
            for need in self.request.excluded:
                if need.name == name:
                    left -= self.members(need, limit=True)
            self.member_cache[key] = left
        return self.member_cache[key]

    def active_needs(self, pins, extras):
        yield from self.request.requirements
        for name, position in pins.items():
            for need in self.candidates(name)[position].needs:
                if need.when is None or any((name, e) in extras for e in need.when):
                    yield need

    def has_valid_set(self, pins, extras):
        """Whether some valid set contains these."""
        if any(p not in self.may_be_chosen(n) for n, p in pins.items()):
            return False
        grows = True
        while grows:
            grows = False
            for need in list(self.active_needs(pins, extras)):
                for extra in need.extras:
                    if (need.name, extra) not in extras:
                        extras, grows = extras | {(need.name, extra)}, True
        for need in self.active_needs(pins, extras):
            if need.name in pins:
                if pins[need.name] not in self.members(need):
                    return False
                continue
            return any(self.has_valid_set({**pins, need.name: p}, extras)
                       for p in self.members(need) & self.may_be_chosen(need.name))
        return True

    # ---- the walk

    def preference(self, name):
        count = len(self.candidates(name))
        resolution = self.policies.get("resolution", "highest")
        lowest = resolution == "lowest" or (
            resolution == "lowest-direct" and name in self.requested)
        order = list(range(count)) if lowest else list(range(count))[::-1]
        if self.policies.get("prefer_binary", False):
            order.sort(key=lambda p: not self.candidates(name)[p].has_wheel)
        return order

    def options(self, need):
        favored = set()
        for one in self.request.favored:
            if one.name == need.name:
                favored |= self.members(one, limit=True)
        order = [p for p in self.preference(need.name) if p in self.members(need)]
        return [p for p in order if p in favored] + [p for p in order if p not in favored]

    def order(self):
        """The requested names in the order of decision."""
        how = self.policies.get("order", "requirer-first")
        if how == "name":
            return self.requested
        if how == "as-given":
            first = {}
            for need in self.request.requirements:
                first[need.name] = min(need.given, first.get(need.name, need.given))
            return sorted(self.requested, key=lambda n: (first[n], n))
        edges = {name: self.requires(name) for name in self.requested}
        reach = {name: {name} for name in self.requested}
        for _ in self.requested:
            for name in self.requested:
                reach[name] = reach[name].union(*(reach[q] for q in edges[name]))
        component = {n: frozenset(m for m in reach[n] if n in reach[m]) for n in self.requested}
        left, order = set(component.values()), []
        while left:
            free = [c for c in left if not any(
                reach[p] & c for other in left if other != c for p in other)]
            taken = min(free, key=min)
            order += sorted(taken)
            left.remove(taken)
        return order

    def requires(self, name):
        """Requested names that the best candidate requires."""
        if not self.candidates(name):
            return set()
        asked = {e for n in self.request.requirements if n.name == name for e in n.extras}
        best = self.candidates(name)[self.preference(name)[0]]
        return {n.name for n in best.needs if n.name in self.requested and (
            n.when is None or n.when & asked)}

    def answer(self):
        order = self.order()
        if not self.has_valid_set({}, frozenset()):
            return {"status": "unsat", "pins": {}, "extras": {}, "order": order}
        pins, extras = Walk(self, order).run()
        active = {}
        for name, extra in sorted(extras):
            active.setdefault(name, []).append(extra)
        return {"status": "sat", "order": order, "extras": active,
                "pins": {n: self.candidates(n)[p].text for n, p in pins.items()}}

    def is_solution(self, texts):
        """Whether these pins {name: version} are a valid set with nothing unneeded in it."""
        pins = {}
        for name, text in texts.items():
            found = [i for i in self.may_be_chosen(name)
                     if self.candidates(name)[i].version == Version(text)]
            if not found:
                return False
            pins[name] = found[0]
        needed, extras = set(), frozenset()
        while True:
            reached = {n: p for n, p in pins.items() if n in needed}
            active = list(self.active_needs(reached, extras))
            if any(n.name not in pins or pins[n.name] not in self.members(n) for n in active):
                return False
            names = {n.name for n in active}
            more = frozenset((n.name, e) for n in active for e in n.extras)
            if names == needed and more == extras:
                return needed == set(pins)
            needed, extras = names, more


class Walk:
    """D and what is open, step by step as docs/solver.md defines the answer."""

    def __init__(self, oracle, order):
        self.oracle = oracle
        self.pins, self.extras = {}, {}  # D: name -> position; (name, extra) -> None, in order
        self.depth = {}
        self.open = []  # (depth, priority, name in bytes, number, need or extra)
        self.asked = 0
        self.waiting = []  # (name of the bringer, need)
        for need in oracle.request.requirements:
            self.ask(need, 0, order.index(need.name))

    def ask(self, need, depth, priority=0):
        self.push(depth, priority, need.name, need)
        for extra in need.extras:
            self.push(depth, priority, f"{need.name}[{extra}]", (need.name, extra))

    def push(self, depth, priority, name, what):
        # Two of one depth and package differ in text alone: each leaves the same options, so which
        # is first does not show.
        self.open.append((depth, priority, name, self.asked, what))
        self.asked += 1

    def run(self):
        while self.open:
            entry = min(self.open, key=lambda e: e[:4])
            self.open.remove(entry)
            if isinstance(entry[4], tuple):
                self.take_extra(entry[4], entry[0])
            else:
                self.take(entry[4], entry[0])
        return self.pins, frozenset(self.extras)

    def take_extra(self, extra, depth):
        if extra in self.extras:
            return
        self.extras[extra] = None
        self.depth[extra] = depth
        for entry in list(self.waiting):
            name, need = entry
            if name == extra[0] and extra[1] in need.when:
                self.waiting.remove(entry)
                self.ask(need, 1 + max(depth, self.depth[name]))

    def take(self, need, depth):
        name = need.name
        if name in self.pins:
            return
        for position in self.oracle.options(need):
            if self.oracle.has_valid_set({**self.pins, name: position}, frozenset(self.extras)):
                break
        self.pins[name], self.depth[name] = position, depth
        for one in self.oracle.candidates(name)[position].needs:
            if one.when is None:
                self.ask(one, 1 + depth)
                continue
            made_true = next((e for e in self.extras if e[0] == name and e[1] in one.when), None)
            if made_true is None:
                self.waiting.append((name, one))
            else:
                self.ask(one, 1 + max(depth, self.depth[made_true]))
