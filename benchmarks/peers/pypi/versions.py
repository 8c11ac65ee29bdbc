"""Whether two spellings are one version (PEP 440): 1.0 is 1.0.0, 3.2.3-2 is 3.2.3.post2.

Surface: form(). For counting pins that differ, without a package to install; it orders nothing.
"""

import re

PARTS = re.compile(r"""\s* v? (?: (\d+) ! )? (\d+ (?: \.\d+ )*)
    (?: [-_.]? (alpha|a|beta|b|preview|pre|c|rc) [-_.]? (\d*) )?
    (?: - (\d+) | [-_.]? (post|rev|r) [-_.]? (\d*) )?
    (?: [-_.]? (dev) [-_.]? (\d*) )?
    (?: \+ ([a-z0-9._-]+) )? \s*""", re.X)
PRE = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


def form(text: str) -> tuple | str:
    """Equal for spellings of one version; the text itself if it is no version."""
    parts = PARTS.fullmatch(text.lower())
    if not parts:
        return text
    epoch, release, pre, pre_number, dash, post, post_number, dev, dev_number, local = (
        parts.groups())
    numbers = [int(number) for number in release.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return (int(epoch or 0), tuple(numbers), pre and (PRE.get(pre, pre), int(pre_number or 0)),
            int(dash or post_number or 0) if dash or post else None,
            int(dev_number or 0) if dev else None, local and re.sub("[-_]", ".", local))
