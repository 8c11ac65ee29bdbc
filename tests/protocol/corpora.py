"""The corpora that transcripts load: those of corpora/ and tests/cli/, and invented ones, compiled.

Other implementations are given the same files; `accord corpus build` makes them.
"""

import hashlib
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PIGEONS = 14
TEXTS = {
    "recorded": ("pypi", ROOT / "corpora" / "pypi-recorded.jsonl.zst"),
    "tiny": ("pypi", ROOT / "tests" / "cli" / "tiny.jsonl"),
    "files": ("pypi", ROOT / "tests" / "cli" / "files.jsonl"),
    "main": ("conda", ROOT / "corpora" / "conda-synthetic" / "main"),
    "lab": ("conda", ROOT / "corpora" / "conda-synthetic" / "lab"),
}


def pigeons():
    """A corpus that takes any search long: each pigeon in a hole of its own, one hole too few."""
    holes = range(PIGEONS - 1)
    yield {"format": "accord-corpus/1", "ecosystem": "pypi", "complete": True}
    for hole in holes:
        yield {"name": f"hole-{hole}", "metadata": [{"requires": []}],
               "versions": [{"version": str(p), "metadata": 0} for p in range(PIGEONS)]}
    for pigeon in range(PIGEONS):
        yield {"name": f"pigeon-{pigeon}",
               "metadata": [{"requires": [f"hole-{hole}=={pigeon}"]} for hole in holes],
               "versions": [{"version": str(hole), "metadata": hole} for hole in holes]}


def build(accord, folder):
    """Compiles all into `folder`: what transcripts may name, by name."""
    folder = pathlib.Path(folder).resolve()
    pigeon_file = folder / "pigeons.jsonl"
    lines = [json.dumps(line, separators=(",", ":")) for line in pigeons()]
    pigeon_file.write_text("\n".join(lines[:1] + sorted(lines[1:])), encoding="utf-8")
    texts = {**TEXTS, "pigeons": ("pypi", pigeon_file)}
    names = {"corpora": str(folder)}
    for name, (ecosystem, text) in texts.items():
        path = folder / f"{name}.acx"
        command = [accord, "corpus", "build", "--ecosystem", ecosystem, text, "-o", path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        names[f"{name}_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    damage(folder / "recorded.acx", folder / "damaged.acx")
    (folder / "no-corpus.acx").write_text("no corpus", encoding="utf-8")
    return names


def damage(whole, hurt):
    """The first three quarters of the bytes behind the head are turned around."""
    content = bytearray(whole.read_bytes())
    for at in range(4096, len(content) * 3 // 4):
        content[at] ^= 0x55
    hurt.write_bytes(content)
