"""What pixi wrote of a project: what its manifest asks for, and what its lock file took.

    environments(folder) -> Environment, one for each environment and platform of FOLDER/pixi.lock

Of a manifest (pixi.toml, or tool.pixi of pyproject.toml) what it says of conda packages is read, as
pixi's reference of the manifest explains it. Needs PyYAML, and tomli for TOML 1.1.
"""

import dataclasses
import re

import tomli
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The last counts, of sections as of targets.
SECTIONS = ("dependencies", "host-dependencies", "build-dependencies")
FAMILIES = {"linux": ("unix", "linux"), "osx": ("unix", "osx"), "win": ("win",),
            "emscripten": ("unix",)}
KEYS = {"version": "version", "build": "build", "build-number": "build_number",
        "channel": "channel", "subdir": "subdir", "extras": "extras", "when": "when"}
SOURCES = {"path", "git", "url"}
SYSTEM = {"linux": "__linux", "libc": "__glibc", "macos": "__osx", "cuda": "__cuda"}
TEXTS = ("depends", "constrains")


class NotRead(ValueError):
    """What a manifest asks for cannot be known; says why."""


@dataclasses.dataclass(frozen=True)
class Request:
    specs: tuple
    constraints: tuple = ()
    channel_priority: str = "strict"
    resolution: str = "highest"
    exclude_newer: str = ""  # a day or an instant


@dataclasses.dataclass(frozen=True)
class Environment:
    name: str
    platform: str  # as the lock file calls it
    subdir: str
    channels: tuple  # names, the first one before the next
    locked: dict  # (channel, subdir, file) -> {"depends", "constrains"}, as they were then
    virtual: tuple = ()  # (name, version, build); empty: the lock file does not say
    system: dict = dataclasses.field(default_factory=dict)  # {virtual package: version}, required
    request: Request | None = None  # of all environments that it is solved with
    solved_with: dict | None = None  # as `locked`, of all of these
    not_read: str = ""  # why there is no request


# ---- the manifest

def read_manifest(folder):
    if (folder / "pixi.toml").exists():
        return tomli.loads((folder / "pixi.toml").read_text(encoding="utf-8"))
    if not (folder / "pyproject.toml").exists():
        return {}
    document = tomli.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    manifest = document.get("tool", {}).get("pixi", {})
    python = document.get("project", {}).get("requires-python")
    if manifest and python:
        manifest.setdefault("dependencies", {}).setdefault("python", "".join(python.split()))
    return manifest


def workspace_of(manifest):
    return manifest.get("workspace", manifest.get("project", {}))


def declared_of(manifest, name):
    """What [environments] says of it."""
    declared = manifest.get("environments", {}).get(name, {} if name == "default" else None)
    if not manifest or declared is None:
        raise NotRead("no manifest of it is there")
    return declared if isinstance(declared, dict) else {"features": declared}


def features_of(manifest, name):
    """The tables that an environment is made of: its own, those of its features, the default."""
    declared = declared_of(manifest, name)
    features = [manifest.get("feature", {}).get(one, {}) for one in declared.get("features", [])]
    return [declared, *features, *([] if declared.get("no-default-feature") else [manifest])]


def group_of(manifest, name):
    """The names of all environments that are solved together with it."""
    group = declared_of(manifest, name).get("solve-group")
    if not group:
        return [name]
    return [one for one in manifest["environments"]
            if declared_of(manifest, one).get("solve-group") == group]


def merged(feature, selectors, sections):
    """{name: what is wanted} of a feature's sections, for a target: of a name in several tables the
    last one."""
    targets = feature.get("target", {})
    tables = [feature, *(targets[one] for one in selectors if one in targets)]
    return {name: wanted for table in tables for section in sections
            for name, wanted in table.get(section, {}).items()}


def spec_of(name, wanted):
    keys = wanted if isinstance(wanted, dict) else {"version": wanted}
    if not keys.keys() <= KEYS.keys():
        raise NotRead("a dependency has keys that are not read")
    written = [f"{KEYS[key]}=[{','.join(value)}]" if key == "extras" else f'{KEYS[key]}="{value}"'
               for key, value in keys.items()
               if not (key == "version" and value.strip() in ("*", ""))]
    return name + (f"[{','.join(written)}]" if written else "")


def specs_of(tables, sources):
    """What of `sources` is asked for by path, git or url is left out: its own needs are asked for
    instead."""
    for table in tables:
        for name, wanted in table.items():
            if not (isinstance(wanted, dict) and wanted.keys() & SOURCES):
                yield spec_of(name, wanted)
            elif name not in sources or "extras" in wanted:
                raise NotRead("asks for a package built from source whose needs nobody wrote down")


