"""64 clients ask a server while pages are added and built: no error, the slowest of a hundred within ten times the
middle one, and memory and open files as they were."""

from __future__ import annotations

import http.client
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from tests.reliability.bench import ROOT, asked, command, generator, run, told, work_folder, write_pages

_PAGES = (
    "/",
    "/search?q=%E6%8B%9B%E5%95%86",
    "/api/v1/search?q=%E4%BC%81%E4%B8%9A",
    "/zones",
    "/api/v1/suggest?q=zhao",
    "/practices",
)


def main() -> None:
    options = asked(clients=64)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    times: list[float] = []
    with work_folder() as folder:
        data, pages = folder / "data", write_pages(folder / "pages", 20)
        run(data, "add", str(pages))
        assert run(data, "build").returncode == 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(command(data, "serve", "--port", str(port)), cwd=ROOT, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            server.stdout.readline()
            _asked(port, "/search")
            before = _used(server.pid)
            until = time.monotonic() + options.seconds
            lock = threading.Lock()

            def client(seed: int) -> None:
                rng = generator(seed)
                while time.monotonic() < until:
                    begun = time.perf_counter()
                    status = _asked(port, rng.choice(_PAGES))
                    with lock:
                        times.append(time.perf_counter() - begun)
                        counts[f"status {status}"] += 1
                        if status != "200":
                            faults.append(f"status {status}")

            threads = [threading.Thread(target=client, args=(n,)) for n in range(options.clients)]
            for thread in threads:
                thread.start()
            builds = 0
            while time.monotonic() < until:
                write_pages(pages, 2, 20 + 2 * builds)
                for words in (("add", str(pages)), ("build",)):  # not forked from here, where 64 threads run
                    done = subprocess.run(command(data, *words), cwd=ROOT, capture_output=True, text=True, check=False)
                    if done.returncode:
                        faults.append(f"{words[0]}: {done.stderr[-200:]}")
                builds += 1
            for thread in threads:
                thread.join()
            time.sleep(2)
            after = _used(server.pid)
        finally:
            server.terminate()
            server.wait(30)
    times.sort()
    middle, slow = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{builds} builds; p50 {1000 * middle:.0f} ms, p99 {1000 * slow:.0f} ms, most {1000 * times[-1]:.0f} ms")
    print(f"server and its processes: {before[0]:.0f} → {after[0]:.0f} MB, {before[1]} → {after[1]} open files")
    if slow > 10 * middle:
        faults.append(f"p99 is {slow / middle:.0f} times p50")
    if after[0] > 1.5 * before[0] + 50 or after[1] > before[1] + 150:
        faults.append("memory or open files have grown")
    told(counts, faults)


def _asked(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except OSError as error:
        return type(error).__name__
    finally:
        connection.close()


def _used(server: int) -> tuple[float, int]:
    """(MB of what is each process's own, open files) of the server and all below it."""
    family, found = {server}, [server]
    while found:
        parent = found.pop()
        for task in Path(f"/proc/{parent}/task").iterdir():
            below = {int(pid) for pid in (task / "children").read_text().split()} - family
            family |= below
            found += below
    megabytes, files = 0.0, 0
    for pid in family:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        megabytes += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1000
        files += sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return megabytes, files


if __name__ == "__main__":
    main()
