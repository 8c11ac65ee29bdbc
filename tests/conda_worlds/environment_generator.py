"""An installed environment for a generated world, and what is to become of it.

    add_environment(generator, world)

Mostly it is what an earlier request for other things would have made, with some of it replaced, so
that it is whole, or nearly; else any records, most of which lack what they need.
"""

from environments import Wishes
from oracle import Oracle

CHANGES = [None, None, None, "update", "update", "update_all", "remove", "remove", "freeze"]
GONE = "gone"  # a channel that the request has not, and a name that no channel has


def add_environment(gen, world):
    request = world["request"]
    request["installed"] = {"records": installed_records(gen, world), "history": []}
    for _ in range(gen.one([0, 1, 1, 1, 2, 3])):
        request["installed"]["history"].append(revision(gen, world))
    change(gen, world)


def installed_records(gen, world):
    records = {r["name"]: r for r in (earlier_answer(gen, world) if gen.chance(0.7) else [])}
    swaps = gen.one([0, 0, 1, 1, 2]) if records else gen.random.randint(0, len(gen.names))
    for _ in range(swaps):
        record = any_record(gen)
        records[record["name"]] = record
    if records and gen.chance(0.15):
        del records[gen.one(sorted(records))]
    for record in records.values():
        record.pop("place", None)
        if gen.chance(0.1):
            record["packed"] = ".tar.bz2"
        if gen.chance(0.1):
            record["md5"] = gen.one("ab") * 32
        if gen.chance(0.15):
            record["requested"] = gen.matched(record["name"])
    return list(records.values())


def earlier_answer(gen, world):
    """Of a request that says less, or the same: what an environment has that was made before."""
    request = {"specs": [{"name": n} for n in gen.some(gen.names, 2)] or world["request"]["specs"]}
    for key in ("virtual_packages", "channel_priority", "exclude_newer", "subdirs"):
        if key in world["request"] and gen.chance(0.8):
            request[key] = world["request"][key]
    oracle = Oracle({**world, "request": request})
    oracle.answer()
    return [dict(r) for r in oracle.answered().values()]


def any_record(gen):
    """Of a channel, perhaps with other needs than it has there; or one that no channel has."""
    known = [r for r in gen.records if "invalid" not in r]
    if known and gen.chance(0.6):
        record = dict(gen.one(known))
        if gen.chance(0.2):
            record.pop("depends", None)
            gen.add_needs(record, with_invalid=False)
        if gen.chance(0.1):
            record["channel"] = GONE
        return record
    name = GONE if gen.chance(0.3) else gen.one(gen.names)
    record = {**gen.record(name, gen.versions_of.get(name, ["0.1", "1.0"])), "channel": gen.one(
        [GONE, *gen.channels])}
    gen.add_needs(record, with_invalid=False)
    return record


def revision(gen, world):
    names = [*(r["name"] for r in world["request"]["installed"]["records"]), gen.one(gen.names)]
    said = {"update": [gen.spec(gen.one(names), 0.08, 0.15) for _ in range(gen.one([1, 1, 2, 3]))]}
    if gen.chance(0.15):
        said["remove"] = [{"name": gen.one(names)}]
    if gen.chance(0.1):
        said["neutered"] = [{"name": gen.one(names)}]
    return said


def change(gen, world):
    request, kind = world["request"], gen.one(CHANGES)
    there = [r["name"] for r in request["installed"]["records"]]
    wish = request["change"] = {}
    if kind in ("update", "remove") and there:
        wish[kind] = [n.upper() if gen.chance(0.1) else n
                      for n in gen.random.sample(there, gen.one([1, 1, min(2, len(there))]))]
    elif kind in ("update_all", "freeze"):
        wish[kind] = True
    if "remove" in wish:
        request["specs"] = []
        if gen.chance(0.2):
            wish["freeze"] = True
    elif gen.chance(0.3):
        request["specs"] = request["specs"][:gen.one([0, 1])]
    if gen.chance(0.2) and Wishes(request).has_asked:
        wish["prune"] = True
