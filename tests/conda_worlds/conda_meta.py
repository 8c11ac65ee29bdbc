"""An environment of a world as the files of conda-meta: as conda writes them.

    conda_meta(installed) -> {"records": [{"path", "text"}], "history": text}

`installed` is what environments.py says of it.
"""

import datetime
import json

from specs import spec_text

PLAIN_KEYS = ("name", "version", "build", "build_number", "subdir", "channel", "noarch",
              "track_features", "md5")


def texts(specs):
    return [spec_text(spec) for spec in specs]


def milliseconds(instant):
    return int(datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp()) * 1000


def record_file(record):
    stem = f"{record['name']}-{record['version']}-{record.get('build', '0')}"
    raw = {key: record[key] for key in PLAIN_KEYS if key in record}
    raw.setdefault("subdir", "linux-64")
    raw.setdefault("build", "0")
    raw.update(fn=stem + record.get("packed", ".conda"), depends=texts(record.get("depends", [])),
               constrains=texts(record.get("constrains", [])))
    if "extras" in record:
        raw["extra_depends"] = {e: texts(specs) for e, specs in record["extras"].items()}
    if record.get("uploaded"):
        raw["timestamp"] = milliseconds(record["uploaded"])
    raw["requested_spec"] = spec_text(record["requested"]) if "requested" in record else "None"
    return {"path": f"env/conda-meta/{stem}.json", "text": json.dumps(raw)}


def history_text(revisions):
    lines = []
    for number, revision in enumerate(revisions):
        lines += [f"==> 2024-01-01 00:00:{number:02} <==", "# cmd: conda install --yes"]
        for word, specs in revision.items():
            wanted = texts(specs)
            joined = ",".join(wanted)
            as_old = number == 0 and not set("[|*") & set(joined)  # before conda 4.5
            lines.append(f"# {word} specs: {joined if as_old else wanted}")
    return "\n".join(lines) + "\n"


def conda_meta(installed):
    return {"records": [record_file(r) for r in installed["records"]],
            "history": history_text(installed.get("history", []))}
