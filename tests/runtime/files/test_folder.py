"""Files are read, written, listed and deleted below a root, and nowhere else."""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import anyio
import pytest
from automcp.runtime.files import content, entries
from automcp.runtime.files.failure import Missing
from automcp.runtime.files.folder import Folder
from automcp.runtime.server.settings import SettingsError
from automcp.runtime.shared.failure import BackendError, DeclaredError
from automcp.runtime.shared.model import UNSET, Model

Act = Callable[[Folder, str], Coroutine[Any, Any, object]]

READ: Act = lambda folder, path: folder.read(path, limit=100)  # noqa: E731
WRITE: Act = lambda folder, path: folder.write(path, "x", limit=100)  # noqa: E731
NEW: Act = lambda folder, path: folder.write(path, "x", limit=100, exists=There)  # noqa: E731
APPEND: Act = lambda folder, path: folder.append(path, "x", limit=100)  # noqa: E731
LIST: Act = lambda folder, path: folder.list(path, limit=100)  # noqa: E731
STAT: Act = lambda folder, path: folder.stat(path)  # noqa: E731
DELETE: Act = lambda folder, path: folder.delete(path)  # noqa: E731


class PathData(Model):
    path: str


class Gone(DeclaredError):
    name = "Gone"
    data: PathData

    def __init__(self, message: str = "It is gone.", *, data: PathData) -> None:
        super().__init__(message, data)


class There(DeclaredError):
    name = "There"

    def __init__(self, message: str = "It is there.") -> None:
        super().__init__(message)


ALL = [READ, WRITE, NEW, APPEND, LIST, STAT, DELETE]


async def test_text_is_read_as_it_is(folder: Folder) -> None:
    assert await folder.read("tea.txt", limit=100) == "Grün 🍵\r\n"
    assert await folder.read("./notes//jam.md", limit=3) == "jam"
    assert await folder.read_base64("bytes.bin", limit=2) == "AP8="
    with pytest.raises(BackendError, match=r"^'bytes.bin' is no UTF-8 text$"):
        await folder.read("bytes.bin", limit=100)


@pytest.mark.parametrize("path", ["gone", "gone/x", "notes/gone", "tea.txt/x", "tea.txt/x/y"])
@pytest.mark.parametrize("act", [READ, LIST, STAT, DELETE])
async def test_what_is_not_there_is_missing(folder: Folder, path: str, act: Act) -> None:
    with pytest.raises(Missing, match=r"^there is no '"):
        await act(folder, path)


async def test_a_file_longer_than_allowed_is_not_read(folder: Folder) -> None:
    with pytest.raises(BackendError, match=r"^'notes/jam.md' has more than the 2 bytes"):
        await folder.read("notes/jam.md", limit=2)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="needs files that lie about sizes"
)
async def test_a_file_that_is_longer_than_it_says_is_not_read_either(way: str) -> None:
    proc = Folder("/proc")
    assert "Name:" in await proc.read(f"{os.getpid()}/status", limit=100_000)
    with pytest.raises(BackendError, match="more than the 10 bytes"):
        await proc.read(f"{os.getpid()}/status", limit=10)


@pytest.mark.parametrize("act", [READ, WRITE, APPEND])
async def test_a_folder_is_no_file(folder: Folder, act: Act) -> None:
    with pytest.raises(BackendError, match=r"^'notes' is a folder$"):
        await act(folder, "notes")


@pytest.mark.parametrize("path", ["", ".", "./"])
@pytest.mark.parametrize("act", [READ, WRITE, NEW, APPEND, DELETE])
async def test_the_root_is_no_file(folder: Folder, path: str, act: Act) -> None:
    with pytest.raises(BackendError, match=r"names no file$"):
        await act(folder, path)


@pytest.mark.parametrize("act", ALL)
@pytest.mark.parametrize(
    "path", ["../secret/key.txt", "/etc/passwd", "notes/../../secret", "a\0", "\ud800"]
)
async def test_no_path_leads_out(folder: Folder, path: str, act: Act) -> None:
    with pytest.raises(BackendError, match=r"^the path "):
        await act(folder, path)


@pytest.mark.parametrize("act", [one for one in ALL if one not in (STAT, NEW)])
@pytest.mark.parametrize(
    "path", ["out/key.txt", "out", "key", "inside/jam.md", "inside", "nowhere", "nowhere/x"]
)
async def test_no_link_is_followed(root: Path, folder: Folder, path: str, act: Act) -> None:
    before = snapshot(root.parent)
    with pytest.raises(BackendError, match=r"is a link, and links are not followed$"):
        await act(folder, path)
    assert snapshot(root.parent) == before


