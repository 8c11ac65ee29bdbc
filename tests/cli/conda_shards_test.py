"""A conda channel in shards (CEP 16) gives the compiled corpus that its repodata.json gives, byte
by byte. The twins are written here, by sharded_channel.py. ctest calls it with the program's path.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import sharded_channel

HERE = pathlib.Path(__file__).resolve().parent
CHANNELS = [HERE / "channel", *sorted((HERE.parents[1] / "corpora/conda-synthetic").iterdir())]
ACCORD = None


def run(*words):
    done = subprocess.run([ACCORD, *map(str, words)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


class Shards(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def twin_of(self, channel):
        twin = self.folder / channel.name
        sharded_channel.write_twin(channel, twin)
        return twin

    def compiled(self, channel, name):
        out = self.folder / f"{name}.acx"
        done = run("corpus", "build", "--ecosystem", "conda", channel, "-o", out)
        self.assertEqual((done[0], done[2]), (0, ""), channel)
        return out.read_bytes()

    def test_the_compiled_corpus_is_that_of_the_document(self):
        self.assertGreater(len(CHANNELS), 1)
        for channel in CHANNELS:
            with self.subTest(channel.name):
                twin = self.twin_of(channel)
                self.assertFalse(list(twin.rglob("repodata.json")))
                self.assertEqual(self.compiled(twin, "twin"), self.compiled(channel, "channel"))

    def test_a_request_on_the_folder_gives_the_same_answer(self):
        channel = HERE / "channel"
        words = ("resolve", "--ecosystem", "conda", "--subdir", "linux-64", "--json", "tool")
        digests = {json.loads(run(*words, "--corpus", each)[1])["digest"]
                   for each in (channel, self.twin_of(channel))}
        self.assertEqual(len(digests), 1)

    def test_shards_that_are_elsewhere_are_not_fetched(self):
        subdir = self.twin_of(HERE / "channel") / "noarch"
        sharded_channel.write_index(
            subdir, {"shards_base_url": "https://files.example/shards/"}, {})
        index = subdir / "repodata_shards.msgpack.zst"
        status, out, error = run("corpus", "info", index)
        self.assertEqual((status, out), (4, ""))
        self.assertIn(f"{index}: /info/shards_base_url: a folder below the index", error)
        self.assertIn("nothing is fetched", error)

    def test_a_shard_that_is_not_there_is_named(self):
        twin = self.twin_of(HERE / "channel")
        index = twin / "noarch" / "repodata_shards.msgpack.zst"
        for shard in (twin / "noarch" / "shards").iterdir():
            shard.unlink()
        status, _, error = run("corpus", "build", "--ecosystem", "conda", twin,
                               "-o", self.folder / "out.acx")
        self.assertEqual(status, 4)
        self.assertRegex(error, f"{index}: /shards/[a-z]+: {twin}/noarch/shards/[0-9a-f]{{64}}")
        self.assertFalse((self.folder / "out.acx").exists())


if __name__ == "__main__":
    ACCORD = sys.argv.pop(1)
    unittest.main()
