"""Small PyPI worlds from a seed: facts as texts, a request, and policies; tricky on purpose.

A world is {"sources": [{"complete", "packages": [a line of a corpus, ...]}], "request": {...},
"meanings": {broken text: what it is read as}, "extras": [every extra in it, normal]}. The keys of
the request are those of world_request.cc.
"""

import random

from packaging.specifiers import SpecifierSet
from packaging.version import Version

NAMES = ["a", "a-b", "ab", "b", "c-d", "zz"]
SPELLED = {"a": ["a", "A"], "a-b": ["a-b", "A_b", "a.B", "a--b"], "ab": ["ab", "AB"],
           "b": ["b", "B"], "c-d": ["c.d", "C-_d", "c-d"], "zz": ["zz", "zZ"]}
EXTRAS = ["x", "y-z", "all"]
SPELLED_EXTRAS = {"x": ["x", "X"], "y-z": ["y-z", "Y_z", "y.z"], "all": ["all"]}

COMMON = ["0.9", "1.0", "1.1", "1.2", "1.10", "2.0", "2.1", "3"]
TRICKY = ["1.0.0", "1", "v1.1", "1.0.post1", "1.0-1", "1.0.dev1", "1.0a1", "1.0.A.1", "1.0rc1",
          "1.1.RC1", "2.0b2", "2.0.0.post2.dev3", "2.0-alpha", "1!0.5", "1!0.5rc1", "0!1.2",
          "1.0+local", "1.0+cpu.2", "2.0+CU_121", "2.1.dev0", "3a0", "1.0.post1+x", "01.2.0"]
INVALID = ["not-a-version", "2013-x", "1.0-beta-gamma", "1..2"]

PYTHONS = ["3.8.18", "3.11.7", "3.11.7", "3.11.7", "3.12.0", "3.13.0rc1", "3.11.1+"]
REQUIRES_PYTHON = [">=3.8", ">=3.7", ">=3.8", "<4,>=3.6", ">=3.6", "!=3.9.*,>=3", ">=3.8,<3.12",
                   "<3.12", "~=3.8", "~=3.11.2",
                   "==3.11.*", "!=3.11.*", "!=3.12.*,>=3.7", ">=3.11.5", "<=3.11", ">3.11",
                   "===3.11.7", "==3.11.7", ">=3.13", ">=3.12.0rc1", "<3.9", ">3.8,<3.13"]
BROKEN_PYTHON = {">=3.6.*": ">=3.6", ">=\"3.6\"": ">=3.6", "!=3.11*": "!=3.11.*",
                 ">=3.7,<4,": ">=3.7,<4", ">=3.6 <3.12": ">=3.6,<3.12"}
UNREADABLE_PYTHON = ["three", ">=python"]

MARKERS = ["python_version < '3.12'", "python_version >= \"3.9\"", "sys_platform == 'win32'",
           "sys_platform != 'win32'", "python_full_version < '3.11.5'", "os_name == 'posix'",
           "platform_machine in 'x86_64 amd64'", "python_version in '3.10,3.11'",
           "'linux' in sys_platform", "python_version == '3.11.*'", "python_version ~= '3.8'",
           "implementation_name == 'cpython'", "platform_release >= '5'",
           "platform_python_implementation != 'PyPy'", "python_version not in '2.7, 3.8'",
           "'3.10' <= python_version", "python_full_version > '3.11.7rc1'"]
OPERATORS = (6 * [">="] + 3 * ["!="] + 3 * ["<="] + 2 * ["<", ">"]
             + ["==", "==", "~=", "===", "==*", "!=*", "!=*"])
UNCOMPARABLE = ["os_name === 'posix'", "sys_platform ~= 'linux'"]
BROKEN = {"{} >=1.*": "{} >=1", "{} !=1.0*": "{} !=1.0.*", "{}>=1 <3": "{}>=1,<3",
          "{} <2.0,": "{} <2.0", "{}>='0.9'": "{}>=0.9", "{} !=~1.0": "{} !=1.0.*"}
UNREADABLE = ["b c d", ">=1", "a ==", "a[ >1", "ab @@ 1", "b ; python_version"]

TAGS = ["cp311-cp311-manylinux_2_17_x86_64", "cp311-abi3-manylinux_2_17_x86_64",
        "cp38-abi3-manylinux_2_17_x86_64", "cp311-none-any", "py3-none-any", "py2-none-any"]