async def test_the_name_of_a_link_is_taken(folder: Folder) -> None:
    with pytest.raises(There):
        await NEW(folder, "nowhere")
    assert (await folder.stat("nowhere"))["type"] == "link"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("act", [READ, WRITE, APPEND, LIST, DELETE])
async def test_pipes_are_refused_without_waiting(folder: Folder, act: Act) -> None:
    with anyio.fail_after(5), pytest.raises(BackendError, match=r"^'pipe' is no plain file$"):
        await act(folder, "pipe")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
@pytest.mark.parametrize("path", ["zero", "null", "tty"])
async def test_devices_are_refused(way: str, path: str) -> None:
    with pytest.raises(BackendError, match="no plain file"):
        await Folder("/dev").read(path, limit=10)
    with pytest.raises(BackendError, match="no plain file"):
        await Folder("/dev").append(path, "x", limit=10)


async def test_a_file_is_written_whole(root: Path, folder: Folder) -> None:
    await folder.write("notes/new/bread.md", "größe", limit=10)
    assert (root / "notes/new/bread.md").read_text("utf-8") == "größe"
    await folder.write("notes/new/bread.md", "", limit=10)
    assert (root / "notes/new/bread.md").read_bytes() == b""
    assert [one.name for one in (root / "notes/new").iterdir()] == ["bread.md"]


async def test_a_replaced_file_keeps_its_rights(root: Path, folder: Folder) -> None:
    (root / "tea.txt").chmod(0o640)
    old = (root / "tea.txt").stat().st_ino
    await folder.write("tea.txt", "x", limit=10)
    status = (root / "tea.txt").stat()
    assert stat.S_IMODE(status.st_mode) == 0o640
    assert status.st_ino != old, "whoever has it open still sees the old one"


async def test_a_file_that_is_there_is_replaced_only_if_it_may_be(folder: Folder) -> None:
    await folder.write("new.txt", "1", limit=10, exists=There)
    for path in ("new.txt", "notes"):
        with pytest.raises(There, match=r"^It is there\.$"):
            await folder.write(path, "2", limit=10, exists=There)
    assert await folder.read("new.txt", limit=10) == "1"


async def test_one_of_many_gets_a_free_name(root: Path, folder: Folder) -> None:
    won: list[int] = []

    async def write(at: int) -> None:
        with suppress(There):
            await folder.write("one.txt", str(at), limit=10, exists=There)
            won.append(at)

    async with anyio.create_task_group() as tasks:
        for at in range(40):
            tasks.start_soon(write, at)
    assert len(won) == 1 and (root / "one.txt").read_bytes() == str(won[0]).encode()


