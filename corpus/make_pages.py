"""Makes the sample pages, and what a right reading of each of them is.

    python -m corpus.make_pages            writes corpus/pages/ and corpus/truth.jsonl
    python -m corpus.make_pages --check    fails where they are not what this script makes

Facts (``facts.jsonl``) become sentences (``making/wording.py``), sentences pages (``making/compose.py``), pages are
damaged (``making/damage.py``, shares in ``making/plan.py``) and dressed in a family's mark-up (``making/dress.py``).
Ten full-length pages are made of texts written by hand (``making/full_length.py``). Everything is seeded by names:
the same facts give the same bytes.
"""

from __future__ import annotations

import json
import random
import sys

from corpus.making import full_length
from corpus.making.dress import dressed
from corpus.making.facts import CORPUS
from corpus.making.plan import planned
from corpus.making.truth import truth

PAGES = CORPUS / "pages"
TRUTH = CORPUS / "truth.jsonl"


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
