"""Commands: what comes of their output and of their end, and that nothing of them stays behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.ir import bindings
from automcp.runtime.command.run import INHERITED, LIMIT, run
from automcp.runtime.shared.failure import ArgumentError, BackendError, DeclaredError
from automcp.runtime.shared.model import UNSET, Model

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(os.name != "posix", reason="process groups, shells and signals of POSIX"),
]


class Facts(Model):
    code: int
    stderr: str | None = None


class Missing(DeclaredError):
    name = "Missing"

    def __init__(self, message: str = "Nothing is there.") -> None:
        super().__init__(message)


class Failed(DeclaredError):
    name = "Failed"
    data: Facts

    def __init__(self, message: str = "It failed.", *, data: Facts) -> None:
        super().__init__(message, data)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def sh(code: str) -> list[str]:
    return ["sh", "-c", code]


def test_the_defaults_are_the_compilers() -> None:
    assert (INHERITED, LIMIT) == (bindings.INHERITED, bindings.OUTPUT_LIMIT)


@pytest.mark.parametrize(
    ("written", "output", "expected"),
    [
        (b"hi\n", "text", "hi"),
        (b"hi\n\n", "text", "hi\n"),
        (b"", "text", ""),
        (b"\xff\xe4\n", "text", "��"),
        (b"a\r\nb\n", "lines", ["a", "b"]),
        (b"a\n\n", "lines", ["a", ""]),
        (b"", "lines", []),
        (b"\n", "lines", [""]),
        ("a\u2028b\x0bc\n".encode(), "lines", ["a\u2028b\x0bc"]),
        (b'{"a": [1, null]}\n', "json", {"a": [1, None]}),
        (b"anything", "none", None),
    ],
)
async def test_output(written: bytes, output: Any, expected: object) -> None:
    code = f"import sys; sys.stdout.buffer.write({written!r})"
    assert await run(python(code), output=output) == expected


@pytest.mark.parametrize("written", ["", "nope", "NaN", "[" * 100_000])
async def test_output_that_is_no_json(written: str) -> None:
    with pytest.raises(BackendError, match="wrote no JSON") as failed:
        await run(["cat"], stdin=written, output="json")
    assert len(failed.value.message) <= 1000


@pytest.mark.parametrize(
    ("given", "expected"),
    [("äö\n", "äö"), (UNSET, ""), ({"a": Facts.model_validate({"code": 1})}, '{"a":{"code":1}}')],
)
async def test_input(given: object, expected: str) -> None:
    assert await run(["cat"], stdin=given) == expected


async def test_a_command_need_not_read_its_input() -> None:
    assert await run(["head", "-c", "3"], stdin="x" * 5_000_000) == "xxx"
    assert await run(["true"], stdin="x" * 5_000_000) == ""


async def test_much_goes_in_while_much_comes_out() -> None:
    assert await run(["cat"], stdin="x" * 3_000_000) == "x" * 3_000_000


async def test_the_servers_own_input_is_not_the_commands() -> None:
    assert await run(["cat"]) == ""
    told = "import os; print(os.getsid(0) == os.getpid(), os.isatty(0))"
    assert await run(python(told)) == "True False"


async def test_no_shell_looks_at_arguments() -> None:
    assert await run(["echo", "$HOME; `id` $(id) *", "a\nb"]) == "$HOME; `id` $(id) * a\nb"


async def test_a_command_sees_nothing_of_the_environment_but_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "hunter2")
    monkeypatch.setenv("TZ", "UTC")
    names = await run(
        python("import json, os; print(json.dumps(sorted(os.environ)))"), output="json"
    )
    assert isinstance(names, list)
    assert "TZ" in names
    assert "SHOP_TOKEN" not in names
    own = {"MINE": "1", "UNSAID": UNSET}
    said = await run(["/usr/bin/env"], inherited=("TZ",), environment=own, output="lines")
    assert said == ["TZ=UTC", "MINE=1"]


async def test_the_folder(tmp_path: Path) -> None:
    assert await run(["pwd"], cwd=str(tmp_path)) == str(tmp_path)
    with pytest.raises(BackendError, match=r"^pwd cannot be started: the folder"):
        await run(["pwd"], cwd=str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["nonesuch"], "nonesuch cannot be started: there is no such program"),
        (["/etc"], "etc cannot be started: Permission denied"),
        (sh("echo oops >&2; exit 3"), "sh ended with exit code 3: oops"),
        (sh("echo said; exit 3"), "sh ended with exit code 3: said"),
        (sh("exit 3"), "sh ended with exit code 3"),
        (sh("kill -9 $$"), "sh was ended by SIGKILL"),
        (sh("printf '\\033[31mred\\007\\n' >&2; exit 1"), "sh ended with exit code 1: [31mred"),
    ],
)
async def test_failures_are_told(argv: list[str], message: str) -> None:
    with pytest.raises(BackendError) as failed:
        await run(argv)
    assert failed.value.message == message
    assert not failed.value.retryable


async def test_a_long_complaint_is_shortened() -> None:
    with pytest.raises(BackendError) as failed:
        await run(python("import sys; sys.exit('x' * 10_000_000)"))
    assert len(failed.value.message) == 1000


async def test_declared_errors() -> None:
    with pytest.raises(Missing, match=r"^no such thing$"):
        await run(sh("echo no such thing >&2; exit 4"), errors={4: Missing})
    with pytest.raises(Missing, match=r"^Nothing is there\.$"):
        await run(sh("exit 4"), errors={4: Missing}, otherwise=Failed)
    with pytest.raises(Failed, match=r"^bad$") as failed:
        await run(sh("echo bad >&2; exit 5"), errors={4: Missing}, otherwise=Failed)
    assert failed.value.data == Facts.model_validate({"code": 5, "stderr": "bad\n"})


async def test_other_codes_may_be_fine() -> None:
    assert await run(sh("echo differs; exit 1"), succeeds=(0, 1)) == "differs"
    with pytest.raises(BackendError):
        await run(["true"], succeeds=(1,))


async def test_no_message_repeats_a_secret() -> None:
    with pytest.raises(BackendError) as failed:
        await run(sh("echo cannot log in as hunter2 >&2; exit 1"), secrets=("hunter2", "", UNSET))
    assert failed.value.message == "sh ended with exit code 1: cannot log in as ***"


@pytest.mark.parametrize("word", ["a\0b", "\ud800"])
async def test_what_no_system_takes_is_refused(word: str) -> None:
    with pytest.raises(ArgumentError):
        await run(["echo", word])
    with pytest.raises(ArgumentError):
        await run(["echo"], cwd=word)
    with pytest.raises(ArgumentError):
        await run(["echo"], environment={"A": word})
    with pytest.raises(ArgumentError):
        await run(["cat"], stdin="\ud800")


async def test_more_arguments_than_a_system_takes() -> None:
    with pytest.raises(ArgumentError, match="more than echo can be given"):
        await run(["echo", "x" * 10_000_000])


def alive(pid: int) -> bool:
    """Whether a process still runs; a zombie of somebody else's does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def gone(*pids: int) -> None:
    with anyio.fail_after(10):
        while any(map(alive, pids)):
            await anyio.sleep(0.02)


