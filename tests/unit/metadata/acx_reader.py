"""Reads a compiled corpus, by docs/corpus-format.md alone, and prints it as accord-corpus/1 lines.

    python3 acx_reader.py FILE.acx         without headers, the parts one after the other
    python3 acx_reader.py ACCORD CORPUS... the test: what `accord corpus build CORPUS` writes is
                                           read as CORPUS says (modulo order); PyPI's or, of a
                                           folder, conda's

Needs libzstd (ctypes). It believes the checksums: finding damage is the other reader's task.
"""

import ctypes
import ctypes.util
import datetime
import json
import pathlib
import struct
import subprocess
import sys
import tempfile


class Bytes:
    """What is left of some bytes."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        assert self.at + count <= len(self.data), "it ends too early"
        self.at += count
        return self.data[self.at - count:self.at]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def column(self, count):
        if count == 0:
            return []
        width = self.take(1)[0]
        return list(struct.unpack(f"<{count}{ {1: 'B', 2: 'H', 4: 'I'}[width] }",
                                  self.take(count * width)))

    def bitmap(self, count):
        data = self.take((count + 7) // 8)
        return [bool(data[i // 8] >> i % 8 & 1) for i in range(count)]

    def texts(self):
        return [self.take(n).decode() for n in self.column(self.varint())]

    def lists(self):
        lengths = self.column(self.varint())
        numbers = iter(self.column(self.varint()))
        return [[next(numbers) for _ in range(n)] for n in lengths]


class Zstd:
    def __init__(self):
        self.lib = ctypes.CDLL(ctypes.util.find_library("zstd"))
        self.lib.ZSTD_createDCtx.restype = ctypes.c_void_p
        self.lib.ZSTD_decompress_usingDict.restype = ctypes.c_size_t
        self.lib.ZSTD_getFrameContentSize.restype = ctypes.c_ulonglong
        self.context = ctypes.c_void_p(self.lib.ZSTD_createDCtx())

    def decompress(self, data, dictionary):
        size = self.lib.ZSTD_getFrameContentSize(data, ctypes.c_size_t(len(data)))
        out = ctypes.create_string_buffer(max(size, 1))
        got = self.lib.ZSTD_decompress_usingDict(
            self.context, out, ctypes.c_size_t(size), data, ctypes.c_size_t(len(data)),
            dictionary, ctypes.c_size_t(len(dictionary)))
        assert got == size, "a block has another size"
        return out.raw[:size]


def entries_of(level, count):
    """(where it stands, bytes there) of each page of a list, or of each block of a page."""
    return [struct.unpack_from("<QI", level, 20 * i) for i in range(count)]


def table_of(file, directory, zstd):
    """{name: content} of the table whose place the directory says next."""
    index_at, index_bytes = directory.varint(), directory.varint()
    directory.take(8)
    blocks, dictionary_at, dictionary_bytes = (directory.varint() for _ in range(3))
    directory.take(8)
    dictionary = file[dictionary_at:dictionary_at + dictionary_bytes]
    pages = entries_of(file[index_at:index_at + index_bytes], (blocks + 63) // 64)
    contents, last = {}, b""
    entries = [entry for i, (at, size) in enumerate(pages)
               for entry in entries_of(file[at:at + size], min(64, blocks - 64 * i))]
    for at, size in entries:
        data = Bytes(zstd.decompress(file[at:at + size], dictionary))
        heads = [(data.take(data.varint()), data.varint()) for _ in range(data.varint())]
        for name, size in heads:
            assert name > last, "names ascend"
            contents[name.decode()], last = data.take(size), name
    return contents


def parts_of(file):
    """[(header, {table: {name: content}})] of a whole file."""
    magic, version, directory_bytes, at, size, _ = struct.unpack_from("<8sIIQQQ", file)
    assert (magic, version, size) == (b"\x89ACX\r\n\x1a\n", 2, len(file))
    directory, zstd, parts = Bytes(file[at:at + directory_bytes]), Zstd(), []
    for _ in range(directory.varint()):
        text = lambda: directory.take(directory.varint()).decode()
        header = {"ecosystem": text(), "complete": directory.varint() == 1, "source": text(),
                  "recorded": text(), "packages": directory.varint(),
                  "versions": directory.varint()}
        parts.append((header, {kind: table_of(file, directory, zstd)
                               for kind in ("facts", "files", "hashes")}))
    return parts


def hash_of(hashes, kind, size, texts):
    if kind == 0:
        return ""
    return hashes.take(size).hex() if kind == 1 else texts[kind - 2]


def files_of(names, hashes, versions):
    counts = names.column(versions)
    heads, tails, languages, times, reasons = (names.texts() for _ in range(5))
    columns = [names.column(sum(counts)) for _ in range(6)]
    sizes = [names.varint() for _ in range(sum(counts))]
    hash_texts, urls = hashes.texts(), hashes.texts()
    kinds, addresses = hashes.column(sum(counts)), hashes.column(sum(counts))
    sha256 = [hash_of(hashes, kind, 32, hash_texts) for kind in kinds]
    md5, ms = [""] * sum(counts), [0] * sum(counts)
    if hashes.at < len(hashes.data):
        hash_texts = hashes.texts()
        md5 = [hash_of(hashes, kind, 16, hash_texts) for kind in hashes.column(sum(counts))]
    if names.at < len(names.data):
        ms = names.column(sum(counts))
    files = []
    for i, (head, tail, language, time, yanked, metadata) in enumerate(zip(*columns)):
        file = {"name": heads[head] + tails[tail], "url": urls[addresses[i]],
                "requiresPython": languages[language]}
        if metadata:
            file["metadata"] = metadata - 1
        if sizes[i]:
            file["size"] = sizes[i] - 1
        if time > 0xF0000000:
            file["uploaded"] = times[0xFFFFFFFF - time]
        elif time:
            day = datetime.datetime.fromtimestamp(time - 1, datetime.timezone.utc)
            fraction = f".{ms[i]:03}" if ms[i] else ""
            file["uploaded"] = day.strftime(f"%Y-%m-%dT%H:%M:%S{fraction}Z")
        if yanked:
            file["yanked"] = True if yanked == 1 else reasons[yanked - 2]
        file |= {"sha256": sha256[i], "md5": md5[i]}
        files.append({key: value for key, value in file.items() if value != ""})
    assert names.at == len(names.data) and hashes.at == len(hashes.data)
    return [[files.pop(0) for _ in range(count)] for count in counts]


def record_of(name, tables):
    facts = Bytes(tables["facts"][name])
    ordered, versions = facts.varint(), facts.texts()
    facts.bitmap(ordered)
    runs = facts.varint()
    lengths, numbers = facts.column(runs), facts.column(runs)
    needs = [number for length, number in zip(lengths, numbers) for _ in range(length)]
    unknown, languages, extras, names, middles, markers = (facts.texts() for _ in range(6))
    count = facts.varint()
    pieces = zip(*(facts.column(count) for _ in range(3)))
    requirements = [names[a] + middles[b] + markers[c] for a, b, c in pieces]
    facts.bitmap(count)
    lists = facts.lists()
    facts.bitmap(len(lists))
    extra_lists = facts.lists()
    count = facts.varint()
    metadata = [{"requires": [requirements[r] for r in lists[needed]],
                 "requiresPython": languages[language],
                 "extras": [extras[e] for e in extra_lists[listed]]}
                for language, listed, needed in zip(*(facts.column(count) for _ in range(3)))]
    files = [[] for _ in versions]
    if facts.varint():
        files = files_of(Bytes(tables["files"][name]), Bytes(tables["hashes"][name]), len(versions))
    attributes = [{} for _ in versions]
    for _ in range(facts.varint() if facts.at < len(facts.data) else 0):
        key, said = facts.take(facts.varint()).decode(), facts.texts()
        for own, number in zip(attributes, facts.column(len(versions))):
            own |= {key: said[number - 1]} if number else {}
    assert facts.at == len(facts.data)
    rows = []
    for version, need, said, own in zip(versions, needs, attributes, files):
        row = {"version": version, "metadata": need if need < len(metadata) else None}
        if row["metadata"] is None:
            row["unknown"] = unknown[need - len(metadata)]
        rows.append(row | ({"attributes": said} if said else {}) | ({"files": own} if own else {}))
    return {"name": name, "metadata": metadata, "versions": rows}


def records_of(path):
    for _, tables in parts_of(pathlib.Path(path).read_bytes()):
        for name in tables["facts"]:
            yield record_of(name, tables)


def in_one_order(record):
    """Without what compiling may change, and without what means the same as nothing."""
    for metadata in record["metadata"]:
        metadata["requires"] = sorted(set(metadata.get("requires", [])))
        metadata.setdefault("extras", [])
        metadata.setdefault("requiresPython", "")
    record["versions"].sort(
        key=lambda row: (row["version"], sorted(row.get("attributes", {}).items())))
    return record


def test(accord, corpus):
    with tempfile.TemporaryDirectory() as folder:
        path, ecosystem = pathlib.Path(folder) / "it.acx", "pypi"
        if pathlib.Path(corpus).is_dir():
            channel, corpus, ecosystem = corpus, pathlib.Path(folder) / "it.jsonl.zst", "conda"
            subprocess.run([accord, "corpus", "export", channel, "-o", corpus], check=True)
        text = subprocess.run(["zstd", "-dc", corpus], capture_output=True, check=True).stdout
        wanted = [json.loads(line) for line in text.decode().splitlines()[1:]]
        subprocess.run([accord, "corpus", "build", "--ecosystem", ecosystem, corpus, "-o", path],
                       check=True)
        found = list(records_of(path))
    assert len(found) == len(wanted) > 0, (len(found), len(wanted))
    for ours, theirs in zip(found, wanted):
        assert in_one_order(ours) == in_one_order(theirs), ours["name"]
    print(f"{len(found)} packages are read as they were written")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        for each in records_of(sys.argv[1]):
            print(json.dumps(each, ensure_ascii=False))
    else:
        for each in sys.argv[2:]:
            test(sys.argv[1], each)
