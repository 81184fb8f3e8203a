"""A node behind TLS and a user: an index is filled and asked through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engines.opensearch import connection
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.errors import BadSetup
from tests.contract.worlds import ask, found, two_years_of_three_zones
from tests.opensearch.cluster import Cluster
from tests.opensearch.tls_front import PASSWORD, USER, Certificate, tls_front

Make = Callable[..., OpenSearchEngine]


def test_an_index_is_filled_and_asked_through_tls_with_a_user(
    engine_at: Make, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = engine_at()
    certificate = Certificate.made(tmp_path, "node")
    with tls_front(certificate, cluster.nodes[0].address) as front:
        monkeypatch.setenv(connection.USER, USER)
        monkeypatch.setenv(connection.PASSWORD, PASSWORD)
        secure = {"hosts": (front.address,), "ca": str(certificate.file)}
        engine = engine_at(**secure)
        engine.replace_all(two_years_of_three_zones())
        engine.verify()
        assert found(engine.search(ask("招商"))) == found(plain.search(ask("招商"))) != []
        monkeypatch.setenv(connection.PASSWORD, "wrong")
        with pytest.raises(BadSetup, match=connection.PASSWORD):
            engine_at(**secure).search(ask("招商"))
        with pytest.raises(BadSetup, match=connection.PASSWORD):
            engine_at(**secure).replace_all(two_years_of_three_zones())
    assert found(plain.search(ask("招商"))) != []
