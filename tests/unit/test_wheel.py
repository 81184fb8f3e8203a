"""What `pip install` brings: the program, its pages, and the tables that it can't start without."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_holds_the_tables_and_the_pages(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
    ]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.rsplit("/", 1)[-1] for name in names if "/share/duibiao/tables/" in name}
    assert shipped == {path.name for path in (ROOT / "corpus" / "tables").iterdir()}
    assert "webapp/templates/compare.html" in names
    assert "webapp/static/duibiao.css" in names
