"""py-rattler on one request of a conda channel, in a process of its own.

Usage: PYTHON rattler_driver.py CHANNEL REQUEST.json, with the Python of an environment that has
py-rattler. REQUEST.json is one of requests.json: specs, subdirs, virtual. repodata.json is mapped
and of it only the records are read that the request can reach ("sparse"): the quickest way that
py-rattler has. One line of JSON comes out, as solv_driver.c says; "load_us" is the index of the
files, since the reading of records is inside the call that solves. Python's start and the import
are in neither.
"""

import asyncio
import json
import os
import pathlib
import sys
import time

import rattler
from rattler.exceptions import SolverError
from rattler.repo_data import SparseRepoData


def cpu_us() -> int:
    return time.process_time_ns() // 1000


def answer(channel: pathlib.Path, request: dict) -> dict:
    started = cpu_us()
    named = rattler.Channel(channel.as_uri())
    data = [SparseRepoData(named, subdir, channel / subdir / "repodata.json")
            for subdir in request["subdirs"]]
    virtual = [rattler.GenericVirtualPackage(rattler.PackageName(name), rattler.Version(version),
                                             rattler.BuildString(build))
               for name, version, build in request["virtual"]]
    loaded = cpu_us()
    try:
        records = asyncio.run(rattler.solve_with_sparse_repodata(
            request["specs"], data, virtual_packages=virtual))
        status, said = "sat", ""
    except SolverError as error:
        records, status, said = [], "unsat", str(error)
    return {"status": status, "load_us": loaded - started, "solve_us": cpu_us() - loaded,
            "records": [f"{record.subdir}/{record.file_name}" for record in records],
            "said": said}


if __name__ == "__main__":
    print(json.dumps(answer(pathlib.Path(sys.argv[1]).absolute(),
                            json.loads(pathlib.Path(sys.argv[2]).read_text()))), flush=True)
    os._exit(0)  # py-rattler's threads at times abort an interpreter that ends in order
