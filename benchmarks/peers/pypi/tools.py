"""How Accord and each rival are asked one request, and what they answered.

Surface: ACCORD, RIVALS, Job, Answer. A tool's command() writes the project file that it wants, if
any, into the job's folder and gives the words to run there; answer() reads what came out. uv and
pip are asked as tools/compare asks them. All get wheels alone, Python 3.11, one index, no
configuration of the user.
"""

import dataclasses
import json
import pathlib
import re
import subprocess
import sys
import tomllib

from programs import ROOT

sys.path.insert(0, str(ROOT / "tools/compare"))
import index_server  # noqa: E402
from measure import TIMED_OUT, Run  # noqa: E402
from versions import form  # noqa: E402

SAID_MAX = 300  # letters of a failure that are told
USER_SETTINGS = re.compile(r"(NAB|PDM|POETRY|ACCORD_CORPUS)", re.I)


@dataclasses.dataclass
class Job:
    """One request to one tool."""
    request: pathlib.Path  # a requirements file
    corpus: pathlib.Path  # for Accord
    index: str  # the URL of the same data, for rivals
    cache: pathlib.Path
    folder: pathlib.Path  # empty; the tool runs in it
    venv: pathlib.Path
    words: list[str]  # its policies
    offline: bool = False

    @property
    def out(self) -> pathlib.Path:
        return self.folder / "answer"

    def requirements(self) -> list[str]:
        lines = (line.split(" #")[0].strip() for line in self.request.read_text().splitlines())
        return [line for line in lines if line and not line.startswith(("#", "-"))]


@dataclasses.dataclass(frozen=True)
class Answer:
    status: str  # sat, unsat, timeout, or failed (N)
    pins: dict[str, str]
    said: str = ""  # the last of it, if it failed


