# ruff: noqa
import dataclasses, datetime, enum
from typing import Annotated, Any, Literal, Optional
from typing_extensions import TypedDict
from pydantic import BaseModel, Field
from fastmcp import FastMCP, Context
from fastmcp.utilities.types import Image
from fastmcp.exceptions import ToolError, ResourceError
from mcp.types import TextContent

mcp = FastMCP("probe", instructions="Do it.")


class Kind(enum.Enum):
    A = "a"
    B = "b"


class Tea(BaseModel):
    """A tea."""

    name: str = Field(description="Its name")
    kind: Kind = Kind.A


class TD(TypedDict):
    a: int


@dataclasses.dataclass
class DC:
    x: int
    y: str = "z"


@mcp.tool()
def plain(a: int, b: str = "x", c: Optional[int] = None, d: list[str] | None = None) -> str:
    """Plain.

    Args:
        a: The a
        b: The b

    Returns:
        text
    """
    return f"{a!r} {b!r} {c!r} {d!r}"


@mcp.tool(
    name="named",
    description="Said.",
    tags={"t1"},
    annotations={"readOnlyHint": True, "title": "T", "custom": 1},
)
def named(
    tea: Tea, teas: list[Tea] = [], kind: Kind = Kind.A, lit: Literal["p", "q"] = "p"
) -> dict:
    return {"tea": str(tea)}


@mcp.tool()
async def noted(
    ctx: Context,
    x: Annotated[int, Field(ge=0, description="How much")],
    y: float = Field(default=1.5, description="Y"),
    *,
    z: bool = False,
) -> int:
    """Noted: sums."""
    return x


@mcp.tool()
def nothing():
    return None


@mcp.tool()
def no_doc(x, y=3):
    return [x, y]


@mcp.tool()
def ret_none() -> None:
    """N"""


@mcp.tool()
def ret_float() -> float:
    return 1.0


@mcp.tool()
def ret_bool() -> bool:
    return True


@mcp.tool()
def ret_model() -> Tea:
    return Tea(name="é")


@mcp.tool()
def ret_models() -> list[Tea]:
    return [Tea(name="a"), Tea(name="b")]


@mcp.tool()
def ret_strs() -> list[str]:
    return ["a", "b"]


@mcp.tool()
def ret_list_any() -> list[dict[str, Any]]:
    return [{"a": 1}, {"b": None}]


@mcp.tool()
def ret_dict_int() -> dict[str, int]:
    return {"a": 1}


@mcp.tool()
def ret_td() -> TD:
    return {"a": 1}


@mcp.tool()
def ret_dc() -> DC:
    return DC(1)


@mcp.tool()
def ret_any() -> Any:
    return {"a": [1, 2], "d": datetime.datetime(2020, 1, 1)}


@mcp.tool()
def ret_bytes() -> bytes:
    return b"abc"


@mcp.tool()
def ret_image() -> Image:
    return Image(data=b"abc", format="png")


@mcp.tool()
def ret_mixed() -> list:
    return [Image(data=b"abc", format="png"), "text", {"a": 1}, 3]


@mcp.tool()
def ret_text() -> TextContent:
    return TextContent(type="text", text="hi")


@mcp.tool()
def ret_texts() -> list[TextContent]:
    return [TextContent(type="text", text="hi"), TextContent(type="text", text="ho")]


@mcp.tool()
def ret_tuple() -> tuple[int, str]:
    return (1, "a")


@mcp.tool()
def ret_set() -> set[int]:
    return {1}


@mcp.tool()
def ret_union() -> str | int:
    return 3


@mcp.tool()
def ret_opt() -> dict | None:
    return None


@mcp.tool()
def ret_date() -> datetime.date:
    return datetime.date(2020, 1, 2)


@mcp.tool()
def ret_empty() -> list[str]:
    return []


@mcp.tool()
def ret_unicode():
    return {"é": "ü", "n": 1.0}


@mcp.tool()
def fails(x: int = 0) -> str:
    raise ValueError("broken reason")


@mcp.tool()
def fails_tool() -> str:
    raise ToolError("told reason")


@mcp.tool()
def fails_key() -> str:
    return {}["k"]


@mcp.tool()
def fails_empty() -> str:
    raise RuntimeError()


@mcp.tool()
def fails_pyd() -> str:
    Tea.model_validate({})
    return ""


@mcp.resource("data://one")
def one() -> str:
    """One."""
    return "1"


@mcp.resource(
    "data://two", name="Two", description="Said two", mime_type="application/json", tags={"r"}
)
async def two() -> dict:
    return {"a": 1}


@mcp.resource("data://bin", mime_type="image/png")
def binary() -> bytes:
    return b"\x00"


@mcp.resource("data://fails")
def rfails() -> str:
    raise ValueError("res reason")


@mcp.resource("data://{x}/tpl")
def tpl(x: str) -> str:
    """Tpl."""
    return "v" + x


@mcp.resource("data://{x}/{n}/tpl2", name="T2")
def tpl2(x: str, n: int = 3) -> dict:
    return {"x": x, "n": n}


@mcp.resource("wild://{path*}")
def wild(path: str) -> str:
    return path


@mcp.prompt()
def ask(what: str, n: int = 3) -> str:
    """Ask.

    Args:
        what: W
    """
    return f"q {what} {n!r}"


@mcp.prompt(name="p2", description="Said p2", tags={"x"})
def p2() -> list:
    return ["hello", {"role": "assistant", "content": {"type": "text", "text": "yo"}}]


@mcp.prompt()
def pfails(x: str) -> str:
    raise ValueError("prompt reason")


@mcp.prompt()
def plist(items: list[str], flag: bool = False) -> str:
    return repr(items)


if __name__ == "__main__":
    mcp.run()
