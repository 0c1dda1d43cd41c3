"""What the spec says that the styles group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

from .._runtime.bound.reading import read
from .._runtime.bound.values import text as text_
from .._runtime.http.headers import cookie, header
from .._runtime.http.styles import (
    as_json,
    deep_object,
    form,
    label,
    matrix,
    pipe_delimited,
    simple,
    space_delimited,
)
from .._runtime.shared.model import given
from ..backends import Backends
from ..contract import Context
from ..models import Point


class BoundStyles:
    """Every way to write a value."""

    def __init__(self, backends: Backends) -> None:
        self._api = backends.api

    async def path(
        self,
        text: str,
        list: list[int],
        point: Point,
        a_b: str,
        context: Context,
    ) -> dict[str, Any]:
        """Values in a path."""
        reply = await self._api.send(
            "GET",
            f"/s/{simple('text', text)}/{matrix('list', list, explode=True)}/{label('point', point, explode=True)}/%7Bbraces%7D/%C3%A4",
            query=[form("a 'b\"", a_b)],
            again=True,
        )
        return read(dict[str, Any], reply.json())

    async def awkward(self, a_b: str, context: Context) -> dict[str, Any]:
        """A path that no f-string can say."""
        reply = await self._api.send("GET", "/s/" + simple("a'b", a_b) + "/end", again=True)
        return read(dict[str, Any], reply.json())

    async def query(
        self,
        list: list[str] | None,
        point: Point | None,
        filter: dict[str, Any] | None,
        flag: bool | None,
        context: Context,
    ) -> dict[str, Any]:
        """Values in a query."""
        reply = await self._api.send(
            "GET",
            "/s",
            query=[
                form("form", list),
                form("flat", list, explode=False),
                space_delimited("space", list),
                pipe_delimited("pipe", list),
                form("reserved", list, explode=False, reserved=True),
                form("point", point),
                deep_object("deep", filter),
                form("json", as_json("json", given(filter))),
                form("flag", flag),
                form("both", text_(given(flag), " at ", context.settings.tenant)),
            ],
            again=True,
        )
        return read(dict[str, Any], reply.json())

    async def headers(
        self,
        list: list[str] | None,
        point: Point | None,
        context: Context,
    ) -> dict[str, Any]:
        """Values in headers and cookies."""
        reply = await self._api.send(
            "GET",
            "/s",
            headers=[
                header("X-List", list),
                header("X-Point", point, explode=True),
                header("X-Json", as_json("X-Json", given(point), ascii=True)),
            ],
            cookies=[cookie("list", list), cookie("point", point, explode=False)],
            again=True,
        )
        return read(dict[str, Any], reply.json())
