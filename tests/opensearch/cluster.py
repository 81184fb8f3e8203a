"""A real cluster of three OpenSearch nodes on 127.0.0.1, started for tests and measurements and stopped by its pids.

``python -m tests.opensearch.cluster start`` leaves one running (its addresses are printed), ``stop`` ends it. The
distribution comes by Maven into a folder that git ignores, once; it needs Java 17 and brings no plugins: the
``whitespace`` analyser that Duibiao indexes with is in the core. Nodes refuse to run as root: where we are root, they
run as a system user that is made for them.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

VERSION = "2.19.5"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
CACHE = Path(__file__).resolve().parents[2] / "var" / "opensearch"
_MEMORY = Path("/dev/shm")
_ROOM = 2e9  # bytes
USER = "duibiao-search"
NODES = ("n1", "n2", "n3")
HEAP = os.environ.get("DUIBIAO_OPENSEARCH_HEAP", "640m")
HTTP = 9201  # of the first node; of the others the next ones
_TRANSPORT = 100  # further on, between the nodes
_JAVA = 17
_OTHER_RUN = 900.0  # seconds that another run on this machine may take
_STARTING = 240.0  # seconds until green; seen: 14 to 40 on two shared cores, more under load


@dataclass
class Node:
    """One of the three. ``folder`` holds its configuration, data, logs and pid file."""

    name: str
    http: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    @property
    def pid(self) -> int | None:
        """None where it doesn't run."""
        try:
            pid = int((self.folder / "pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if str(self.folder).encode() in command else None  # the number may be another's by now


@dataclass
class Cluster:
    """Start it, ask it, kill parts of it. ``settings``: lines added to each opensearch.yml; ``http``: first port."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    http: int = HTTP

    @property
    def nodes(self) -> list[Node]:
        return [Node(name, self.http + number, self.folder / name) for number, name in enumerate(NODES)]

    @property
    def hosts(self) -> list[str]:
        return [node.address for node in self.nodes]

    def node(self, name: str) -> Node:
        return next(node for node in self.nodes if node.name == name)

    def start(self) -> None:
        home = distribution()
        owner = _owner()
        for node in self.nodes:
            _configure(node, self)
        (self.folder / "snapshots").mkdir(exist_ok=True)
        if owner:
            _give(self.folder, owner)
        for node in self.nodes:
            _start(node, home, owner)
        self.wait("green")

    def start_node(self, name: str) -> None:
        """One that was killed, with the data it had."""
        _start(self.node(name), distribution(), _owner())

    def kill(self, name: str) -> None:
        """As a machine dies: no goodbye to the others."""
        pid = self.node(name).pid
        if pid is None:
            raise ProcessLookupError(f"{name} doesn't run")
        os.kill(pid, signal.SIGKILL)
        _wait_for_end(pid, 10)

    def stop(self) -> None:
        running = [pid for node in self.nodes if (pid := node.pid) is not None]
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            if not _wait_for_end(pid, 30):
                os.kill(pid, signal.SIGKILL)

    def wait(self, status: str, seconds: float = _STARTING, nodes: int | str | None = None) -> None:
        """Until the cluster is ``status`` or better, with so many ``nodes`` (3, ">=1"). Raises TimeoutError with the
        end of the logs."""
        path = f"/_cluster/health?wait_for_status={status}&timeout=2s&wait_for_nodes={nodes or len(NODES)}"
        path += "&wait_for_no_initializing_shards=true"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for node in self.nodes:
                try:
                    if not get(node.address + path)["timed_out"]:
                        return
                except (OSError, ValueError, KeyError):
                    continue
            time.sleep(0.5)
        raise TimeoutError(f"no {status} cluster after {seconds:.0f} s\n" + "\n".join(map(_end_of_log, self.nodes)))

    def manager(self) -> str:
        """The node that is elected now."""
        for node in self.nodes:
            try:
                return str(get(f"{node.address}/_cat/cluster_manager?format=json")[0]["node"])
            except OSError:
                continue
        raise ConnectionError("no node answers")

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def get(address: str, seconds: float = 5.0) -> Any:
    """The JSON behind an address. Raises OSError."""
    try:
        with urllib.request.urlopen(address, timeout=seconds) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)


def folder_of_tests() -> Path:
    """Where the tests' cluster lies: in memory where there is room, for each new index is written to the disks of three
    nodes half a dozen times, and what a killed process wrote is there all the same."""
    try:
        room = shutil.disk_usage(_MEMORY).free
    except OSError:
        room = 0
    return _MEMORY / f"duibiao-opensearch-{os.getuid()}" if room > _ROOM else CACHE / "cluster"


def distribution() -> Path:
    """The unpacked distribution, fetched by Maven where it isn't there yet."""
    home = CACHE / f"opensearch-{VERSION}"
    if (home / "bin" / "opensearch").is_file():
        return home
    CACHE.mkdir(parents=True, exist_ok=True)
    archive = CACHE / f"opensearch-{VERSION}.zip"
    if not archive.is_file():
        maven = shutil.which("mvn")
        if maven is None:
            raise FileNotFoundError("mvn is not installed: it fetches the distribution of OpenSearch")
        subprocess.run(
            [maven, "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={CACHE}"], check=True
        )
    beside = CACHE / "unpacking"
    shutil.rmtree(beside, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(beside)
    for script in (beside / home.name / "bin").iterdir():
        script.chmod(0o755)
    (beside / home.name).rename(home)
    beside.rmdir()
    return home


def java_home() -> Path:
    """Raises FileNotFoundError where there is no Java 17 or newer."""
    java = os.environ.get("OPENSEARCH_JAVA_HOME") or shutil.which("java")
    if java is None:
        raise FileNotFoundError("java is not installed")
    path = Path(java).resolve()
    home = path.parents[1] if path.is_file() else path
    told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=True).stderr
    found = re.search(r'version "(\d+)', told)
    if found is None or int(found[1]) < _JAVA:
        raise FileNotFoundError(f"java is not version {_JAVA} or newer: {told.splitlines()[0]}")
    return home


def _configure(node: Node, cluster: Cluster) -> None:
    config = node.folder / "config"
    for made in (config, node.folder / "tmp", node.folder / "logs"):
        made.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = {
        "cluster.name": "duibiao-test",
        "node.name": node.name,
        "network.host": "127.0.0.1",
        "http.port": node.http,
        "transport.port": node.http + _TRANSPORT,
        "discovery.seed_hosts": [f"127.0.0.1:{one.http + _TRANSPORT}" for one in cluster.nodes],
        "cluster.initial_cluster_manager_nodes": list(NODES),
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "path.data": str(node.folder / "data"),
        "path.logs": str(node.folder / "logs"),
        "path.repo": [str(cluster.folder / "snapshots")],
        **cluster.settings,
    }
    lines = (f"{key}: {json.dumps(value)}" for key, value in settings.items())  # JSON is YAML
    (config / "opensearch.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    # Three nodes on two cores: the serial collector needs no threads of its own.
    (config / "jvm.options").write_text("-XX:+UseSerialGC\n-XX:+HeapDumpOnOutOfMemoryError\n", encoding="utf-8")
    shutil.copy(distribution() / "config" / "log4j2.properties", config)


def _start(node: Node, home: Path, owner: pwd.struct_passwd | None) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "OPENSEARCH_JAVA_HOME": str(java_home()),
        "OPENSEARCH_PATH_CONF": str(node.folder / "config"),
        "OPENSEARCH_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "OPENSEARCH_TMPDIR": str(node.folder / "tmp"),
    }
    command = [str(home / "bin" / "opensearch"), "-d", "-p", str(node.folder / "pid")]
    if owner:
        command = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *command]
    (node.folder / "pid").unlink(missing_ok=True)
    # A daemon keeps what it inherits open: a pipe would never end.
    with (node.folder / "logs" / "start.log").open("ab") as log:
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the nodes run as; None: as we do."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True)
        return pwd.getpwnam(USER)


def _give(folder: Path, owner: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _wait_for_end(pid: int, seconds: float) -> bool:
    """The pid file goes at the beginning of a shutdown, the process at its end."""
    end = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _end_of_log(node: Node) -> str:
    lines: list[str] = []
    for log in (node.folder / "logs" / "start.log", node.folder / "logs" / "duibiao-test.log"):
        if log.is_file():
            lines += log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
    return f"--- {node.name}\n" + "\n".join(lines)


@contextmanager
def running(folder: Path, http: int = HTTP) -> Iterator[Cluster]:
    """A fresh cluster, stopped and removed at the end whatever happens. One at a time: two runs would stop each other's
    nodes. Raises filelock.Timeout."""
    cluster = Cluster(folder, http=http)
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / f"{http}.lock", timeout=_OTHER_RUN):
        cluster.stop()
        cluster.remove()
        cluster.folder.mkdir(parents=True)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
            cluster.remove()


def main() -> None:
    cluster = Cluster(folder_of_tests())
    match sys.argv[1:]:
        case ["start"]:
            cluster.folder.mkdir(parents=True, exist_ok=True)
            cluster.start()
            print(*cluster.hosts)
        case ["stop"]:
            cluster.stop()
        case _:
            sys.exit("usage: python -m tests.opensearch.cluster start|stop")


if __name__ == "__main__":
    main()
