"""Is the crawl well? One line that a timer, or whatever watches it, can go by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from indexer.crawl.site_states import SiteState

_FETCHED = ("added", "new_version", "unchanged", "not_modified", "no_report", "list", "sitemap")


def unwell(names: Iterable[str], states: Sequence[SiteState], now: datetime, most_age: timedelta) -> list[str]:
    """The sites among ``names`` that were not reached within ``most_age``."""
    success = {state.site: state.last_success for state in states}
    return [name for name in names if (at := success.get(name)) is None or now - at > most_age]


def health_line(names: Sequence[str], states: Sequence[SiteState], now: datetime, most_age: timedelta) -> str:
    """``crawl health=ok sites=2 …``: words and numbers, one line; ``failing`` names the sites that want a look."""
    failing = unwell(names, states, now, most_age)
    known = [state for state in states if state.site in set(names)]
    totals = {
        "fetched": sum(state.outcomes.get(outcome, 0) for state in known for outcome in _FETCHED),
        "changed": sum(state.outcomes.get(outcome, 0) for state in known for outcome in ("added", "new_version")),
        "vanished": sum(state.outcomes.get("vanished", 0) for state in known),
        "errors": sum(state.outcomes.get(outcome, 0) for state in known for outcome in ("error", "challenge")),
        "waiting": sum(state.waiting for state in known),
    }
    last = max((state.last_success for state in known if state.last_success), default=None)
    words = [f"crawl health={'failing' if failing else 'ok'}", f"sites={len(names)}"]
    words += [f"{name}={count}" for name, count in totals.items()]
    words.append(f"last_success={last.isoformat() if last else 'never'}")
    if failing:
        words.append(f"failing={','.join(name.replace(' ', '_') for name in failing)}")
    return " ".join(words)
