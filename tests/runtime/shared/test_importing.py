"""Nothing of how a big package is imported is left afterwards."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest
from automcp.runtime.shared.importing import undisturbed


@pytest.fixture(autouse=True)
def as_before() -> Generator[None]:
    enabled = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if enabled else gc.disable)()


def test_nobody_collects_meanwhile_and_somebody_does_afterwards() -> None:
    gc.enable()
    with undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_failing_import_leaves_it_on() -> None:
    gc.enable()
    with pytest.raises(ImportError), undisturbed():
        raise ImportError
    assert gc.isenabled()


def test_who_has_it_off_keeps_it_off() -> None:
    gc.disable()
    with undisturbed():
        pass
    assert not gc.isenabled()


def test_what_somebody_froze_stays_frozen() -> None:
    gc.enable()
    gc.freeze()
    frozen = gc.get_freeze_count()
    with undisturbed():
        pass
    # Threads of other tests may end meanwhile, and what they held goes.
    assert 0 < gc.get_freeze_count() <= frozen


def test_garbage_from_meanwhile_is_found_later() -> None:
    class Ring:
        ends = 0

        def __del__(self) -> None:
            Ring.ends += 1

    gc.enable()
    with undisturbed():
        ring = Ring()
        ring.__dict__["self"] = ring
        del ring
    gc.collect()
    assert Ring.ends == 1