FILE_TAGS = ["py3-none-any", "py3-none-any", "py2.py3-none-any", TAGS[0], TAGS[1],
             "cp38.cp311-abi3.cp311-manylinux_2_17_x86_64", "cp311-cp311-win_amd64",
             "cp312-cp312-manylinux_2_17_x86_64", "PY3-none-any"]
DAYS = ["2023-01-01T00:00:00Z", "2023-06-01T12:00:00Z", "2024-01-01T00:00:00Z",
        "2024-01-01T00:00:01Z", "2024-07-01T08:00:00Z"]
HASHES = [digit * 64 for digit in "0123"]
PRERELEASES = ["if-necessary-or-explicit", "if-necessary", "explicit", "allow", "disallow",
               "pep440"]


def environment(random_):
    full = random_.choice(PYTHONS)
    windows = random_.random() < 0.15
    return {"implementation_name": "cpython", "implementation_version": full.rstrip("+"),
            "os_name": "nt" if windows else "posix",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": random_.choice(["", "6.1", "10", "6.1.0-13-amd64"]),
            "platform_system": "Windows" if windows else "Linux", "platform_version": "",
            "python_full_version": full, "python_version": ".".join(full.split(".")[:2]),
            "sys_platform": "win32" if windows else "linux"}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.meanings = {}
        self.names = []
        self.versions = {}  # name -> texts, all sources
        self.said = {}  # name -> its specifiers as last drawn

    def chance(self, probability):
        return self.random.random() < probability

    def one(self, values):
        return self.random.choice(values)

    def some(self, values, most):
        return self.random.sample(values, self.random.randint(0, min(most, len(values))))

    # ---- texts

    def name(self, name):
        return self.one(SPELLED[name]) if self.chance(0.3) else name

    def version_near(self, name):
        if self.chance(0.75) and self.versions.get(name):
            return self.one(self.versions[name])
        return self.one(COMMON + TRICKY)

    def specifier(self, name):
        version = self.version_near(name)
        if version in INVALID:
            version = "1.0"
        operator = self.one(OPERATORS)
        public = version.split("+")[0]
        if operator in ("==*", "!=*"):
            return operator[:2] + self.one(["1", "1.0", "2", "2.0", "1!0", "1.1", "0"]) + ".*"
        if operator == "~=" and len(Version(public).release) < 2:
            return ">=" + public
        if operator in ("==", "!=", "==="):
            return operator + version
        return operator + public

    def specifier_near(self, name, kept):
        for _ in range(4):
            text = self.specifier(name)
            if SpecifierSet(text).contains(kept, prereleases=True) or self.chance(0.15):
                break
        return text

    def specifiers(self, name, most=2):
        if self.chance(0.12) and name in self.said:
            return self.said[name]  # one text in several places
        count = self.one([0, 0, 1, 1, 1, 1, most])
        kept = self.version_near(name)  # mostly something is left
        texts = [self.specifier_near(name, kept) for _ in range(count)]
        texts.sort(key=lambda text: text.startswith("==="))  # it takes what follows for its own
        self.said[name] = self.one([",", ", ", " , "]).join(texts)
        return self.said[name]

    def extras(self):
        if not self.chance(0.3):
            return ""
        chosen = self.some(EXTRAS, 2) or [self.one(EXTRAS)]
        return "[" + ",".join(self.one(SPELLED_EXTRAS[e]) for e in chosen) + "]"

    def marker(self, extra_odds):
        parts = [self.one(MARKERS)] if self.chance(0.25) else []
        if self.chance(0.004):
            parts.append(self.one(UNCOMPARABLE))
        if self.chance(extra_odds):
            parts.append(self.extra_marker())
        if self.chance(0.06):
            parts.append(self.one(MARKERS))
        self.random.shuffle(parts)
        if not parts:
            return ""
        text = parts[0]
        for part in parts[1:]:
            word = self.one(["and", "and", "or"])
            text = f"({text}) {word} {part}" if self.chance(0.3) else f"{text} {word} {part}"
        return " ; " + text

    def extra_marker(self):
        spelled = [self.one(SPELLED_EXTRAS[e]) for e in self.random.sample(EXTRAS, 2)]
        dice = self.random.random()
        if dice < 0.75:
            return f"extra == '{spelled[0]}'"
        if dice < 0.8:
            return f"'{spelled[0]}' == extra"
        if dice < 0.95:
            return f"(extra == '{spelled[0]}' or extra == \"{spelled[1]}\")"
        return f"extra != '{spelled[0]}'"

    def requirement(self, name, extra_odds=0.0):
        specifiers = self.specifiers(name)
        if specifiers and self.chance(0.1):
            specifiers = f" ({specifiers})"
        elif self.chance(0.3):
            specifiers = " " + specifiers
        return self.name(name) + self.extras() + specifiers + self.marker(extra_odds)

    def need(self, own):
        """A requirement text of metadata."""
        dice = self.random.random()
        others = [n for n in self.names if n != own] or self.names
        if dice < 0.03:
            text = self.one(sorted(BROKEN))
            name = self.one(others)
            self.meanings[text.format(name)] = BROKEN[text].format(name)
            return text.format(name)
        if dice < 0.035:
            return self.one(UNREADABLE)
        if dice < 0.05:
            return f"{self.one(others)} @ https://files.example/{self.one('pq')}.whl" + (
                self.marker(0.7))
        if dice < 0.12:
            chosen = ",".join(self.one(SPELLED_EXTRAS[e]) for e in EXTRAS[:2])
            return f"{own}[{chosen}] ; extra == 'all'"
        return self.requirement(self.one(others), 0.4)

    # ---- facts

    def metadata(self, own):
        entry = {"requires": [self.need(own) for _ in range(self.one([0, 0, 1, 1, 2, 3]))],
                 "extras": sorted(self.some(EXTRAS, 3))}
        if self.chance(0.25):
            dice = self.random.random()
            if dice < 0.85:
                entry["requiresPython"] = self.one(REQUIRES_PYTHON)
            elif dice < 0.95:
                entry["requiresPython"] = self.one(sorted(BROKEN_PYTHON))
                self.meanings[entry["requiresPython"]] = BROKEN_PYTHON[entry["requiresPython"]]
            else:
                entry["requiresPython"] = self.one(UNREADABLE_PYTHON)
        return entry

    def file(self, name, version, metadata_count):
        plain = name.replace("-", "_")
        dice = self.random.random()
        if dice < 0.65:
            build = self.one(["", "", "", "-1", "-2", "-10", "-2b"])
            text = f"{plain}-{version}{build}-{self.one(FILE_TAGS)}.whl"
        elif dice < 0.92:
            text = f"{plain}-{version}{self.one(['.tar.gz', '.tar.gz', '.zip'])}"
        else:
            text = self.one([f"{plain}-{version}.egg", f"{plain}-{version}-oops.whl",
                             f"{plain}-{version}.exe"])
        file = {"name": text, "sha256": self.one(HASHES)}
        if self.chance(0.9):
            file["uploaded"] = self.one(DAYS)
        if self.chance(0.15):
            file["yanked"] = self.one([True, "broken"])
        if self.chance(0.1):
            file["requiresPython"] = self.one(REQUIRES_PYTHON)
        if self.chance(0.1):
            file["metadata"] = self.random.randrange(metadata_count)
        return file

    def texts_of_versions(self):
        texts = self.random.sample(COMMON, self.random.randint(1, 4))
        texts += self.some(TRICKY, self.one([0, 1, 1, 2, 3]))
        if self.chance(0.15):
            texts = [t for t in texts if t in TRICKY] or [self.one(TRICKY)]
        if self.chance(0.08):
            texts.append(self.one(INVALID))
        self.random.shuffle(texts)
        return texts[:6]

    def package(self, name, texts, has_files):
        metadata = [self.metadata(name) for _ in range(self.random.randint(1, 4))]
        versions = []
        for text in texts:
            version = {"version": text, "metadata": self.random.randrange(len(metadata))}
            if self.chance(0.03):
                version |= {"metadata": None, "unknown": "its sdist was not built"}
            if has_files and self.chance(0.92):
                files = {}
                for _ in range(self.random.randint(1, 4)):
                    file = self.file(name, text, len(metadata))
                    files[file["name"]] = file
                version["files"] = list(files.values())
            versions.append(version)
        return {"name": name, "metadata": metadata, "versions": versions}

    def sources(self):
        count = 2 if self.chance(0.12) else 1
        has_files = self.chance(0.45)
        chosen = [[(n, self.texts_of_versions()) for n in self.names if self.chance(0.97)]
                  for _ in range(count)]
        for one in chosen:
            for name, texts in one:
                self.versions.setdefault(name, []).extend(texts)
        return [{"complete": self.chance(0.8),
                 "packages": [self.package(n, texts, has_files) for n, texts in sorted(one)]}
                for one in chosen], has_files

    # ---- the request

    def request(self, has_files):
        request = {"environment": environment(self.random)}
        asked = self.random.sample(self.names, self.random.randint(1, min(3, len(self.names))))
        request["requirements"] = [self.requirement(n) for n in asked]
        if self.chance(0.1):
            request["requirements"].append(self.requirement(self.one(asked)))
        if self.chance(0.05):
            self.add_url(request)
        self.add_limits(request)
        self.add_policies(request)
        if has_files:
            self.add_file_policies(request)
        return request

    def add_url(self, request):
        """A name is asked for by URL, where something stands that packages may ask for too."""
        name, url = self.one(self.names), "https://files.example/p.whl"
        request["requirements"].append(f"{self.name(name)}{self.extras()} @ {url}"
                                       + self.marker(0))
        needs = [n for n in self.names if n != name]
        requires = [self.requirement(self.one(needs), 0.4) for _ in range(self.one([0, 1, 2]))]
        version = self.one([*self.versions.get(name, [])[:1], "1.0", "2b1"])
        request["direct"] = {url: {
            "name": name, "version": "1.0" if version in INVALID else version,
            "requires": requires, "requiresPython": self.one(["", ">=3.8", "<3.12"])}}

    def limit(self, name):
        specifiers = self.specifiers(name, 1) or ">=1.0"
        return self.name(name) + specifiers

    def add_limits(self, request):
        for key, odds in (("constraints", 0.3), ("locked", 0.15), ("favored", 0.3),
                          ("excluded", 0.3)):
            if self.chance(odds):
                request[key] = [self.limit(n) for n in self.some(self.names, 2)]
        if "constraints" in request and self.chance(0.2):
            request["constraints"] = [t + self.marker(0) for t in request["constraints"]]
        if self.chance(0.25):
            request["overrides"] = []
            for name in self.some(self.names, 2):
                one = {"requirement": self.requirement(name)}
                if self.chance(0.35):
                    one["dependant"] = self.one(self.names)
                request["overrides"].append(one)

    def add_policies(self, request):
        if self.chance(0.4):
            request["prereleases"] = self.one(PRERELEASES)
        if self.chance(0.12):
            request["prereleases_of"] = {n: self.one(PRERELEASES) for n in self.some(
                self.names, 2)}
        for key, odds, words in (
                ("resolution", 0.2, ["lowest", "lowest-direct"]),
                ("order", 0.2, ["name", "as-given"]),
                ("absent", 0.15, ["nonexistent", "unknown"]),
                ("python_bounds", 0.2, ["ignore"]), ("index_policy", 0.4, ["best-match"]),
                ("no_deps", 0.04, [True])):
            if self.chance(odds):
                request[key] = self.one(words)

    def add_file_policies(self, request):
        if self.chance(0.7):
            request["tags"] = TAGS
        if self.chance(0.25):
            request["exclude_newer"] = self.one(DAYS)
        if self.chance(0.12):
            request["exclude_newer_of"] = {n: self.one([*DAYS, ""]) for n in self.some(
                self.names, 2)}
        for key, odds in (("admit_unknown", 0.2), ("prefer_binary", 0.25),
                          ("require_hashes", 0.03)):
            if self.chance(odds):
                request[key] = True
        if self.chance(0.1):
            request[self.one(["only_binary", "no_binary"])] = True
        for key in ("only_binary_names", "no_binary_names"):
            if self.chance(0.1):
                request[key] = [self.name(n) for n in self.some(self.names, 2)]
        if self.chance(0.1) or "require_hashes" in request:
            request["allowed_hashes"] = {
                n: ["sha256:" + h for h in self.some(HASHES, 3)]
                for n in (self.names if "require_hashes" in request else [self.one(self.names)])}

    def world(self):
        self.names = sorted(self.random.sample(NAMES, self.random.randint(2, 6)))
        sources, has_files = self.sources()
        return {"sources": sources, "request": self.request(has_files), "meanings": self.meanings,
                "extras": EXTRAS}


def make_world(seed, number):
    return Generator(f"{seed}/{number}").world()
