"""Paths and patterns, as text: what leads out is refused before anything is touched."""

from __future__ import annotations

import pytest
from automcp.runtime.files.path import names
from automcp.runtime.files.pattern import pattern
from automcp.runtime.shared.failure import BackendError


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", ()),
        (".", ()),
        ("a", ("a",)),
        ("a/b.txt", ("a", "b.txt")),
        ("./a//b/./c/", ("a", "b", "c")),
        ("...", ("...",)),
        ("a..b/..c", ("a..b", "..c")),
        ("größe/日本 🍵", ("größe", "日本 🍵")),
        ("a\\..\\b", ("a\\..\\b",)),
        ("C:/x", ("C:", "x")),
        ("con", ("con",)),
        ("~/x", ("~", "x")),
        ("$HOME/%2e%2e", ("$HOME", "%2e%2e")),
        ("-rf\n", ("-rf\n",)),
    ],
)
def test_paths_are_names(path: str, found: tuple[str, ...]) -> None:
    assert names(path, windows=False) == found


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/etc/passwd", "absolute"),
        ("//host/share", "absolute"),
        ("..", "`..`"),
        ("../x", "`..`"),
        ("a/../b", "`..`"),
        ("a/..", "`..`"),
        ("a/./../../b", "`..`"),
        ("a\0b", "no path"),
        ("a/" * 65, "no path"),
        ("a" * 5000, "no path"),
        ("\ud800", "Unicode"),
        ("\udcff/x", "Unicode"),
    ],
)
@pytest.mark.parametrize("windows", [False, True])
def test_what_leads_out_is_refused(path: str, problem: str, windows: bool) -> None:
    with pytest.raises(BackendError, match=problem):
        names(path, windows=windows)


@pytest.mark.parametrize(
    "path",
    [
        *("C:/x", "c:x", "a\\b", "..\\x", "\\\\host\\share", "\\x", "a.txt:stream", "a::$DATA"),
        *(
            "con",
            "NUL",
            "aux.txt",
            "x/COM1",
            "lpt9.tar.gz",
            "com¹",
            "CONIN$",
            "a.",
            "a ",
            "a*",
            "a\tb",
        ),
    ],
)
def test_windows_reads_more_into_names(path: str) -> None:
    with pytest.raises(BackendError, match="Windows"):
        names(path, windows=True)


@pytest.mark.parametrize("path", ["conf", "com10", "nulls.txt", "a b.txt", "größe", ".x", "comet"])
def test_windows_has_plain_names_too(path: str) -> None:
    assert names(path, windows=True) == (path,)


@pytest.mark.parametrize(
    ("glob", "fitting", "others"),
    [
        ("*", ["a", ".a", "a.md"], ["a/b"]),
        ("*.md", ["a.md", ".md"], ["a.MD", "a.mdx", "b/a.md"]),
        ("?.md", ["a.md", "ö.md"], ["ab.md", ".md"]),
        ("[a-c]*", ["a", "cx"], ["d", "A"]),
        ("[!a]", ["b"], ["a"]),
        ("a/*", ["a/b"], ["a", "a/b/c", "b/b"]),
        ("./a//b/", ["a/b"], ["a"]),
        ("**", ["a", "a/b", "a/b/c"], []),
        ("**/*.md", ["a.md", "b/a.md", "c/b/a.md"], ["a.md/x", "md"]),
        ("a/**", ["a", "a/b", "a/b/c"], ["b", "ab"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/b"], ["a", "a/b/c", "b"]),
        ("**/a/**/b", ["a/b", "x/a/y/b", "a/a/b/b"], ["a", "b"]),
        ("**/**", ["a", "a/b"], []),
        ("a**", ["a", "ab"], ["a/b", "b"]),
        ("(a|b)+$", ["(a|b)+$"], ["a"]),
        ("*\n", ["a\n"], ["a"]),
    ],
)
def test_patterns(glob: str, fitting: list[str], others: list[str]) -> None:
    def fits(path: str) -> bool:
        found = pattern(glob)
        state = found.start
        for name in path.split("/"):
            state = found.after(state, name)
        return found.fits(state)

    assert [path for path in fitting if not fits(path)] == []
    assert [path for path in others if fits(path)] == []


@pytest.mark.parametrize("glob", ["/a", "../*", "a/../b", "**/..", "a\0", "*" * 1001])
def test_patterns_stay_below_the_folder(glob: str) -> None:
    with pytest.raises(BackendError, match="no pattern"):
        pattern(glob)


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    found = pattern("*a" * 400 + "/**" * 60)
    assert found.after(found.start, "a" * 255) == frozenset()