async def test_without_second_names_the_name_is_taken_first(
    root: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(content.os, "link", link)
    await folder.write("new.txt", "1", limit=10, exists=There)
    assert (root / "new.txt").read_bytes() == b"1"
    with pytest.raises(There):
        await folder.write("tea.txt", "1", limit=10, exists=There)


async def test_readers_never_see_half_of_a_file(root: Path, folder: Folder) -> None:
    one, other = "a" * 300_000, "b" * 200_000
    await folder.write("big.txt", one, limit=1_000_000)
    seen: set[str] = set()

    async def write() -> None:
        for at in range(30):
            await folder.write("big.txt", other if at % 2 else one, limit=1_000_000)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(write)
        for _ in range(30):
            seen.add(await folder.read("big.txt", limit=1_000_000))
    assert seen <= {one, other}


async def test_a_failed_write_leaves_nothing(
    root: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = snapshot(root)
    monkeypatch.setattr(content.os, "fsync", full)
    with pytest.raises(BackendError, match=r"^'tea.txt': No space left on device$"):
        await folder.write("tea.txt", "x", limit=10)
    assert snapshot(root) == before


async def test_content_longer_than_allowed_is_not_written(root: Path, folder: Folder) -> None:
    before = snapshot(root)
    for act in (folder.write, folder.append):
        with pytest.raises(BackendError, match="more than the 3 bytes"):
            await act("new.txt", "1234", limit=3)
    with pytest.raises(BackendError, match=r"^'notes/jam.md' has more than the 5 bytes"):
        await folder.append("notes/jam.md", "123", limit=5)
    assert snapshot(root) == before


async def test_appending(root: Path, folder: Folder) -> None:
    await folder.append("notes/jam.md", " and tea", limit=100)
    await folder.append("a/b/log.txt", "1", limit=100)
    await folder.append("a/b/log.txt", "2", limit=100, missing=Gone)
    assert (root / "notes/jam.md").read_bytes() == b"jam and tea"
    assert (root / "a/b/log.txt").read_bytes() == b"12"
    for path in ("gone.txt", "gone/x.txt"):
        with pytest.raises(Gone):
            await folder.append(path, "1", limit=100, missing=Gone)
    with pytest.raises(Gone):
        await folder.write("gone/x.txt", "1", limit=100, missing=Gone)
    assert not (root / "gone.txt").exists() and not (root / "gone").exists()


async def test_lines_that_many_append_stay_whole(root: Path, folder: Folder) -> None:
    async def log(at: int) -> None:
        await folder.append("log.txt", f"{at:03}\n", limit=10_000)

    async with anyio.create_task_group() as tasks:
        for at in range(100):
            tasks.start_soon(log, at)
    lines = (root / "log.txt").read_text().splitlines()
    assert sorted(lines) == [f"{at:03}" for at in range(100)]


async def test_a_folder_is_listed_in_order(folder: Folder) -> None:
    found = await listed(folder, "")
    kinds = {str(one["path"]): one["type"] for one in found}
    pipe = {"pipe": "other"} if hasattr(os, "mkfifo") else {}
    assert kinds == {
        "bytes.bin": "file",
        "empty": "folder",
        "inside": "link",
        "key": "link",
        "notes": "folder",
        "nowhere": "link",
        "out": "link",
        **pipe,
        "tea.txt": "file",
    }
    assert [*kinds] == sorted(kinds)
    sizes = {one["path"]: one["size"] for one in found if one["size"]}
    assert sizes == {"bytes.bin": 2, "tea.txt": 12}


@pytest.mark.parametrize(
    ("path", "glob", "found"),
    [
        ("notes", None, ["notes/jam.md", "notes/old"]),
        ("empty", None, []),
        ("", "*.txt", ["tea.txt"]),
        ("", "**/*.md", ["notes/jam.md", "notes/old/milk.md"]),
        ("notes", "**/*.md", ["notes/jam.md", "notes/old/milk.md"]),
        ("notes", "*/*", ["notes/old/milk.md"]),
        ("", "out/*", []),
        ("", "inside/**", ["inside"]),
        ("", "**/key.txt", []),
        ("", "nothing/*", []),
        ("", "tea.txt/*", []),
    ],
)
async def test_patterns_find(folder: Folder, path: str, glob: str | None, found: list[str]) -> None:
    assert [one["path"] for one in await listed(folder, path, glob)] == found


async def test_entries_are_dated_and_typed(root: Path, folder: Folder) -> None:
    os.utime(root / "tea.txt", (1_700_000_000.5, 1_700_000_000.5))
    assert await folder.stat("tea.txt") == {
        "path": "tea.txt",
        "type": "file",
        "size": 12,
        "modified": "2023-11-14T22:13:20.500000Z",
    }
    for path in ("", "."):
        assert (await folder.stat(path))["type"] == "folder"
    assert (await folder.stat("out"))["type"] == "link"
    assert re.fullmatch(r"[\d-]{10}T[\d:.]+Z", str((await folder.stat("empty"))["modified"]))


async def test_more_entries_than_wanted_are_an_error(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(await folder.list("notes", "**/*.md", limit=2)) == 2
    with pytest.raises(BackendError, match=r"^there is more than 1 entries"):
        await folder.list("notes", "**/*.md", limit=1)
    monkeypatch.setattr(entries, "_MOST_LOOKED_AT", 3)
    with pytest.raises(BackendError, match="too much to look at"):
        await folder.list("", "**/nothing", limit=1)


async def test_a_file_is_no_folder(folder: Folder) -> None:
    with pytest.raises(BackendError, match=r"^'tea.txt' is no folder$"):
        await folder.list("tea.txt", limit=10)


async def test_names_that_are_no_text_and_files_in_the_making_are_left_out(
    root: Path, folder: Folder
) -> None:
    (root / "empty" / ".~0123456789abcdef.tmp").write_text("")
    (root / "empty" / "größe 日本").write_text("")
    with suppress(OSError):
        Path(os.fsdecode(os.fsencode(root) + b"/empty/\xff")).write_text("")
    assert [one["path"] for one in await listed(folder, "empty")] == ["empty/größe 日本"]


async def test_files_and_empty_folders_are_deleted(root: Path, folder: Folder) -> None:
    await folder.delete("notes/jam.md")
    await folder.delete("empty")
    with pytest.raises(BackendError, match=r"^the folder 'notes' is not empty$"):
        await folder.delete("notes")
    assert not (root / "notes/jam.md").exists() and not (root / "empty").exists()


async def test_a_root_that_is_not_there_is_no_missing_file(tmp_path: Path, way: str) -> None:
    for act in ALL:
        root = str(tmp_path / "gone")
        with pytest.raises(BackendError) as caught:
            await act(Folder(root), "x")
        assert caught.value.message == (
            f"{root!r}, the folder of all files, cannot be opened: there is no such folder"
        )
        assert not isinstance(caught.value, Missing)


@pytest.mark.parametrize("root", ["", "a\0b", UNSET])
def test_a_root_needs_a_path(root: Any) -> None:
    with pytest.raises(SettingsError, match="no path"):
        Folder(root)


async def test_a_root_may_be_reached_by_links_and_from_the_working_folder(
    root: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root.parent / "link").symlink_to(root)
    monkeypatch.chdir(root.parent)
    for path in ("link", root.name, f"./{root.name}/"):
        assert await Folder(path).read("notes/jam.md", limit=10) == "jam"


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="holds where folders are held open")
async def test_no_race_leads_out(root: Path) -> None:
    """A folder and a file become links to a secret, and back, all the time."""
    folder = Folder(str(root))
    (root / "real").mkdir()
    (root / "real" / "key.txt").write_text("public")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            (root / "real").rename(root / "away")
            (root / "real").symlink_to("../secret")
            (root / "real").unlink()
            (root / "away").rename(root / "real")

    swapping = threading.Thread(target=swap)
    swapping.start()
    seen: set[str] = set()
    try:
        for at in range(300):
            with suppress(BackendError, DeclaredError):
                seen.add(await folder.read("real/key.txt", limit=100))
            with suppress(BackendError, DeclaredError):
                await folder.write(f"real/new{at % 5}", "x", limit=100, missing=Gone)
            with suppress(BackendError, DeclaredError):
                await folder.delete(f"real/new{at % 5}")
            with suppress(BackendError, DeclaredError):
                found = await listed(folder, "", "real/*")
                assert all(one["size"] in (0, 1, 6) for one in found)
    finally:
        stop.set()
        swapping.join()
    seen.add(await folder.read("real/key.txt", limit=100))
    assert seen == {"public"}
    assert [one.name for one in (root.parent / "secret").iterdir()] == ["key.txt"]
    assert (root.parent / "secret" / "key.txt").read_text() == "secret"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs a list of open files")
async def test_a_thousand_calls_leave_nothing_open(folder: Folder) -> None:
    await READ(folder, "tea.txt")
    before = len([*Path("/proc/self/fd").iterdir()])
    for act in ALL:
        for path in ("notes/old/milk.md", "key", "out/x", "gone/x", "notes/x", "pipe", "notes/old"):
            for _ in range(20):
                with suppress(BackendError, DeclaredError):
                    await act(folder, path)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


async def test_a_cancelled_search_ends(root: Path, way: str) -> None:
    deep = root / "notes"
    for at in range(300):
        (deep / f"{at}").mkdir()
        for name in "abcdefgh":
            (deep / f"{at}" / name).touch()
    with anyio.CancelScope() as scope:
        scope.cancel()
        await Folder(str(root)).list("", "**/nothing", limit=1)
    assert scope.cancelled_caught


async def test_bytes_are_written_as_base64(root: Path, folder: Folder) -> None:
    await folder.write("new.bin", "AP8=", binary=True, limit=2)
    await folder.append("new.bin", "AA==", binary=True)
    assert (root / "new.bin").read_bytes() == b"\x00\xff\x00"
    for text in ("A", "AP8", "AP8=\n", "A-8=", "é"):
        with pytest.raises(BackendError, match=r"^the content is no base64$"):
            await folder.write("new.bin", text, binary=True)


async def test_what_is_no_text_is_not_written(folder: Folder) -> None:
    with pytest.raises(BackendError, match=r"^the content is no Unicode text$"):
        await folder.write("tea.txt", "\ud800")
    with pytest.raises(BackendError, match=r"^there is no content$"):
        await folder.write("tea.txt", UNSET)
    with pytest.raises(BackendError, match=r"^there is no path$"):
        await folder.read(UNSET)


@pytest.mark.parametrize("path", ["gone", "gone/x", "tea.txt/x"])
async def test_what_is_missing_is_the_error_that_the_spec_names(folder: Folder, path: str) -> None:
    for ask in (folder.read, folder.read_base64, folder.list, folder.stat, folder.delete):
        with pytest.raises(Gone, match=r"^It is gone\.$") as caught:
            await ask(path, missing=Gone)
        assert caught.value.data == PathData(path=path)


async def listed(
    folder: Folder, path: str, pattern: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", await folder.list(path, pattern, limit=limit))


def snapshot(folder: Path) -> dict[str, object]:
    """Everything below a folder, and what is in it."""
    return {
        str(path): path.read_bytes()
        if path.is_file()
        else path.readlink()
        if path.is_symlink()
        else None
        for path in sorted(folder.rglob("*"))
    }