def first_of(features, workspace, key, otherwise):
    return next((table[key] for table in (*features, workspace) if key in table), otherwise)


def needs_of(sources, key):
    """Without those that one of `sources` meets."""
    return [text for source in sources.values() for text in source.get(key) or []
            if re.match(r"[\w.-]+", text)[0] not in sources]


def request_of(manifest, names, selectors, sources):
    """What the environments of these names ask for together; `sources`: {name: the lock file's
    words of it}."""
    features = [feature for name in names for feature in features_of(manifest, name)]
    if any(feature.get("dev") for feature in features):
        raise NotRead("asks for what building a package needs, as only its build backend knows")

    def asked(sections, key):
        tables = [merged(feature, selectors, sections) for feature in features]
        return tuple(sorted({*specs_of(tables, sources), *needs_of(sources, key)}))

    workspace = workspace_of(manifest)
    limit = str(workspace.get("exclude-newer", ""))
    return Request(asked(SECTIONS, "depends"), asked(("constraints",), "constrains"),
                   first_of(features, workspace, "channel-priority", "strict"),
                   first_of(features, workspace, "solve-strategy", "highest"),
                   # An age, which counts from a day that nobody wrote down, is left out.
                   limit if re.match(r"\d{4}-", limit) else "")


def system_of(manifest, name):
    """{virtual package: version} that the environment requires at least; the highest counts."""
    found = {}
    for feature in features_of(manifest, name):
        for key, wanted in feature.get("system-requirements", {}).items():
            version = wanted["version"] if isinstance(wanted, dict) else wanted
            if key in SYSTEM:
                found.setdefault(SYSTEM[key], []).append(version)
    return {package: max(versions, key=lambda text: [int(part) for part in text.split(".")])
            for package, versions in found.items()}


# ---- the lock file

def place_of(address):
    """(channel, subdir, file); of an address that is no channel's, a place that none has."""
    return tuple(["", "", "", *address.rstrip("/").split("/")][-3:])


def virtual_of(texts):
    return tuple(tuple([*text.split("="), "0"][:3]) for text in texts)


class Lock:
    def __init__(self, text):
        self.raw = yaml.load(text, LOADER)
        self.environments = self.raw.get("environments") or {}
        self.platforms = {one["name"]: one for one in self.raw.get("platforms", [])}
        self.packages = {}  # address -> what it says of those that have it
        for one in self.raw.get("packages") or []:
            address = one.get("conda", one.get("conda_source", one.get("url")))
            self.packages.setdefault(address, []).append(one)

    def taken(self, name, platform):
        """({place: texts}, {name: what is said of it}): from channels, and built from source."""
        locked, sources = {}, {}
        for wanted in self.environments[name]["packages"].get(platform, []):
            address = wanted.get("conda", wanted.get("conda_source"))
            if address is None:  # PyPI's
                continue
            found = next(one for one in self.packages[address]
                         if all(one.get(key, address) == value for key, value in wanted.items()))
            if re.match(r"(https?|file)://", address):
                locked[place_of(address)] = {key: found.get(key) or [] for key in TEXTS} | (
                    {"extra_depends": found["extra_depends"]} if "extra_depends" in found else {})
            else:
                sources[found.get("name", address.partition("[")[0])] = found
        return locked, sources


def environments(folder):
    lock = Lock((folder / "pixi.lock").read_text(encoding="utf-8"))
    manifest = read_manifest(folder)
    for name, environment in lock.environments.items():
        channels = tuple(channel["url"].rstrip("/").rpartition("/")[2]
                         for channel in environment.get("channels", []))
        for platform in environment.get("packages") or {}:
            locked, sources = lock.taken(name, platform)
            about = lock.platforms.get(platform, {})
            subdir = about.get("subdir", platform)
            if locked or sources:
                yield Environment(name, platform, subdir, channels, locked,
                                  virtual_of(about.get("virtual-packages", [])),
                                  **asked_of(manifest, lock, name, platform, subdir))


def asked_of(manifest, lock, name, platform, subdir):
    """The fields of an environment that come from the manifest."""
    selectors = [*FAMILIES.get(subdir.partition("-")[0], ()), subdir, platform]
    try:
        names = [one for one in group_of(manifest, name)
                 if platform in (lock.environments.get(one, {}).get("packages") or {})]
        taken = [lock.taken(one, platform) for one in names]
        locked, sources = ({key: value for part in parts for key, value in part.items()}
                           for parts in zip(*taken))
        return {"request": request_of(manifest, names, selectors, sources),
                "solved_with": locked, "system": system_of(manifest, name)}
    except NotRead as why:
        return {"not_read": str(why)}
