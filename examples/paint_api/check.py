"""An OpenAPI document becomes an MCP server and a typed client by one command: each way of writing a request, checked.

`paint.yaml` is what `automcp import openapi` makes of `paint.openapi.yaml`; no line of it was written by hand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import anyio
from mcp import StdioServerParameters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here

HERE = compile_here(__file__)

from gallery import BUSY, PHOTO, Gallery, open_gallery
from paint_client import (  # the package exists only now
    Amounts,
    Change,
    Facts,
    Image,
    InvalidArguments,
    NewPainting,
    NotFound,
    PaintClient,
    TitleTaken,
)

KEY = "k-123456"
NAMES = ["blue", "black", "burnt umber"]
AMOUNTS = Amounts(r=100, g=200)


def main() -> None:
    import_again()
    with open_gallery() as gallery:
        anyio.run(use, gallery)


def import_again() -> None:
    """The spec is what the document says: importing it once more changes nothing."""
    words = [sys.executable, "-m", "automcp", "import", "openapi", "paint.openapi.yaml"]
    ran = subprocess.run(
        [*words, "--out", "paint.yaml"], cwd=HERE, check=True, capture_output=True, encoding="utf-8"
    )
    assert "unchanged" in ran.stderr, ran.stderr
    say("imported", "paint.yaml is what paint.openapi.yaml says")


async def use(gallery: Gallery) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE / "server" / "src"),
        "NO_PROXY": "127.0.0.1",
        "PAINT_BASE_URL": gallery.url,
        "PAINT_KEY": KEY,
    }
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "paint_server"], env=environment
    )
    async with PaintClient(server, {"verify": "strict"}) as client:
        await paths(client)
        await queries(client)
        await headers(client)
        await bodies(client, gallery)
        await files(client, gallery)
        await failures(client, gallery)
    assert {one.headers.get("X-Api-Key") for one in gallery.asked} == {KEY}
    assert not any(KEY in one.target for one in gallery.asked)
    say("credentials", "each request had the key that the server alone knows")


async def paths(client: PaintClient) -> None:
    simple = await client.paths.simple(NAMES, AMOUNTS)
    assert simple.target == "/simple/blue,black,burnt%20umber/R=100,G=200"
    label = await client.paths.label(NAMES, AMOUNTS)
    assert label.target == "/label/.blue,black,burnt%20umber/.R=100.G=200"
    matrix = await client.paths.matrix(NAMES, AMOUNTS)
    assert matrix.target == (
        "/matrix/;names=blue;names=black;names=burnt%20umber/;amounts=R,100,G,200"
    )
    nasty = await client.paths.simple(["../../admin?x=1#"], AMOUNTS)
    assert nasty.target == "/simple/..%2F..%2Fadmin%3Fx%3D1%23/R=100,G=200"
    say("paths", matrix.target)


async def queries(client: PaintClient) -> None:
    form = await client.queries.form(
        name=NAMES[:2], names=NAMES[:2], amounts=AMOUNTS, together=AMOUNTS, source="a/b?c"
    )
    assert form.target == (
        "/form?name=blue&name=black&names=blue,black&R=100&G=200&together=R,100,G,200&source=a/b?c"
    )
    assert (await client.queries.form()).target == "/form", "what was not said is not sent"
    delimited = await client.queries.delimited(
        spaced=NAMES[:2], piped=NAMES[:2], deep=AMOUNTS, json=AMOUNTS
    )
    assert delimited.target == (
        "/delimited?spaced=blue%20black&piped=blue%7Cblack&deep%5BR%5D=100&deep%5BG%5D=200"
        "&json=%7B%22R%22%3A100%2C%22G%22%3A200%7D"
    )
    say("queries", form.target)


async def headers(client: PaintClient) -> None:
    seen = await client.queries.headers(NAMES[:2], AMOUNTS, palette="warm")
    assert (seen.names, seen.amounts, seen.cookie) == ("blue,black", "R=100,G=200", "palette=warm")
    assert not (await client.queries.headers()).sent("cookie")
    say("headers", f"{seen.amounts}; {seen.cookie}")


async def bodies(client: PaintClient, gallery: Gallery) -> None:
    added = await client.paintings.add(NewPainting(title="Dusk", colors=["gray"]))
    assert (added.id, added.title, added.sent("painted")) == (9, "Dusk", False)
    assert json.loads(gallery.asked[-1].body) == {"title": "Dusk", "colors": ["gray"]}

    await client.paintings.retitle(7, Change(title=None))
    patch = gallery.asked[-1]
    assert (patch.method, patch.body) == ("PATCH", b'{"title":null}')
    assert patch.headers["Content-Type"] == "application/merge-patch+json"
    say("JSON", "null is sent, what was not set is not; 202 without a body is fine")

    assert await client.paintings.price(7, "Ada & Co", ["EUR", "NOK"]) == "12 guineas"
    assert gallery.asked[-1].body == b"buyer=Ada%20%26%20Co&currencies=EUR,NOK"
    say("forms", gallery.asked[-1].body.decode())


async def files(client: PaintClient, gallery: Gallery) -> None:
    await client.paintings.attach(7, PHOTO, Facts(camera="Leica", year=1954))
    sent = gallery.asked[-1]
    assert sent.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b"Content-Type: image/png\r\n\r\n" + PHOTO + b"\r\n" in sent.body
    assert b'{"camera":"Leica","year":1954}' in sent.body

    await client.paintings.replace_photo(7, PHOTO)
    assert (gallery.asked[-1].headers["Content-Type"], gallery.asked[-1].body) == (
        "image/png",
        PHOTO,
    )

    (photo,) = await client.paintings.photo(7)
    assert isinstance(photo, Image) and (photo.data, photo.mime_type) == (PHOTO, "image/png")
    say("files", f"{len(PHOTO)} bytes there and back, as a part, as a body, as an image")


async def failures(client: PaintClient, gallery: Gallery) -> None:
    try:
        await client.paintings.read(404)
    except NotFound as error:
        assert (error.data.title, error.data.since) == ("No such painting", "yesterday")
    else:
        raise AssertionError("there is no such painting")
    try:
        await client.paintings.add(NewPainting(title="Sunrise"))
    except TitleTaken as error:
        say("errors", f"{type(error).__name__}: {error}")
    else:
        raise AssertionError("the title is taken")

    before = len(gallery.asked)
    try:
        await client.paintings.read(0)
    except InvalidArguments as error:
        assert error.violations[0].path == "id"
    assert len(gallery.asked) == before, "what the document forbids is not sent"

    busy = await client.paintings.read(BUSY)
    assert busy.painted == "in spring", "formats of others describe, and refuse nothing"
    assert [one.target for one in gallery.asked[before:]] == [f"/v1/paintings/{BUSY}"] * 2
    say("retries", "503, then 200: reading is repeated, adding would not be")


def say(what: str, how: str) -> None:
    print(f"{what:12} {how}")


if __name__ == "__main__":
    main()
