"""What a request wants of an environment that is there, and what its answer does to it: the section
of that name of docs/ecosystems/conda.md, and the headers transaction.h and link_order.h of
resolver/engine, in the plainest words.

    Wishes(request)                   what is requested, soft, favoured, locked and removed
    faults(oracle, found)             where it is not the one of the oracle's answer; empty: it is

An environment is request["installed"]: {"records", "history": [revision]}. A revision has some of
"update", "remove" and "neutered": specifiers; a record may say whose wish it was: "requested".
"""

from specs import holds, matches, version_key

PYTHON = "python"


def asked_for(installed):
    """{name: specifier} of what somebody asked for and is there."""
    said = {}
    for revision in installed.get("history", []):
        for spec in revision.get("remove", []):
            said.pop(spec["name"], None)
        for spec in (*revision.get("update", []), *revision.get("neutered", [])):
            said[spec["name"]] = spec
    if not said:
        said = {r["name"]: r["requested"] for r in installed["records"] if "requested" in r}
    there = {r["name"] for r in installed["records"]}
    return {name: spec for name, spec in said.items() if name in there}


class Wishes:
    """Without an environment there are none. ValueError: no request asks so."""

    def __init__(self, request):
        installed = request.get("installed", {"records": []})
        change = request.get("change", {}) if "installed" in request else {}
        self.records = {r["name"]: r for r in installed["records"]}
        there, asked = sorted(self.records), asked_for(installed)
        self.has_asked = bool(asked)
        self.extras = frozenset((name, extra) for name, spec in asked.items()
                                if "when" not in spec for extra in spec.get("extras", []))
        update_all, frozen = change.get("update_all", False), change.get("freeze", False)
        updated = self.updated = [name.lower() for name in change.get("update", [])]
        self.removed = {name.lower() for name in change.get("remove", [])}
        given = {s["name"] for s in request["specs"]}
        updates = update_all or updated
        if (not self.removed.union(updated) <= self.records.keys() or (frozen and updates)
                or (self.removed and (given or updates)) or (change.get("prune") and not asked)):
            raise ValueError("what means nothing is refused")
        self.first = given.union(updated)  # decided before what was asked for earlier

        self.specs = [{"name": name} for name in sorted(updated)]
        if not self.removed:
            self.specs += [spec for name, spec in sorted(asked.items()) if name not in given]
        if frozen or (update_all and not asked):
            self.specs += [{"name": name} for name in there if name not in self.removed]
        # What is asked for under conditions alone is kept all the same.
        requested = {s["name"] for s in (*request["specs"], *self.specs) if "when" not in s}

        soft = there
        if change.get("prune", False):
            soft = sorted(asked) if self.removed else []
        if update_all:
            soft = []
        self.soft = [n for n in soft if n not in requested | self.removed]
        self.favored = {n for n in there if not update_all and n not in updated}
        self.locked = set(there) if frozen or self.removed else set()


# ---- the transaction

def place_of(record):
    return record and {key: record[key] for key in ("version", "build", "channel", "subdir")}


def kind_of(before, after):
    if before is None or after is None:
        return "install" if before is None else "remove"
    order = version_key(before["version"]), version_key(after["version"])
    return "upgrade" if order[0] < order[1] else "downgrade" if order[1] < order[0] else "change"


def faults(oracle, found):
    """`oracle` has answered, `found` is that answer, as wire writes it."""
    was, now = oracle.records.installed(), oracle.answered()
    changed = {n for n in was.keys() | now.keys() if was.get(n) is not now.get(n)}
    wanted = {n: {"action": kind_of(was.get(n), now.get(n)), "from": place_of(was.get(n)),
                  "to": place_of(now.get(n))} for n in changed}
    steps = {s["package"]: {key: s.get(key) for key in ("action", "from", "to")}
             for s in found["transaction"]}
    unlinked, linked = found["unlinkOrder"], found["linkOrder"]
    if steps != wanted or len(steps) != len(found["transaction"]):
        return f"steps: {wanted}"
    if sorted(unlinked) != sorted(changed & was.keys()):
        return "unlinked: not what goes or changes"
    if sorted(linked) != sorted(changed & now.keys()):
        return "linked: not what comes"
    if list(steps) != [n for n in unlinked if n not in now] + linked:
        return "steps: not as they are carried out"
    wrong = order_fault(was, graph(oracle, was, oracle.wishes.extras), unlinked[::-1])
    wrong = wrong or order_fault(now, graph(oracle, now, oracle.extras), linked)
    if wrong:
        return wrong
    untrue = [s for s in found["transaction"]
              if not is_true(Reason(oracle, s["package"]), s["reason"])]
    return f"untrue reasons: {untrue}" if untrue else ""


