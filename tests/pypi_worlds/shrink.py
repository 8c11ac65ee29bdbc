"""Makes a failing world smaller while it still fails: one thing left out at a time, greedily."""

import copy
import json


def places(world):
    """(path to a list or object, key) of everything that a world may do without."""
    def below(value, path, keys=None):
        items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for key, _ in items:
            if keys is None or key in keys:
                yield path, key
    request = world["request"]
    optional = [k for k in request if k not in ("environment", "requirements")]
    yield from below(request, ("request",), optional)
    for key, value in request.items():
        if key != "environment" and isinstance(value, (list, dict)):
            yield from below(value, ("request", key))
    for s, source in enumerate(world["sources"]):
        if len(world["sources"]) > 1:
            yield ("sources",), s
        packages = ("sources", s, "packages")
        yield from below(source["packages"], packages)
        for p, package in enumerate(source["packages"]):
            yield from below(package["versions"], (*packages, p, "versions"))
            for v, version in enumerate(package["versions"]):
                path = (*packages, p, "versions", v)
                yield from below(version, path, ("files",))
                yield from below(version.get("files", []), (*path, "files"))
                for f, file in enumerate(version.get("files", [])):
                    yield from below(file, (*path, "files", f),
                                     ("yanked", "requiresPython", "metadata", "uploaded"))
            for m, metadata in enumerate(package["metadata"]):
                path = (*packages, p, "metadata", m)
                yield from below(metadata, path, ("requiresPython", "extras"))
                yield from below(metadata.get("requires", []), (*path, "requires"))


def without(world, place):
    path, key = place
    smaller = copy.deepcopy(world)
    at = smaller
    for step in path:
        at = at[step]
    del at[key]
    return smaller


def shrink(world, fails):
    """The smallest world found for which `fails` still says so."""
    again = True
    while again:
        again = False
        for place in reversed(list(places(world))):
            try:
                smaller = without(world, place)
            except (KeyError, IndexError):
                continue  # what was left out before stood above it
            if fails(smaller):
                world, again = smaller, True
    used = json.dumps([world["sources"], world["request"]])
    world["meanings"] = {t: m for t, m in world["meanings"].items() if json.dumps(t) in used}
    return world
