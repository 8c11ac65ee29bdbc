"""Random requests to a channel, the same from the same seed.

Surface: draw(). Names are drawn evenly; six in ten are asked for without a version, the others for
what is at least, at most or begins with a version that one of the name's records has.
"""

import random
from collections.abc import Iterable

NAMES_MAX = 10  # of one request
FORMS = ["{name}"] * 12 + ["{name} >={version}"] * 3 + ["{name} <={version}"] * 3 \
    + ["{name} {version}.*"] * 2


def draw(channel: str, records: Iterable[dict], like: dict, count: int, seed: int) -> list[dict]:
    """`count` requests, of the form of requests.json, with the target of the request `like`."""
    versions: dict[str, set[str]] = {}
    for record in records:
        versions.setdefault(record["name"], set()).add(record["version"])
    names, chosen = sorted(versions), random.Random(f"{channel} {seed}")

    def spec(name: str) -> str:
        version = chosen.choice(sorted(versions[name]))
        return chosen.choice(FORMS).format(name=name, version=version)
    return [{"id": f"{channel}-{seed}-{number}", "channel": channel, "subdirs": like["subdirs"],
             "virtual": like["virtual"],
             "specs": [spec(name) for name in chosen.sample(
                 names, min(len(names), chosen.randint(1, NAMES_MAX)))]}
            for number in range(count)]
