"""What is installed here, as CycloneDX 1.5 on stdout: name, version, licence, and the hash that our locks ask for."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import distributions
from typing import Any

from tests.reliability.bench import ROOT


def main() -> None:
    locked = _locked()
    parts = {one.name.lower(): one for one in distributions() if one.name}
    components = [_component(parts[name].metadata, locked[name]) for name in sorted(parts.keys() & locked.keys())]
    told = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)


def _locked() -> dict[str, list[str]]:
    """Name → sha256 of its files, of all that is needed to run."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / "requirements/run.txt").read_text(encoding="utf-8").splitlines():
        if begun := re.match(r"([A-Za-z0-9_.-]+)==", line):
            name = begun[1].lower()
            found[name] = []
        found.setdefault(name, []).extend(re.findall(r"sha256:([0-9a-f]{64})", line))
    return found


def _component(metadata: Any, hashes: list[str]) -> dict[str, object]:
    name, version = metadata["Name"], metadata["Version"]
    licence = metadata.get("License-Expression") or metadata.get("License") or "unknown"
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name.lower()}@{version}",
        "licenses": [{"license": {"name": licence.splitlines()[0][:80]}}],
        "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
    }


if __name__ == "__main__":
    main()
