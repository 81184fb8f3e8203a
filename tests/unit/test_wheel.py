"""What `pip install` brings: the program, its pages, and the tables that it can't start without."""

from __future__ import annotations

import socket
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_tables_the_sample_and_the_pages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for installed, here in (("tables", "tables"), ("sample", "sample/pages")):
        shipped = {name.rsplit("/", 1)[-1] for name in names if f"/share/duibiao/{installed}/" in name}
        assert shipped == {path.name for path in (ROOT / "corpus" / here).iterdir()}
    assert "webapp/templates/compare.html" in names
    assert "webapp/static/duibiao.css" in names
    assert {"indexer/locale/zh.toml", "indexer/locale/en.toml"} <= set(names)


@pytest.mark.slow
def test_what_pip_installs_serves_the_sample_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv/bin/python"
    install = ["pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", *install], check=True)
    # the libraries are those of the tests: to install them anew would need the network
    (site,) = (tmp_path / "venv/lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    duibiao, empty = str(tmp_path / "venv/bin/duibiao"), tmp_path / "empty"
    empty.mkdir()
    made = subprocess.run([duibiao, "sample"], cwd=empty, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with subprocess.Popen([duibiao, "serve", "--port", str(port)], cwd=empty, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            assert f":{port}".encode() in server.stdout.readline()
            answer = httpx.get(f"http://127.0.0.1:{port}/search", params={"q": "招商"}, timeout=30)
        finally:
            server.terminate()
    assert answer.status_code == 200
    assert 'class="hit"' in answer.text