on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


@on_linux
@pytest.mark.parametrize("deaf", [False, True])
async def test_cancelled_it_ends_with_its_children(tmp_path: Path, deaf: bool) -> None:
    place = tmp_path / "pids"
    trap = "trap '' TERM;" if deaf else ""
    script = f"{trap} sleep 1000 & echo $! > {place}.new; echo $$ >> {place}.new; mv {place}.new {place}; wait; sleep 1000"
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run, sh(script))
        while not place.exists():
            await anyio.sleep(0.01)
        tasks.cancel_scope.cancel()
    await gone(*map(int, place.read_text("utf-8").split()))


@on_linux
async def test_what_it_leaves_behind_ends_with_it() -> None:
    with anyio.fail_after(10):
        left = await run(sh("sleep 1000 & echo $!"))
    assert isinstance(left, str)
    await gone(int(left))


async def test_who_leaves_the_group_and_keeps_the_pipe_is_not_waited_for() -> None:
    code = "import os, time\nif os.fork() == 0: os.setsid(); time.sleep(20)\nelse: print('done')"
    with anyio.fail_after(10):
        assert await run(python(code)) == "done"


@on_linux
async def test_who_writes_without_end_is_ended(tmp_path: Path) -> None:
    place = tmp_path / "pid"
    with anyio.fail_after(10), pytest.raises(BackendError, match="sh wrote more than 1000 bytes"):
        await run(sh(f"echo $$ > {place}; yes"), limit=1000)
    await gone(int(place.read_text("utf-8")))


async def test_just_as_much_as_is_allowed() -> None:
    assert await run(["printf", "12345"], limit=5) == "12345"
    with pytest.raises(BackendError):
        await run(["printf", "123456"], limit=5)


async def test_endless_complaints_are_not_kept() -> None:
    with pytest.raises(BackendError) as failed:
        await run(sh("head -c 50000000 /dev/zero | tr '\\0' x >&2; exit 1"))
    assert len(failed.value.message) == 1000


async def test_who_closes_its_output_is_waited_for() -> None:
    code = "import os, time; os.close(1); os.close(2); time.sleep(0.2); os._exit(7)"
    assert await run(python(code), succeeds=(7,), output="none") is None


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def zombies() -> int:
    own = f" {os.getpid()} "
    states = Path("/proc").glob("[0-9]*/stat")
    return sum(_is_zombie_of(own, one) for one in states)


def _is_zombie_of(parent: str, stat: Path) -> bool:
    try:
        after = stat.read_text("utf-8").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return after.startswith(" Z") and after[2:].startswith(parent)


@on_linux
async def test_a_thousand_calls_leave_nothing_open() -> None:
    async def twenty_five() -> None:
        for _ in range(25):
            await run(["true"])

    await run(["true"])
    before = descriptors()
    for _ in range(10):
        async with anyio.create_task_group() as tasks:
            for _ in range(4):
                tasks.start_soon(twenty_five)
    for _ in range(20):
        with anyio.move_on_after(0.01):
            await run(["sleep", "100"])
        with pytest.raises(BackendError):
            await run(["yes"], limit=10)
        with pytest.raises(BackendError):
            await run(["nonesuch"])
    assert descriptors() <= before
    assert zombies() == 0


async def test_only_so_many_run_at_a_time(tmp_path: Path) -> None:
    script = f"echo >> {tmp_path}/$$; ls {tmp_path} | wc -l; sleep 0.05; rm {tmp_path}/$$"
    seen: list[int] = []

    async def count() -> None:
        seen.append(int(str(await run(sh(script)))))

    async with anyio.create_task_group() as tasks:
        for _ in range(100):
            tasks.start_soon(count)
    assert len(seen) == 100
    assert 1 < max(seen) <= 40


async def test_cancelled_at_any_moment() -> None:
    for step in range(30):
        with anyio.move_on_after(step / 5000):
            await run(["sleep", "100"])


async def test_nothing_that_it_writes_reaches_the_servers_own_output(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert await run(sh("echo out; echo err >&2")) == "out"
    assert capfd.readouterr() == ("", "")
