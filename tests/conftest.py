from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: no example fails for being slow.
settings.register_profile("steady", deadline=None, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample dumps and mock-ups that lies beside a checkout, where there is one."""
    named = os.environ.get("SITEGEN_SHARED")
    if named:
        return Path(named)
    for folder in Path(__file__).resolve().parents:
        found = folder / "shared"
        if (found / "dumps").is_dir():
            return found
    pytest.skip("the dumps in ../shared are not here")
