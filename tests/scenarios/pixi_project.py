"""What pixi wrote of a project: what its manifest asks for, and what its lock file took.

    environments(folder) -> Environment, one for each environment and platform of FOLDER/pixi.lock

Of a manifest (pixi.toml, or tool.pixi of pyproject.toml) only the conda dependencies are read.
Needs PyYAML.
"""

import dataclasses
import tomllib

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SECTIONS = ("dependencies", "host-dependencies", "build-dependencies")
TEXTS = ("depends", "constrains")
KEYS = {"version": "version", "build": "build", "build-number": "build_number",
        "channel": "channel", "subdir": "subdir"}
FAMILIES = {"linux": ("linux", "unix"), "osx": ("osx", "unix"), "win": ("win",),
            "emscripten": ("unix",)}


@dataclasses.dataclass(frozen=True)
class Environment:
    name: str
    platform: str  # as the lock file calls it
    subdir: str
    channels: tuple  # names, the first one before the next
    locked: dict  # (channel, subdir, file) -> {"depends", "constrains"}, as they were then
    virtual: tuple  # (name, version, build); empty: the lock file does not say
    specs: tuple | None  # None: there is no manifest of it, or it asks for more than is read here
    channel_priority: str


def read_manifest(folder):
    """None: there is none that Python's own reader of TOML can read."""
    try:
        if (folder / "pixi.toml").exists():
            return tomllib.loads((folder / "pixi.toml").read_text(encoding="utf-8"))
        if (folder / "pyproject.toml").exists():
            text = (folder / "pyproject.toml").read_text(encoding="utf-8")
            return tomllib.loads(text).get("tool", {}).get("pixi")
    except tomllib.TOMLDecodeError:
        pass  # TOML 1.1, which pixi reads
    return None


def features_of(manifest, name):
    """The tables that an environment is made of; None: the manifest does not have it."""
    declared = manifest.get("environments", {}).get(name)
    if declared is None:
        return [manifest] if name == "default" else None
    asked = declared if isinstance(declared, dict) else {"features": declared}
    features = [manifest.get("feature", {}).get(one, {}) for one in asked.get("features", [])]
    return features if asked.get("no-default-feature") else [manifest, *features]


def spec_of(name, wanted):
    """The specifier of a dependency; None: it asks for what a channel alone cannot give, or by keys
    that are not read here."""
    keys = wanted if isinstance(wanted, dict) else {"version": wanted}
    if not keys.keys() <= KEYS.keys():
        return None
    written = [f'{KEYS[key]}="{value}"' for key, value in keys.items()
               if not (key == "version" and value.strip() in ("*", ""))]
    return name + (f"[{','.join(written)}]" if written else "")


def specs_of(manifest, name, platform, subdir):
    features = features_of(manifest, name) if manifest else None
    if features is None:
        return None
    selectors = {platform, subdir, *FAMILIES.get(subdir.partition("-")[0], ())}
    tables = [table for feature in features
              for table in (feature, *(part for key, part in feature.get("target", {}).items()
                                       if key in selectors))]
    specs = [spec_of(wanted, how) for table in tables for section in SECTIONS
             for wanted, how in table.get(section, {}).items()]
    return None if None in specs else tuple(sorted(set(specs)))


def place_of(address):
    """(channel, subdir, file); of a package that is no channel's, a place that none has."""
    return tuple(["", "", "", *address.rstrip("/").split("/")][-3:])


def virtual_of(texts):
    return tuple(tuple([*text.split("="), "0"][:3]) for text in texts)


def environments(folder):
    lock = yaml.load((folder / "pixi.lock").read_text(encoding="utf-8"), LOADER)
    manifest = read_manifest(folder)
    priority = (manifest or {}).get("workspace", (manifest or {}).get("project", {})).get(
        "channel-priority", "strict")
    declared = {one["name"]: one for one in lock.get("platforms", [])}
    texts = {one.get("conda", one.get("url")): {key: one.get(key) or [] for key in TEXTS}
             for one in lock.get("packages") or []}
    for name, environment in (lock.get("environments") or {}).items():
        channels = tuple(channel["url"].rstrip("/").rpartition("/")[2]
                         for channel in environment.get("channels", []))
        for platform, packages in (environment.get("packages") or {}).items():
            about = declared.get(platform, {})
            subdir = about.get("subdir", platform)
            locked = {place_of(address): texts.get(address) for package in packages
                      for kind, address in package.items() if kind != "pypi"}
            if locked:
                yield Environment(name, platform, subdir, channels, locked,
                                  virtual_of(about.get("virtual-packages", [])),
                                  specs_of(manifest, name, platform, subdir), priority)
