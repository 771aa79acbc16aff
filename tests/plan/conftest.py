from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.plan import finding_site as site


@pytest.fixture(scope="package")
def found(tmp_path_factory):
    """The site before its last day, with it, and made whole at once; in processes, too."""
    root = tmp_path_factory.mktemp("finding")
    before = site.built(root, site.DAYS[:-1])
    after = site.built(root, site.DAYS)
    whole = site.built(root, site.DAYS, full=True)
    processes = site.built(root, site.DAYS, full=True, executor="process", jobs=2)
    return SimpleNamespace(before=before, after=after, whole=whole, processes=processes)
