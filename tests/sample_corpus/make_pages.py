"""Makes the sample pages, and what a right reading of each of them is.

    python -m tests.sample_corpus.make_pages            writes corpus/sample/pages/ and corpus/sample/truth.jsonl
    python -m tests.sample_corpus.make_pages --check    fails where they are not what this script makes

Facts (``facts.jsonl``) become sentences (``wording.py``), sentences pages (``compose.py``), pages are
damaged (``damage.py``, shares in ``plan.py``) and dressed in a family's mark-up (``dress.py``).
Ten full-length pages are made of texts written by hand (``full_length.py``). Everything is seeded by names:
the same facts give the same bytes.
"""

from __future__ import annotations

import json
import random
import sys

from tests.sample_corpus import full_length
from tests.sample_corpus.dress import dressed
from tests.sample_corpus.facts import CORPUS
from tests.sample_corpus.plan import planned
from tests.sample_corpus.truth import truth

PAGES = CORPUS / "sample" / "pages"
TRUTH = CORPUS / "sample" / "truth.jsonl"


def made() -> tuple[dict[str, bytes], str]:
    """(pages by name, the lines of truth.jsonl)."""
    pages = {name: full_length.page(name) for name in full_length.FAMILIES}
    told = [full_length.truth(name) for name in full_length.FAMILIES]
    for page in planned():
        sent = dressed(page.draft, page.family, page.published, random.Random(f"dress {page.draft.name}"))
        pages[page.file] = sent.data
        told.append(truth(page, sent))
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in sorted(told, key=lambda one: one["page"])]
    return pages, "".join(lines)


def main(arguments: list[str]) -> int:
    pages, told = made()
    there = {path.name for path in PAGES.glob("*.html")}
    if "--check" in arguments:
        stale = [name for name, data in pages.items() if name not in there or (PAGES / name).read_bytes() != data]
        stale += sorted(there - set(pages))
        stale += [] if TRUTH.is_file() and TRUTH.read_text("utf-8") == told else [TRUTH.name]
        print("\n".join(f"{name} is not what make_pages makes" for name in stale) or "pages and truth are as made")
        return bool(stale)
    PAGES.mkdir(exist_ok=True)
    for name in there - set(pages):
        (PAGES / name).unlink()
    for name, data in pages.items():
        (PAGES / name).write_bytes(data)
    TRUTH.write_text(told, "utf-8")
    print(f"{len(pages)} pages in {PAGES}, {sum(map(len, pages.values())) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
