"""One small file per kind of site. To add one: copy the shortest, list it here, add its sample page and its test."""

from __future__ import annotations

from indexer.pipeline.extract.families import (
    clone,
    dedecms,
    docmill,
    docshare,
    government,
    jcms,
    trs,
    vsb,
    web,
    wnwk,
)
from indexer.pipeline.extract.families.family import Family
from indexer.pipeline.extract.markup import Markup

FAMILIES = (
    wnwk.FAMILY,
    docmill.FAMILY,
    clone.FAMILY,
    docshare.FAMILY,
    jcms.FAMILY,
    vsb.FAMILY,
    trs.FAMILY,
    dedecms.FAMILY,
    government.FAMILY,
    web.FAMILY,
)


def family_of(markup: Markup) -> Family:
    """The first that recognises the page; ``web`` takes all that is left."""
    return next(family for family in FAMILIES if family.recognises(markup))
