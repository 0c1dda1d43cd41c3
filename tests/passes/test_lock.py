"""The lock survives a round trip, and nothing that is wrong with it gets through."""

from __future__ import annotations

import pytest
from automcp.output.files import Owner
from automcp.output.lock import Entry, Lock, Origin, Record, dump_lock, read_lock
from automcp.text.report import Rejected

HASH = "0123456789abcdef" * 4
ORIGIN = Origin("0.1.0", HASH, HASH)
LOCK = Lock(
    {
        "server": Record(
            ORIGIN,
            {
                "server/b.py": Entry(Owner.SEEDED, HASH),
                "server/a.py": Entry(Owner.GENERATED, HASH),
                "server/\N{SNOWMAN} o'clock\x7f.py": Entry(Owner.GENERATED, HASH),
            },
        ),
        "client": Record(ORIGIN, {}),
    }
)


def test_round_trip() -> None:
    text = dump_lock(LOCK)
    assert read_lock(text.encode()) == LOCK
    assert dump_lock(read_lock(text.encode())) == text


def test_sorted_and_one_file_a_line() -> None:
    lines = dump_lock(LOCK).splitlines()
    assert lines.index("[targets.client]") < lines.index("[targets.server]")
    assert f'"server/a.py" = {{ owner = "generated", sha256 = "{HASH}" }}' in lines
    assert [line for line in lines if line.startswith('"server/a')] < [
        line for line in lines if line.startswith('"server/b')
    ]


def _with(line: str) -> str:
    head = f'format = 1\n[targets.server]\ngenerator = "1"\nspec = "{HASH}"\noptions = "{HASH}"\n'
    return f"{head}[targets.server.files]\n{line}\n"


def _file(path: str, *, owner: str = "generated", sha256: str = HASH) -> str:
    return _with(f'"{path}" = {{ owner = "{owner}", sha256 = "{sha256}" }}')


BROKEN = {
    "conflict markers": "<<<<<<< HEAD\nformat = 1\n",
    "empty": "",
    "newer format": "format = 2\n",
    "targets is no table": "format = 1\ntargets = 3\n",
    "no origin": "format = 1\n[targets.server]\n",
    "spec is no hash": f'format = 1\n[targets.a]\ngenerator = "1"\nspec = "x"\noptions = "{HASH}"\n',
    "target leaves its table": f'format = 1\n[targets."a/../b"]\nspec = "{HASH}"\n',
    "absolute path": _file("/etc/passwd"),
    "path above the root": _file("../x"),
    "path through the root": _file("a/../../x"),
    "drive letter": _file("C:/x"),
    "backslashes": _file("a\\\\..\\\\x"),
    "line end in a path": _file("a\\nb"),
    "unknown owner": _file("a", owner="root"),
    "short hash": _file("a", sha256="abc"),
    "entry is a string": _with('"a" = "b"'),
    "deep": "a = " + "[" * 100_000,
    "twice": _with(f'"a" = {{ owner = "seeded", sha256 = "{HASH}" }}\n"a" = 1'),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_lock_is_one_diagnostic(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_lock(text.encode())
    assert [found.code for found in caught.value.report] == ["AM510"]


def test_a_lock_that_is_no_text() -> None:
    with pytest.raises(Rejected):
        read_lock(b"format = 1\n# \xff\n")


def test_the_sound_form_of_the_broken_ones_is_read() -> None:
    assert read_lock(_file("a").encode()).targets["server"].files["a"].owner is Owner.GENERATED
