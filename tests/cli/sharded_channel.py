"""Writes a conda channel again with sharded repodata (CEP 16): the twin has the same facts.

Used by tests; by hand: python3 tests/cli/sharded_channel.py CHANNEL TWIN, for a folder CHANNEL with
SUBDIR/repodata.json. MessagePack is written in its smallest forms, `zstd` compresses.
"""

import hashlib
import json
import pathlib
import struct
import subprocess
import sys

HASHES = ("md5", "sha256")


def packed(value):
    """The MessagePack bytes of what JSON has, and of bytes."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return packed_integer(value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return sized(len(value), None, 0, b"\xc4\xc5\xc6") + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return sized(len(text), 0xA0, 32, b"\xd9\xda\xdb") + text
    if isinstance(value, list):
        return sized(len(value), 0x90, 16, b"\0\xdc\xdd") + b"".join(map(packed, value))
    members = b"".join(packed(key) + packed(each) for key, each in value.items())
    return sized(len(value), 0x80, 16, b"\0\xde\xdf") + members


def sized(size, small, small_end, tags):
    """The head of a value with a size: in the tag below small_end, else behind one of the tags."""
    if size < small_end:
        return bytes([small | size])
    if size < 1 << 8 and tags[0]:
        return bytes([tags[0], size])
    if size < 1 << 16:
        return struct.pack(">BH", tags[1], size)
    return struct.pack(">BI", tags[2], size)


def packed_integer(value):
    if -32 <= value < 128:
        return struct.pack(">b", value)
    for tag, form in zip(b"\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3", "BHIQbhiq"):
        try:
            return bytes([tag]) + struct.pack(">" + form, value)
        except struct.error:
            continue
    raise ValueError(f"{value} has more than 64 bits")


def compressed(folder):
    """Puts each file's zstd form into its place, as NAME.zst."""
    subprocess.run(["zstd", "--quiet", "--rm", "-r", folder], check=True)


def with_bytes(record):
    return {key: bytes.fromhex(value) if key in HASHES and value else value
            for key, value in record.items()}


def shards_of(repodata):
    """The shards of a repodata document by the name of the package."""
    shards = {}

    def add(name, *path):
        place = shards.setdefault(name, {})
        for key in path:
            place = place.setdefault(key, {})
        return place

    for key in ("packages", "packages.conda"):
        for file, record in (repodata.get(key) or {}).items():
            add(record["name"].lower(), key)[file] = with_bytes(record)
    for extension, files in (repodata.get("v3") or {}).items():
        for stem, record in files.items():
            add(record["name"].lower(), "v3", extension)[stem] = with_bytes(record)
    for file in repodata.get("removed") or []:
        add(file.rsplit("-", 2)[0].lower()).setdefault("removed", []).append(file)
    return shards


def write_shards(shards, folder):
    """Writes them into an empty folder, named by their hashes. Returns the index's `shards`."""
    folder.mkdir(parents=True)
    for number, shard in enumerate(shards.values()):
        (folder / str(number)).write_bytes(packed(shard))
    compressed(folder)
    hashes = {}
    for number, name in enumerate(shards):
        written = folder / f"{number}.zst"
        digest = hashlib.sha256(written.read_bytes())
        written.rename(folder / f"{digest.hexdigest()}.msgpack.zst")
        hashes[name] = digest.digest()
    return hashes


def write_index(subdir, info, hashes):
    (subdir / "repodata_shards.msgpack").write_bytes(
        packed({"version": 1, "info": info, "shards": hashes}))
    subprocess.run(["zstd", "--quiet", "--rm", "-f", subdir / "repodata_shards.msgpack"],
                   check=True)


def write_twin(channel, twin):
    for document in sorted(pathlib.Path(channel).glob("*/repodata.json")):
        repodata = json.loads(document.read_text(encoding="utf-8"))
        subdir = pathlib.Path(twin, document.parent.name)
        hashes = write_shards(shards_of(repodata), subdir / "shards")
        info = {"base_url": "", "subdir": document.parent.name, **(repodata.get("info") or {}),
                "shards_base_url": "./shards/", "created_at": "2026-01-01T00:00:00Z"}
        write_index(subdir, info, hashes)


if __name__ == "__main__":
    write_twin(*sys.argv[1:])
