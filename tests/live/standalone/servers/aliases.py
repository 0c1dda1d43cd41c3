# ruff: noqa
# Written as servers for all these releases are: old spellings are what is tried here.
from pydantic import BaseModel, ConfigDict, Field
from fastmcp import FastMCP

mcp = FastMCP("a")


class A(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    attachment_id: str = Field(alias="attachmentId")
    other: int = Field(1, serialization_alias="oTher")


class B(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)
    b_id: str = Field(alias="bId")


@mcp.tool
def a() -> A:
    return A(attachment_id="x")


@mcp.tool
def al() -> list[A]:
    return [A(attachment_id="x")]


@mcp.tool
def b() -> B:
    return B(b_id="x")


@mcp.tool
def u():
    return A(attachment_id="x")


@mcp.tool
def inp(x: A) -> str:
    return x.attachment_id


if __name__ == "__main__":
    mcp.run()
