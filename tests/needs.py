"""What tests need of this computer beyond Python: where it is missing they are left out, and nobody is fooled in CI."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRE_ALL = "BRONVAST_REQUIRE_ALL"  # set in CI: what would be left out fails


def leave_out(reason: str) -> None:
    """Skip the test with a plain reason; fail it where everything is required."""
    if os.environ.get(REQUIRE_ALL):
        pytest.fail(reason)
    pytest.skip(reason)


def program(*names: str, package: str) -> str:
    """The path of the first of these programs that is installed; without any, the test is left out."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        leave_out(f"no {names[0]} on this computer; install it with: apt-get install {package}")
    return str(found)