def environment(work: pathlib.Path) -> dict[str, str]:
    """Nothing of the user's settings."""
    clean = index_server.clean_environment(work)
    kept = {key: value for key, value in clean.items() if not USER_SETTINGS.match(key)}
    return {**kept, "PDM_CHECK_UPDATE": "0", "POETRY_NO_INTERACTION": "1",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


class Tool:
    name = ""
    lock = ""  # of venvs.py
    warm = True  # is measured offline, with a cache that an earlier run filled

    def command(self, job: Job) -> list:
        raise NotImplementedError

    def variables(self, job: Job) -> dict[str, str]:
        return {}

    def pins(self, job: Job) -> dict[str, str]:
        return index_server.pinned(job.out.read_text())

    def answer(self, job: Job, run: Run, said: str) -> Answer:
        if run.status == 0:
            return Answer("sat", self.pins(job))
        if run.status == TIMED_OUT:
            return Answer("timeout", {})
        if index_server.UNSAT.search(said):
            return Answer("unsat", {})
        return Answer(f"failed ({run.status})", {}, " ".join(said.split())[-SAID_MAX:])

    def version(self, venv: pathlib.Path) -> str:
        said = subprocess.run([venv / "bin" / self.name, "--version"], check=True, text=True,
                              capture_output=True).stdout
        found = re.search(r"\d[\w.]*", said)
        return found[0] if found else said.strip()


class Accord(Tool):
    """Its `venv` is the program itself."""
    name = "accord"

    def version(self, venv: pathlib.Path) -> str:
        said = subprocess.run([venv, "--version"], check=True, text=True, capture_output=True)
        return said.stdout.split()[-1]

    def command(self, job: Job) -> list:
        return [job.venv, "resolve", "--ecosystem", "pypi", "--corpus", job.corpus,
                "-r", job.request, "--absent", "nonexistent", "--platform", "linux",
                "--format", "requirements", "-o", job.out, *job.words]

    def answer(self, job: Job, run: Run, said: str) -> Answer:
        """By the exit status alone."""
        words = {0: "sat", 1: "unsat", TIMED_OUT: "timeout"}
        status = words.get(run.status, f"failed ({run.status})")
        failed = said if status.startswith("failed") else ""
        return Answer(status, self.pins(job) if run.status == 0 else {},
                      " ".join(failed.split())[-SAID_MAX:])


class Uv(Tool):
    name, lock = "uv", "uv-pip"

    def command(self, job: Job) -> list:
        words = index_server.uv_command(job.venv, job.request, job.index, job.cache, job.out)
        return words + job.words + ["--offline"] * job.offline


class Pip(Tool):
    name, lock, warm = "pip", "uv-pip", False

    def command(self, job: Job) -> list:
        return index_server.pip_command(job.venv, job.request, job.index, job.out) + job.words

    def pins(self, job: Job) -> dict[str, str]:
        return index_server.reported(job.out.read_text())


class Project(Tool):
    """Those that lock a project: pyproject.toml in, a lock file out."""
    python, tables, lock_name = "==3.11.*", "", ""

    def write_project(self, job: Job) -> None:
        wanted = json.dumps(job.requirements(), indent=1)
        (job.folder / "pyproject.toml").write_text(
            f'[project]\nname = "asked"\nversion = "0"\nrequires-python = "{self.python}"\n'
            f"dependencies = {wanted}\n{self.tables.format(index=job.index)}")

    def pins(self, job: Job) -> dict[str, str]:
        packages = tomllib.loads((job.folder / self.lock_name).read_text()).get("package", [])
        return {index_server.normal(one["name"]): one["version"] for one in packages}


class Nab(Project):
    name = lock = "nab"
    tables = ('[[tool.nab.indexes]]\nname = "only"\nurl = "{index}"\n'
              "[tool.nab.index.only]\nuploaded-prior-to = false\n")

    def command(self, job: Job) -> list:
        self.write_project(job)
        return [job.venv / "bin/nab", "lock", "--quiet", "--no-progress", "--cache-dir", job.cache,
                "--format", "requirements-without-hashes", "--output", job.out,
                "--project-build-policy", "never", "--project-dist-policy", "wheel-only",
                *["--offline"] * job.offline, *job.words, "pyproject.toml"]

    def pins(self, job: Job) -> dict[str, str]:
        return Tool.pins(self, job)


class Pdm(Project):
    name = lock = "pdm"
    warm, lock_name = False, "pdm.lock"
    tables = '[[tool.pdm.source]]\nname = "pypi"\nurl = "{index}"\nverify_ssl = true\n'

    def command(self, job: Job) -> list:
        self.write_project(job)
        return [job.venv / "bin/pdm", "lock", "--quiet", "--python", "3.11", "--platform", "linux",
                "--implementation", "cpython", *job.words]

    def variables(self, job: Job) -> dict[str, str]:
        return {"PDM_CACHE_DIR": str(job.cache), "PDM_IGNORE_SAVED_PYTHON": "1",
                "PDM_USE_VENV": "0", "PDM_PYTHON": str(job.venv / "bin/python")}


class Poetry(Project):
    name = lock = "poetry"
    warm, lock_name, python = False, "poetry.lock", ">=3.11,<3.12"
    tables = ("[tool.poetry]\npackage-mode = false\n"
              '[[tool.poetry.source]]\nname = "only"\nurl = "{index}"\npriority = "primary"\n')

    def command(self, job: Job) -> list:
        self.write_project(job)
        return [job.venv / "bin/poetry", "lock", *job.words]

    def variables(self, job: Job) -> dict[str, str]:
        return {"POETRY_CACHE_DIR": str(job.cache), "POETRY_VIRTUALENVS_CREATE": "false",
                "POETRY_KEYRING_ENABLED": "false"}


ACCORD = Accord()
RIVALS: dict[str, Tool] = {tool.name: tool for tool in (Uv(), Nab(), Pip(), Pdm(), Poetry())}


def python_of(venv: pathlib.Path) -> str:
    return index_server.python_version(venv)


def differing(ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """Names whose pins are not the same version."""
    return sorted(name for name in ours.keys() | theirs.keys()
                  if form(ours.get(name, "")) != form(theirs.get(name, "")))
