"""Arbitrary and mutated pages and documents, each as a file that is added: none raises what no reader should, none ends
its process, none takes over 5 s of CPU or 600 MB, and the places of what is read are those of its text."""

from __future__ import annotations

import logging
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.domain.page import RawPage
from indexer.errors import FetchFailed
from indexer.ingest.inputs import Input, pages_of
from indexer.ingest.reading_process import ReadingProcesses, reading_processes
from indexer.ingest.verify import wrong_spans
from indexer.pipeline.read import NOTHING_BESIDE
from indexer.settings import load
from tests.reliability.bench import ROOT, asked, generator, slowness, told, work_folder
from tests.reliability.fuzz_inputs import Inputs
from tests.unit.pages import a_page

_URLS = (
    None,
    None,
    None,
    "https://www.zone.example/art/1.html",
    "http://[::1]/",
    "http://[x",
    "http://a/%00",
    "javascript:alert(1)",
)
_SETTINGS = load(ROOT / "config.toml")
_SECONDS, _MEGABYTES = 5.0, 600.0


def main() -> None:
    options = asked(count=3000)
    rng = generator(options.seed)
    logging.disable(logging.CRITICAL)
    inputs = Inputs(rng)
    processes = reading_processes_of_ours()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    slowest = most = 0.0
    until = time.monotonic() + options.seconds
    with work_folder() as folder:
        (folder / "b_2.html").write_bytes(a_page("长沙高新区2022年工作总结"))  # what some of them link to
        for n in range(options.count):
            if time.monotonic() > until:
                break
            kind, name, data = inputs.one()
            url = rng.choice(_URLS)
            before, begun = used(processes)[0], time.process_time()
            try:
                wrong = list(_read(folder, RawPage(data, name, url), processes, kind, counts))
            except Exception as error:  # noqa: BLE001 — an add or a crawl would have ended with it
                wrong = [f"{type(error).__name__} {error}"]
            after, megabytes = used(processes)
            seconds = (after - before if after >= before else after) + time.process_time() - begun
            if seconds > _SECONDS:  # once more, before it is blamed: others use the machine
                begun, before = time.process_time(), used(processes)[0]
                for _ in _read(folder, RawPage(data, name, url), processes, "read again", counts):
                    pass
                seconds = min(seconds, used(processes)[0] - before + time.process_time() - begun)
            slowest, most = max(slowest, seconds), max(most, megabytes)
            if seconds > _SECONDS * slowness() or megabytes > _MEGABYTES:
                wrong.append(f"{seconds:.1f} s, {megabytes:.0f} MB")
            if wrong:
                faults.append(f"{n} {kind} {name[:20]} {url}: {wrong[:2]}")
                Path(f"/tmp/duibiao-fuzz-{options.seed}-{n}.bin").write_bytes(data)
            counts["inputs"] += 1
            if counts["inputs"] % 10_000 == 0:
                print(f"{counts['inputs']} inputs, {len(faults)} faults", flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"slowest {slowest:.2f} s of CPU; most memory, tables and libraries among it: {most:.0f} MB of a process that"
    )
    print(f"reads, {own:.0f} MB of the one that opens archives for it")
    told(counts, faults)


def _read(folder: Path, page: RawPage, processes: ReadingProcesses, kind: str, counts: Counter[str]) -> Iterator[str]:
    """Faults of ours while ``page`` is read."""
    for one in _given(folder, page):
        if one.page is None:
            counts[f"{kind}: not opened"] += 1
            continue
        _, reading = processes.read(one.page, one.beside or NOTHING_BESIDE)
        counts[f"{kind}: {'skipped' if reading.skipped else 'report'}"] += 1
        if reading.skipped and reading.skipped[0] in ("reader_fault", "too_slow", "too_much_memory"):
            yield str(reading.skipped)
        if reading.report:
            yield from (str(wrong) for wrong in wrong_spans(reading.report))


def _given(folder: Path, page: RawPage) -> Iterator[Input]:
    """``page`` as the file of its name gives it, a WARC or zip as all that are in it; as it is where no file may have
    that name."""
    file = folder / page.name
    try:
        file.write_bytes(page.data)
    except OSError:
        yield Input(page.name, None, page.url, page)
        return
    yield from pages_of([file], _NoNetwork(), _SETTINGS.reading.max_bytes, page.url)
    file.unlink()


class _NoNetwork:
    def fetch(self, url: str) -> RawPage:
        raise FetchFailed("fetch.failed", url=url)


def reading_processes_of_ours() -> ReadingProcesses:
    return reading_processes(_SETTINGS)


def used(processes: ReadingProcesses) -> tuple[float, float]:
    """(seconds of CPU, peak MB) of the process that reads; (0, 0) before there is one, or after it was ended."""
    for process in processes._idle:
        try:
            parts = Path(f"/proc/{process.process.pid}/stat").read_text().rpartition(")")[2].split()
            status = Path(f"/proc/{process.process.pid}/status").read_text()
        except OSError:
            continue
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        return (int(parts[11]) + int(parts[12])) / 100, peak / 1000
    return 0.0, 0.0


if __name__ == "__main__":
    main()
