# SPDX-License-Identifier: Apache-2.0
"""One installation for all tests of a worker, moved after it was made."""
import pytest

import sdk


@pytest.fixture(scope="session")
def prefix(tmp_path_factory):
    """The prefix of an installation that was made for another place."""
    folder = tmp_path_factory.mktemp("sdk")
    return sdk.install(folder / "staged").rename(folder / "moved")
