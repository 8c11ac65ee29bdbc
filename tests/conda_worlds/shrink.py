"""Makes a failing world smaller while it still fails: one thing left out at a time, greedily."""

import copy

KEPT = {"name", "version", "specs", "records", "channels", "request"}  # no world without them


def places(value, path=()):
    """(path to a list or object, key) of everything that a world may do without, outer ones first.
    """
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        is_versions = key == "version" and isinstance(inner, list)  # those of a specifier
        if key not in KEPT or is_versions:
            yield path, key
        if isinstance(inner, (dict, list)) and not is_versions:
            yield from places(inner, (*path, key))


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
            except (KeyError, IndexError, TypeError):
                continue  # what was left out before stood above it
            if fails(smaller):
                world, again = smaller, True
    return world
