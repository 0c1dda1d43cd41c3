"""What `make demo` shows: a spec is compiled, its server started, and called through its client."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import anyio

SHOP = Path(__file__).parent / "shop"
COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "shop"
        step("One spec, and the handlers that were written by hand")
        copy_example(project)
        show((project / "shop.yaml").read_text("utf-8"), "      product:", lines=9)
        step("automcp generate: a server, a typed client, tests")
        generate(project)
        show(
            (project / "client/src/shop_client/client.py").read_text("utf-8"),
            "    async def product",
            lines=12,
        )
        step("The server, over Streamable HTTP")
        with running(project) as url:
            note(f"{url}")
            step("Called through the compiled client")
            sys.path.insert(0, str(project / "client" / "src"))
            anyio.run(call, url)
        step("The generated tests")
        test(project)
    step("Next: `.venv/bin/automcp new notes --defaults`, or read examples/shop/check.py")


def copy_example(project: Path) -> None:
    """Only what people wrote: the spec and the bodies."""
    source = SHOP / "server/src/shop_server"
    target = project / "server/src/shop_server"
    shutil.copytree(
        source / "handlers", target / "handlers", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(source / "state.py", target)
    shutil.copy(SHOP / "shop.yaml", project)


def generate(project: Path) -> None:
    started = time.perf_counter()
    command = [sys.executable, "-m", "automcp", "generate", str(project)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    files = [path for path in project.rglob("*") if path.is_file()]
    note(
        f"{len(files)} files in {time.perf_counter() - started:.1f} s, such as shop_client/client.py:"
    )


@contextmanager
def running(project: Path) -> Generator[str]:
    """The compiled server as a process of its own; gives its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(project / "server" / "src")}
    command = [sys.executable, "-m", "shop_server", "--http", "--port", str(port)]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("the compiled server did not start")


async def call(url: str) -> None:
    from shop_client import InvalidArguments, Line, OutOfStock, Pickup, ShopClient

    async with ShopClient(url, {"verify": "strict"}) as shop:
        code('await shop.catalog.search("tea", limit=1)')
        for product in await shop.catalog.search("tea", limit=1):
            note(repr(product))
        code(
            'await shop.orders.create("Ada", [Line(sku="TEA-001", quantity=2)], Pickup(kind="pickup", store="Oslo"))'
        )
        order = await shop.orders.create(
            "Ada", [Line(sku="TEA-001", quantity=2)], Pickup(kind="pickup", store="Oslo")
        )
        note(f"Order(id={order.id!r}, total={order.total}, state={order.state!r}, ...)")
        code('await shop.orders.create("Ada", [Line(sku="MUG-001", quantity=9)], ...)')
        try:
            await shop.orders.create(
                "Ada", [Line(sku="MUG-001", quantity=9)], Pickup(kind="pickup", store="Oslo")
            )
        except OutOfStock as error:
            note(f"raised OutOfStock: sku={error.data.sku!r}, available={error.data.available}")
        code('await shop.catalog.product("tea")')
        try:
            await shop.catalog.product("tea")
        except InvalidArguments as error:
            note(f"raised InvalidArguments before anything was sent: {error}")
        code('await shop.reports.with_options(progress=...).sales("2026-11-01", 5)')
        steps: list[str] = []
        followed = shop.reports.with_options(
            progress=lambda update: steps.append(update.message or "")
        )
        report = await followed.sales("2026-11-01", 5)
        note(
            f"{len(report.days)} days; progress on the way: {', '.join(step for step in steps if step)}"
        )
        numbers = shop.metrics.snapshot()
        note(
            f"metrics: {numbers.calls} calls, {numbers.failures} failed as they should, {numbers.retries} repeats"
        )


def test(project: Path) -> None:
    paths = os.pathsep.join(str(project / kind / "src") for kind in ("server", "client"))
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--no-header",
        "tests",
    ]
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    note(done.stdout.strip().splitlines()[-1])
    if done.returncode:
        sys.exit(done.stdout)


def show(text: str, start: str, *, lines: int) -> None:
    """A few lines of a file, from the one that begins with `start`."""
    found = text.splitlines()
    first = next(index for index, line in enumerate(found) if line.startswith(start))
    print(
        textwrap.indent(
            textwrap.dedent("\n".join(found[first : first + lines])), "    │ ", lambda line: True
        )
    )


def step(text: str) -> None:
    print(f"\n{paint('1;36', text)}", flush=True)


def code(text: str) -> None:
    print(f"    {paint('1', '>>> ' + text)}", flush=True)


def note(text: str) -> None:
    print(f"    {text}", flush=True)


def paint(style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if COLOUR else text


if __name__ == "__main__":
    main()
