"""Compares the compiled time server with the official one, call by call, and drives both with the compiled client.

The official server runs in an environment of its own, over stdio; the compiled one as a process beside it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import anyio
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here
from environments import python_with

HERE = compile_here(__file__)
OFFICIAL = "mcp-server-time==2026.10.19"

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_current_time", {"timezone": "UTC"}),
    ("get_current_time", {"timezone": "Asia/Kathmandu"}),
    ("get_current_time", {"timezone": "America/New_York"}),
    ("get_current_time", {"timezone": "Nowhere/Else"}),
    ("get_current_time", {"timezone": ""}),
    ("get_current_time", {"timezone": "../../etc/passwd"}),
    ("get_current_time", {"timezone": "UTC", "ignored": True}),
    ("get_current_time", {}),
    ("get_current_time", {"timezone": 5}),
    ("convert_time", {"source_timezone": "UTC", "time": "12:00", "target_timezone": "Asia/Tokyo"}),
    (
        "convert_time",
        {"source_timezone": "Europe/Oslo", "time": "23:59", "target_timezone": "Asia/Kathmandu"},
    ),
    (
        "convert_time",
        {"source_timezone": "Asia/Kolkata", "time": "06:30", "target_timezone": "Australia/Eucla"},
    ),
    ("convert_time", {"source_timezone": "UTC", "time": "25:00", "target_timezone": "Asia/Tokyo"}),
    ("convert_time", {"source_timezone": "UTC", "time": "noon", "target_timezone": "Asia/Tokyo"}),
    ("convert_time", {"source_timezone": "", "time": "12:00", "target_timezone": "Asia/Tokyo"}),
    (
        "convert_time",
        {"source_timezone": "UTC", "time": "12:00", "target_timezone": "Middle/Earth"},
    ),
    ("convert_time", {"source_timezone": "UTC", "target_timezone": "Asia/Tokyo"}),
    ("no_such_tool", {}),
)


def official() -> StdioServerParameters:
    arguments = ["-m", "mcp_server_time", "--local-timezone", "UTC"]
    return StdioServerParameters(command=str(python_with(OFFICIAL)), args=arguments)


def compiled() -> StdioServerParameters:
    environment = {**os.environ, "PYTHONPATH": str(HERE / "server" / "src")}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "mcp_time_server"], env=environment
    )


async def surface(client: Client) -> Any:
    tools = (await client.list_tools()).tools
    return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]


async def answer(client: Client, tool: str, arguments: dict[str, Any]) -> Any:
    """What a caller sees: the value, or that and how it failed."""
    try:
        result = await client.call_tool(tool, arguments)
    except MCPError as error:
        return {"code": error.code, "message": error.message}
    text = "".join(getattr(block, "text", "") for block in result.content)
    if result.is_error:
        return {"failed": reason(tool, text)}
    assert json.loads(text) == result.structured_content
    return result.structured_content


def reason(tool: str, text: str) -> str:
    """The words of a failure without what each side puts in front: the SDK the tool, we the error's name.

    What is wrong with arguments each side tells in its own words, so of that only the field counts.
    """
    told = text.removeprefix(f"Error executing tool {tool}: ")
    if told != text:
        lines = told.splitlines()
        return f"argument {lines[1]}" if "validation error" in lines[0] else told
    name, _, told = text.partition(": ")
    if name != "InvalidArguments":
        return told
    return "argument " + text.splitlines()[1].removeprefix("- ").split()[0].rstrip(":")


async def compare_servers(silence: TextIO) -> None:
    async with (
        Client(stdio_client(official(), silence)) as theirs,
        Client(stdio_client(compiled(), silence)) as ours,
    ):
        assert await surface(ours) == await surface(theirs), "the surfaces differ"
        print("same surface: get_current_time, convert_time")
        for tool, arguments in CALLS:
            expected, got = (
                await answer(theirs, tool, arguments),
                await answer(ours, tool, arguments),
            )
            if expected != got:
                # The clock may have ticked between the two; once more, and it counts.
                expected, got = (
                    await answer(theirs, tool, arguments),
                    await answer(ours, tool, arguments),
                )
            assert got == expected, (
                f"{tool}({arguments})\n  official: {expected}\n  compiled: {got}"
            )
            print(f"same answer: {tool}({json.dumps(arguments)})")


async def drive_official() -> None:
    """The compiled client does not care who is on the other side, as long as the surface is the spec's."""
    from mcp_time_client import (
        McpTimeClient,
        OperationError,
        TimeConvertTimeArguments,
        TimeGetCurrentTimeArguments,
    )

    async with McpTimeClient(official(), {"verify": "strict"}) as client:
        now = await client.time.get_current_time(
            TimeGetCurrentTimeArguments(timezone="Europe/Oslo")
        )
        assert now.timezone == "Europe/Oslo"
        assert now.datetime[19:] in ("+01:00", "+02:00")
        question = TimeConvertTimeArguments(
            source_timezone="UTC", time="08:15", target_timezone="Asia/Tokyo"
        )
        converted = await client.time.convert_time(question)
        assert converted.target.datetime.endswith("T17:15:00+09:00")
        assert converted.time_difference == "+9.0h"
        try:
            await client.time.get_current_time(TimeGetCurrentTimeArguments(timezone="Nowhere/Else"))
        except OperationError as error:
            assert "No time zone found with key Nowhere/Else" in str(error)
        else:
            raise AssertionError("an unknown timezone must fail")
    print(f"the compiled client drives the official server: {converted.target.datetime} is typed")


async def main() -> None:
    # What both servers log about refused calls would only hide what is compared.
    with Path(os.devnull).open("w") as silence:
        await compare_servers(silence)
    await drive_official()


anyio.run(main)
