"""A loopback index for other resolvers, and how they are run against it; for tools/compare/* and
benchmarks/peers/pypi.

The index is a program that serves a corpus as PyPI's simple API (its sources are given, it is
built with Go). uv and pip are those of a virtual environment that the caller made:
    python3 -m venv PEERS && PEERS/bin/pip install uv pip packaging
"""

import json
import os
import pathlib
import re
import subprocess
import time

TIMEOUT = 240  # seconds a tool has for one request
UNSAT = re.compile(r"no solution found|resolutionimpossible|conflicting dependencies|"
                   r"cannot install|no matching distribution|unsatisfiable|"
                   r"version solving failed|resolution failed|unable to find a resolution|"
                   r"doesn't match any", re.I)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def build_index(sources, work):
    program = work / "index"
    if not program.exists():
        subprocess.run(["go", "build", "-o", program, "."], cwd=sources, check=True)
    return program


class Index:
    """One corpus, served until the end of the `with`."""

    def __init__(self, program, corpus, work):
        self.program, self.corpus, self.port_file = program, corpus, work / "port"

    def __enter__(self):
        self.port_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [self.program, "-corpus", self.corpus, "-addr", "127.0.0.1:0", "-port-file",
             self.port_file], stderr=subprocess.DEVNULL)
        for _ in range(1200):
            if self.port_file.exists() and self.port_file.read_text().strip():
                break
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{self.port_file.read_text().strip()}/simple/"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def clean_environment(work):
    """Nothing of the caller's settings."""
    kept = {k: v for k, v in os.environ.items()
            if not re.match(r"(PIP|UV|PYTHON|VIRTUAL_ENV|.*_proxy$)", k, re.I)}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "NO_COLOR": "1", "HOME": str(work / "home"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(command, work):
    """(exit status or "timeout", all that was printed)"""
    try:
        done = subprocess.run(command, env=clean_environment(work), cwd=work, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return "timeout", ""
    return done.returncode, done.stdout


def outcome(status, text, pins):
    if status == 0:
        word = "sat"
    elif status == "timeout":
        word = f"none in {TIMEOUT} s"
    else:
        word = "unsat" if UNSAT.search(text) else f"failed ({status})"
    return {"status": word, "pins": pins, "text": text[-4000:]}


def uv_command(peers, request, url, cache, out):
    return [peers / "bin/uv", "--no-config", "pip", "compile", request, "--default-index", url,
            "--cache-dir", cache, "--python", peers / "bin/python", "--python-version", "3.11",
            "--only-binary", ":all:", "--no-progress", "--no-annotate", "--no-header", "-q",
            "-o", out]


def pinned(text):
    """{name: version} of lines name==version."""
    return {normal(m[1]): m[2] for m in re.finditer(
        r"(?m)^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text)}


def run_uv(peers, request, url, work):
    out = work / "uv.txt"
    out.unlink(missing_ok=True)
    status, text = run(uv_command(peers, request, url, work / "uv-cache", out), work)
    return outcome(status, text, pinned(out.read_text()) if status == 0 else {})


def pip_command(peers, request, url, out):
    return [peers / "bin/python", "-m", "pip", "install", "--dry-run", "--ignore-installed",
            "--report", out, "-r", request, "--index-url", url, "--no-cache-dir", "--only-binary",
            ":all:", "--no-input", "-q"]


def reported(text):
    """{name: version} of pip's report."""
    return {normal(i["metadata"]["name"]): i["metadata"]["version"]
            for i in json.loads(text)["install"]}


def run_pip(peers, request, url, work):
    out = work / "pip.json"
    out.unlink(missing_ok=True)
    status, text = run(pip_command(peers, request, url, out), work)
    return outcome(status, text, reported(out.read_text()) if status == 0 else {})


TOOLS = {"uv": run_uv, "pip": run_pip}


def tool_version(peers, tool):
    command = {"uv": [peers / "bin/uv", "--version"],
               "pip": [peers / "bin/python", "-m", "pip", "--version"]}[tool]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1]


def python_version(peers):
    return subprocess.run([peers / "bin/python", "-c", "import platform as p; "
                           "print(p.python_version())"], capture_output=True, text=True,
                          check=True).stdout.strip()


def read_requests(folder):
    """The rows of requests.tsv, each with `file`."""
    lines = (folder / "requests.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    rows = [dict(zip(head, line.split("\t"))) for line in lines[1:] if line.strip()]
    return [{**row, "file": (folder / (row["name"] + ".in")).resolve()} for row in rows]


def corpus_of(corpora, row):
    names = {"popular": "pypi-popular-closure.jsonl.zst", "universe": "pypi-universe.jsonl.zst"}
    return pathlib.Path(corpora) / names[row["corpus"]]