def graph(oracle, environment, extras):
    """{name: names that must be linked before it}; what is Python code waits for Python. `extras`
    are those that somebody asks for, {(name, extra)}; others follow from needs."""
    environment = {n: r if oracle.records.is_readable(r) else {**r, "depends": [], "extras": {}}
                   for n, r in environment.items()}  # what cannot be read orders nothing
    everything = {**oracle.records.virtual, **environment}
    extras = oracle.with_asked_extras(everything, extras, specs=[])
    needs = {}
    for name, record in environment.items():
        wanted = {s["name"] for extra, s in oracle.needs(record)
                  if (extra is None or (name, extra) in extras)
                  and holds(s.get("when"), everything.get)}
        needs[name] = wanted & environment.keys() - {name}
    for name, record in environment.items():
        if record.get("noarch") == "python" and PYTHON in environment and name != PYTHON:
            needs[name].add(PYTHON)
            needs[PYTHON].discard(name)
    return needs


def reached(needs, name):
    found, ahead = set(), [name]
    while ahead:
        for need in needs[ahead.pop()] - found:
            found.add(need)
            ahead.append(need)
    return found


def order_fault(environment, needs, order):
    """`order` has some of the names. What is needed comes first, but in a cycle."""
    reach = {name: reached(needs, name) for name in needs}
    for later, name in enumerate(order):
        for need in needs[name] & set(order[later:]):
            if name not in reach[need]:
                return f"order: {name} needs {need}"
    if PYTHON in environment and any(name in reach[name] for name in needs) and any(
            r.get("noarch") == "python" for r in environment.values()):
        return ""  # how Python code waits in a cycle is no rule that can be told in few words
    expected = [n for n in in_order_of_names(needs) if n in order]
    return "" if order == expected else f"order: expected {expected}"


def in_order_of_names(needs):
    """A walk that takes what a package needs before itself; whom it met first in a cycle is last.
    """
    met, order = set(), []

    def take(name):
        if name not in met:
            met.add(name)
            for need in sorted(needs[name]):
                take(need)
            order.append(name)
    for name in sorted(needs):
        take(name)
    return order


# ---- reasons

class Reason:
    """What may be said of why the record of a name went, came or changed. Of what went or changed:
    what would be amiss if it were put back."""

    def __init__(self, oracle, name):
        self.oracle, self.name, self.now = oracle, name, oracle.environment
        self.was = oracle.records.installed().get(name)
        self.environment, self.extras = self.now, oracle.extras
        if self.was:
            self.environment = {**self.now, name: self.was}
            self.extras = oracle.with_asked_extras(self.environment, oracle.extras)

    def counts(self, spec):
        return holds(spec.get("when"), self.environment.get)

    def concerns(self, spec):
        """Of what came, whether it asks for that; of what went, whether it asks for another."""
        return spec["name"] == self.name and self.counts(spec) and (
            self.was is None or not matches(spec, self.was))

    def fails(self, spec, name, is_need):
        """Whether it is about the name, and what would be there of it is not what it says."""
        there = self.environment.get(name)
        return spec["name"] == name and self.counts(spec) and (
            is_need if there is None else not matches(spec, there))

    def needs_of(self, record):
        return [s for extra, s in self.oracle.needs(record)
                if extra is None or (record["name"], extra) in self.extras]

    def limits_of(self, record):
        return [] if self.oracle.no_deps else record.get("constrains", [])

    def said_by(self, words):
        """The specifiers that these words are one of, and whether they are needs."""
        who = words[0]
        if who == "you":
            is_need = words[1:3] == ["ask", "for"]
            key = {"allow": "constraints", "lock": "locked"}.get(words[1])
            return (self.oracle.specs if is_need else self.oracle.request.get(key, [])), is_need
        is_need = "allows" not in words
        record = self.was if who == "it" else self.environment.get(who, {})
        if who == self.name or "place" not in record:
            return [], is_need
        return (self.needs_of if is_need else self.limits_of)(record), is_need

    def is_excluded(self):
        return any(s["name"] == self.name and matches(s, self.was)
                   for s in self.oracle.request.get("excluded", []))

    def is_better(self):
        better = self.oracle.better_first(self.name)
        return self.name in self.now and better.index(self.now[self.name]) < better.index(self.was)

    def is_unneeded(self):
        return self.name not in self.now and self.name not in self.oracle.wishes.soft


def is_true(reason, text):
    """Whether what a step says is so; of its specifiers the names count."""
    simple = {"you remove it": lambda: reason.name in reason.oracle.wishes.removed,
              "you exclude it": reason.is_excluded,
              "a better one is there": reason.is_better,
              "nothing needs it": reason.is_unneeded,
              "what it needs is not known":
                  lambda: not reason.oracle.records.is_readable(reason.was)}
    if text in simple:
        return simple[text]()
    cause, _, fate = text.removeprefix("with it ").partition(", and ")
    specs, is_need = reason.said_by(cause.split())
    if not fate:
        return any(map(reason.concerns, specs))
    name = fate.split()[0].partition("[")[0]
    return any(reason.fails(s, name, is_need) for s in specs)
