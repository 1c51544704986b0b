"""What every test may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from schemas.catalogue import Catalogue, Language, load_catalogue
from tests.web_site import Site

# The same examples in every run, and no time limit: the first one compiles the catalogue's patterns.
settings.register_profile("bulletin", derandomize=True, deadline=None)
settings.load_profile("bulletin")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue of Bulletin, without any folder laid over it."""
    return load_catalogue()


@pytest.fixture(scope="session")
def english(catalogue: Catalogue) -> Language:
    """The words of English."""
    return catalogue.languages["en"]


@pytest.fixture(scope="session")
def chinese(catalogue: Catalogue) -> Language:
    """The words of Chinese."""
    return catalogue.languages["zh"]


@pytest.fixture(scope="module")
def prefect() -> Iterator[None]:
    """Prefect with a temporary server."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on this machine."""
    found = Site()
    yield found
    found.close()
