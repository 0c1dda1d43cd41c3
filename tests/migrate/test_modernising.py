"""What is understood of a legacy server's source becomes plain functions; what is not stays, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.importers.server.capture import Captured
from automcp.migrate.entry import find_entry
from automcp.migrate.modernise import Modernised, modernise
from automcp.migrate.survey import survey

SERVER = """
from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("weather")
"""
RUN = """

if __name__ == "__main__":
    mcp.run()
"""


def read(folder: Path, files: dict[str, str] | str, **words: object) -> Modernised:
    """A project of some files, read; a text alone is `server.py` without its beginning and end."""
    if isinstance(files, str):
        files = {"server.py": SERVER + files + RUN}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    project = survey(folder)
    return modernise(project, find_entry(project), None, lambda _: "weather_server", **words)  # type: ignore[arg-type]


def reason(folder: Path, files: dict[str, str] | str) -> str:
    found = read(folder, files)
    assert not found.plain and not found.texts
    return found.left[0].reason


def test_a_decorated_function_is_plain_afterwards(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '''
@mcp.tool(title="Alerts")  # the first
# of all
async def alerts(state: str, ctx: Context, limit: int = 5) -> str:
    """Alerts of a state.

    Newest first.
    """
    return state
''',
    )
    (one,) = found.plain
    assert (one.function, one.context, one.flavour) == ("server:alerts", "ctx", "mcp1")
    assert (one.server.module, one.server.variable) == ("server", "mcp")
    assert one.tool == {
        "name": "alerts",
        "title": "Alerts",
        "description": "Alerts of a state.\n\nNewest first.\n",
        "inputSchema": {
            "type": "object",
            "title": "alertsArguments",
            "properties": {
                "state": {"title": "State", "type": "string"},
                "limit": {"default": 5, "title": "Limit", "type": "integer"},
            },
            "required": ["state"],
        },
        "outputSchema": {
            "type": "object",
            "title": "alertsOutput",
            "properties": {"result": {"title": "Result", "type": "string"}},
            "required": ["result"],
        },
    }
    before = (tmp_path / "server.py").read_text()
    assert found.texts["server.py"] == before.replace(
        '@mcp.tool(title="Alerts")  # the first\n', "# the first\n"
    ).replace('FastMCP("weather")', 'FastMCP("weather", compiled="weather_server")')
    assert not found.left


def test_line_endings_and_everything_else_stay(tmp_path: Path) -> None:
    body = "\n\n@mcp.tool()\ndef f( a:int=1 ) :\n\treturn  a ;\n# é\n"
    text = (SERVER + body + RUN).replace("\n", "\r\n")
    found = read(tmp_path, {"server.py": text})
    after = text.replace("@mcp.tool()\r\n", "").replace('r")', 'r", compiled="weather_server")')
    assert found.texts == {"server.py": after}


def test_parameters_of_the_sources_own_types(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '''
from enum import Enum
from typing import Annotated, Literal, Optional, TypedDict
from pydantic import BaseModel, Field

MOST = 10 * 2
Unit = Literal["c", "f"]

class Color(str, Enum):
    RED = "red"

class Point(BaseModel):
    """A point."""
    x: float = Field(0.5, ge=0, description=f"at most {MOST}")
    color: Color = Color.RED

    def norm(self): return self.x

class Answer(TypedDict, total=False):
    unit: Unit

@mcp.tool(description="Moves " + "it")
def move(point: Point, unit: "Optional[Unit]" = None, n: Annotated[int, Field(le=MOST)] = MOST) -> Answer:
    return {}
''',
    )
    (one,) = found.plain
    schema = one.tool["inputSchema"]
    assert schema["$defs"]["Point"]["properties"]["x"]["description"] == "at most 20"
    assert schema["$defs"]["Color"] == {
        "enum": ["red"],
        "title": "Color",
        "type": "string",
        "const": "red",
    } or (schema["$defs"]["Color"]["type"] == "string")
    assert schema["properties"]["n"] == {
        "default": 20,
        "maximum": 20,
        "title": "N",
        "type": "integer",
    }
    assert schema["properties"]["unit"]["anyOf"] == [
        {"enum": ["c", "f"], "type": "string"},
        {"type": "null"},
    ]
    assert one.tool["description"] == "Moves it"
    # `mcp` 1 made members that may be missing null by default; `mcp` 2 does not.
    assert one.tool["outputSchema"]["properties"]["unit"]["default"] is None


def test_tools_in_other_files_that_import_the_server(tmp_path: Path) -> None:
    files = {
        "pkg/__init__.py": "",
        "pkg/app.py": SERVER + "from . import tools\nfrom .more import extra\n",
        "pkg/tools.py": "from .app import mcp\n\n@mcp.tool()\ndef one(): ...\n",
        "pkg/more/__init__.py": "",
        "pkg/more/extra.py": "from .. import app as a\n\n@a.mcp.tool('two')\ndef second(): ...\n",
        "main.py": "from pkg.app import mcp\n\nif __name__ == '__main__':\n    mcp.run()\n",
    }
    found = read(tmp_path, files)
    assert [(one.function, one.name) for one in found.plain] == [
        ("pkg.tools:one", "one"),
        ("pkg.more.extra:second", "two"),
    ]
    assert set(found.texts) == {"pkg/app.py", "pkg/tools.py", "pkg/more/extra.py"}


def test_tools_of_a_package_that_is_scanned(tmp_path: Path) -> None:
    scan = """
import importlib, pkgutil
import tools
def load():
    for _, name, _ in pkgutil.iter_modules(tools.__path__):
        importlib.import_module(f"tools.{name}")
"""
    files = {
        "server.py": SERVER.replace("\nmcp", f"{scan}\nmcp") + "load()\n",
        "tools/__init__.py": "",
        "tools/b.py": "from server import mcp\n@mcp.tool()\ndef two(): ...\n",
        "tools/a.py": "from server import mcp\n@mcp.tool()\ndef one(): ...\n",
        "main.py": "from server import mcp\nif __name__ == '__main__':\n    mcp.run()\n",
    }
    assert [one.name for one in read(tmp_path, files).plain] == ["one", "two"]


def test_functions_inside_of_a_registering_one_move_out(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '''
# Registers.
def register(server):
    """All of them."""
    @server.tool()
    def first(a: int = 1) -> int:
        """One."""
        return helper(a)

    # The second.
    @server.tool()
    def second(): return "\\n  x"

def helper(a): return a

register(mcp)
''',
    )
    assert [one.function for one in found.plain] == ["server:first", "server:second"]
    assert (
        found.texts["server.py"]
        .split('server")\n')[1]
        .startswith(
            '''
def first(a: int = 1) -> int:
    """One."""
    return helper(a)


# The second.
def second(): return "\\n  x"


# Registers.
def register(server):
    """All of them."""

def helper(a): return a
'''
        )
    )


LEFT = {
    "@mcp.tool()\ndef f(a: int = len('x')): ...": "the default of `a`: `len('x')` is worked out when the server runs",
    "import numpy\n@mcp.tool()\ndef f(a: numpy.ndarray): ...": (
        "the type of `a`: `numpy.ndarray` is `numpy.ndarray`, which is not known here"
    ),
    "import os\nif os.name:\n    @mcp.tool()\n    def f(): ...": (
        "it is registered under a condition, or in a loop"
    ),
    "@mcp.tool()\ndef f(): ...\nf = 1": "`f` is bound more than once",
    "def deco(g): return g\n@deco\n@mcp.tool()\ndef f(): ...": (
        "a decorator stands above the one that registers it"
    ),
    "def deco(g): return lambda: 1\n@mcp.tool()\n@deco\ndef f(): ...": "what `deco` makes of it is not known",
    "@mcp.tool(name='a')\ndef f(): ...\n@mcp.tool(name='a')\ndef g(): ...": "another tool has the same name",
    "@mcp.tool()\ndef f(*a): ...": "it takes `*args`, `**kwargs`, or parameters without a name",
    "@mcp.tool()\ndef f(): ...\nmcp.remove_tool('f')": (
        "server.py:7: `mcp.remove_tool` looks at the tools, or changes them"
    ),
    "@mcp.tool()\ndef f(): ...\nimport json\njson.dumps(mcp)": (
        "server.py:8: the server is handed to `json.dumps`"
    ),
    "import json\n@mcp.tool(**json.loads('{}'))\ndef f(): ...": "`json.loads('{}')` is worked out when the server runs",
    "def make(s, n):\n    @s.tool()\n    def f(): return n\nfor n in (1, 2): make(mcp, n)": (
        "it is registered under a condition, or in a loop"
    ),
    "def make(s):\n    @s.tool()\n    def f(): ...\nmake(mcp)\nmake(mcp)": (
        "it stands inside of `make`, which is used more than once, or never"
    ),
    "def make(s):\n    @s.tool()\n    def list(): ...\nmake(mcp)\nlist()": (
        "`list` means something else at the outermost level"
    ),
    "LATE = []\n@mcp.tool()\ndef f(a: list = LATE): ...\nLATE.append(1)": (
        "the default of `a`: `LATE` may be changed in place"
    ),
    "@mcp.tool()\ndef f(a: int): yield a": "it is a generator",
    "def main(): mcp.run()\nif __name__ == '__main__':\n    main()\n@mcp.tool()\ndef f(): ...": (
        "the server runs before it is registered"
    ),
    "mcp.run()\n@mcp.tool()\ndef f(): ...": "the server runs before it is registered",
    "FastMCP.tool = print\n@mcp.tool()\ndef f(): ...": "server.py:5: `FastMCP.tool` is replaced",
    "class A:\n    pass\nimport server\nserver.f = 1\n@mcp.tool()\ndef f(): ...": (
        "`server.py` is loaded twice, under different names"
    ),
}


@pytest.mark.parametrize("body", LEFT)
def test_what_is_not_certain_stays(tmp_path: Path, body: str) -> None:
    assert reason(tmp_path, f"{body}\n") == LEFT[body]


def test_a_module_that_may_not_be_loaded(tmp_path: Path) -> None:
    files = {
        "server.py": SERVER + "import os\nif os.environ.get('MORE'):\n    import more\n",
        "more.py": "from server import mcp\n@mcp.tool()\ndef f(): ...\n",
        "main.py": "from server import mcp\nif __name__ == '__main__':\n    mcp.run()\n",
    }
    assert reason(tmp_path, files) == "whether its module is always loaded cannot be told"


def test_what_runs_the_server_may_load_it_late(tmp_path: Path) -> None:
    files = {
        "app.py": SERVER,
        "server.py": "from app import mcp\nimport more\n",
        "more.py": "from app import mcp\n@mcp.tool()\ndef f(): ...\n",
        "main.py": (
            "import sys\ndef main():\n    if len(sys.argv) > 1:\n        from server import mcp\n        mcp.run()\n"
            "if __name__ == '__main__':\n    main()\n"
        ),
    }
    assert [one.name for one in read(tmp_path, files).plain] == ["f"]


def test_decorators_that_wrap_and_say_nothing_are_known(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
import functools, inspect
def logged(name):
    def decorate(function):
        @functools.wraps(function)
        def plain(*args, **kwargs): return function(*args, **kwargs)
        @functools.wraps(function)
        async def waiting(*args, **kwargs): return await function(*args, **kwargs)
        if inspect.iscoroutinefunction(function):
            return waiting
        else:
            return plain
    return decorate

@mcp.tool()
@logged("f")
def f(a: int): ...
""",
    )
    assert [one.name for one in found.plain] == ["f"]
    assert '\n@logged("f")\ndef f' in found.texts["server.py"]


def test_tools_that_are_kept_and_servers_that_are_not_compiled(tmp_path: Path) -> None:
    body = "@mcp.tool()\ndef f(): ...\n@mcp.tool()\ndef g(): ...\n"
    found = read(tmp_path, body, kept={"f": "no reason"})
    assert [one.name for one in found.plain] == ["g"]
    assert [(one.name, one.reason) for one in found.left] == [("f", "no reason")]
    assert "@mcp.tool()\ndef f" in found.texts["server.py"]


def test_output_schemas_came_with_1_10(tmp_path: Path) -> None:
    pinned = {
        "requirements.txt": "mcp==1.9.4\n",
        "server.py": SERVER + "@mcp.tool()\ndef f() -> str: ...\n" + RUN,
    }
    (one,) = read(tmp_path, pinned).plain
    assert "outputSchema" not in one.tool


SERVES = "if __name__ == '__main__':\n    app.run()\n"
STANDALONE = """
from typing import Annotated
from fastmcp import Context, FastMCP

app = FastMCP("a"WORDS)

@app.tool
def bare(city: Annotated[str, "Which one"], ctx: Context, days: int = 3) -> str:
    \"\"\"Weather.

    Args:
        days: How many
    \"\"\"

@app.tool(name="two", tags={"b", "a"}, annotations={"title": "T", "readOnlyHint": True})
async def second() -> dict[str, int]: ...
"""


def test_fastmcp_3(tmp_path: Path) -> None:
    one, two = read(tmp_path, {"server.py": STANDALONE.replace("WORDS", "") + SERVES}).plain
    assert (one.flavour, one.context, two.name) == ("fastmcp2", "ctx", "two")
    assert one.tool == {
        "name": "bare",
        "description": "Weather.",
        "inputSchema": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "city": {"type": "string", "description": "Which one"},
                "days": {"type": "integer", "default": 3, "description": "How many"},
            },
            "required": ["city"],
        },
        "outputSchema": {
            "type": "object",
            "properties": {"result": {"type": "string"}},
            "required": ["result"],
            "x-fastmcp-wrap-result": True,
        },
        "_meta": {"fastmcp": {"tags": []}},
    }
    assert two.tool["_meta"] == {"fastmcp": {"tags": ["a", "b"]}}
    assert (two.tool["title"], two.tool["annotations"]["readOnlyHint"]) == ("T", True)


def test_fastmcp_2(tmp_path: Path) -> None:
    text = STANDALONE.replace("WORDS", ", dependencies=['x']") + SERVES
    one, two = read(tmp_path, {"server.py": text}).plain
    assert "additionalProperties" not in one.tool["inputSchema"]
    assert one.tool["description"].startswith("Weather.\n\nArgs:")
    assert two.tool["_meta"] == {"_fastmcp": {"tags": ["a", "b"]}}


@pytest.mark.parametrize(
    ("release", "first"), [("3.2.3", "Weather.\n\nArgs:"), ("3.2.4", "Weather.")]
)
def test_docstrings_were_read_since_fastmcp_3_2_4(release: str, first: str, tmp_path: Path) -> None:
    files = {"server.py": STANDALONE.replace("WORDS", "") + SERVES}
    one, _ = read(tmp_path, {**files, "requirements.txt": f"fastmcp=={release}\n"}).plain
    assert one.tool["description"].startswith(first)
    described = one.tool["inputSchema"]["properties"]["days"]
    assert ("description" in described) == (first == "Weather.")


def test_servers_of_fastmcp_before_2_stay(tmp_path: Path) -> None:
    text = STANDALONE.replace("WORDS", "").replace("app.tool\n", "app.tool()\n") + SERVES
    found = read(tmp_path, {"server.py": text, "requirements.txt": "fastmcp==0.4.1\n"})
    assert not found.plain
    assert {one.reason for one in found.left} == {
        "its release of fastmcp is the one that `mcp` took over"
    }


def test_decorated_names_were_no_functions_in_fastmcp_2(tmp_path: Path) -> None:
    text = STANDALONE.replace("WORDS", ", dependencies=['x']") + "bare.disable()\n" + SERVES
    found = read(tmp_path, {"server.py": text})
    assert [one.name for one in found.plain] == ["two"]
    assert found.left[0].reason == "`bare` is used elsewhere, and was no function there"


def test_functions_that_statements_register(tmp_path: Path) -> None:
    files = {
        "server.py": SERVER
        + """
import weather
from weather import second as two

# Weather.
mcp.tool(name="one")(weather.first)  # noqa
# The other one.
mcp.add_tool(two, "two", annotations={"readOnlyHint": True})

def register():
    # Last.
    mcp.tool()(weather.third)

register()
if weather:
    mcp.add_tool(weather.fourth)
for each in (weather.fourth,):
    mcp.add_tool(each)
"""
        + RUN,
        "weather.py": "def first(): ...\ndef second(): ...\ndef third(): ...\ndef fourth(): ...\n",
    }
    found = read(tmp_path, files)
    assert [(one.name, one.function) for one in found.plain] == [
        ("one", "weather:first"),
        ("two", "weather:second"),
        ("third", "weather:third"),
    ]
    assert set(found.texts) == {"server.py"}
    assert """
from weather import second as two

# Weather.
# The other one.

def register():
    pass
    # Last.

register()
if weather:
""" in found.texts["server.py"]
    assert [one.reason for one in found.left] == [
        "it is registered under a condition, or in a loop",
        "it is registered by a call",
    ]


def test_places_that_cannot_be_followed_are_named(tmp_path: Path) -> None:
    text = """
from mcp.server.fastmcp import FastMCP

def build():
    server = pick(FastMCP("a"))
    @server.tool()
    def f(): ...
    server.add_tool(f)
    server.tool(name="b")(f)
    return server

if __name__ == "__main__":
    build().run()
"""
    found = read(tmp_path, {"server.py": text})
    assert not found.plain
    assert [(one.line, one.name) for one in found.left] == [(6, "f"), (8, None), (9, None)]
    assert found.left[0].reason.startswith("`server` is no server that a module holds")


def test_functions_that_return_literals_are_read(tmp_path: Path) -> None:
    body = """
def about():
    "A text."
    return "a" + "b"

@mcp.tool(description=about())
def f(): ...
"""
    assert read(tmp_path, body).plain[0].tool["description"] == "ab"


def test_headers_of_fastapi_were_arguments_before_1_10(tmp_path: Path) -> None:
    server = """
from fastapi import Header
@mcp.tool()
def f(session: str = Header(None, alias="Mcp-Session")): ...
"""
    files = {"requirements.txt": "mcp==1.9.4\n", "server.py": SERVER + server + RUN}
    assert list(read(tmp_path, files).plain[0].tool["inputSchema"]["properties"]) == ["Mcp-Session"]
    files["requirements.txt"] = "mcp==1.20\n"
    assert read(tmp_path, files).left[0].reason == (
        "`Mcp-Session` is listed by another name than it is handed on by"
    )


def test_what_the_main_program_does_first_may_be_something_else(tmp_path: Path) -> None:
    body = """
import sys
if __name__ == "__main__":
    sys.path.insert(0, ".")

@mcp.tool()
def f(): ...
"""
    assert [one.name for one in read(tmp_path, body).plain] == ["f"]


def test_fastmcp_is_given_functions_and_tools_of_functions(tmp_path: Path) -> None:
    text = """
from fastmcp import FastMCP
from fastmcp.tools import Tool
app = FastMCP("a")
def first(): ...
def second(): ...
app.tool(first, name="one")
app.add_tool(Tool.from_function(second, description="The second"))
"""
    found = read(tmp_path, {"server.py": text + SERVES})
    assert [(one.name, one.tool.get("description")) for one in found.plain] == [
        ("one", None),
        ("second", "The second"),
    ]
    assert "app.tool" not in found.texts["server.py"]


def test_what_a_server_showed_counts_where_types_are_not_known(tmp_path: Path) -> None:
    body = """
import os, numpy
@mcp.tool()
def f(a: numpy.ndarray): ...
@mcp.tool(description=os.name)
def g(): ...
@mcp.tool()
def h(): ...
"""
    (tmp_path / "server.py").write_text(SERVER + body + RUN)
    shown = tuple({"name": name, "inputSchema": {"type": "object"}} for name in "fg")
    captured = Captured({}, None, {}, shown, (), (), ())
    project = survey(tmp_path)
    found = modernise(project, find_entry(project), captured, lambda _: "weather_server")
    assert [one.tool for one in found.plain] == [shown[0]]
    assert {one.name: one.reason for one in found.left} == {
        "g": "`os.name` is `os.name`, which is not known here",
        "h": "the legacy server did not list it",
    }


LOW_LEVEL = """
from mcp.server import Server
from mcp.types import Tool

server = Server("a")
ONE = "one"

@server.list_tools()
async def tools():
    return [Tool(name="one", inputSchema={"type": "object"})]

@server.call_tool()
async def call(name, arguments):
    OWN
    if name == ONE:
        return []
    raise ValueError(name)

async def main(): ...

if __name__ == "__main__":
    main()
"""


def test_a_dispatcher_may_ask_for_constants_that_are_the_modules(tmp_path: Path) -> None:
    found = read(tmp_path, {"server.py": LOW_LEVEL.replace("OWN", "pass")})
    assert [(one.name, one.flavour) for one in found.plain] == [("one", "mcp1_lowlevel")]
    found = read(tmp_path, {"server.py": LOW_LEVEL.replace("OWN", 'ONE = arguments["one"]')})
    assert 'return await call("one", ' in found.texts["server.py"]


def test_hostile_expressions_come_to_nothing(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    body = f"""
import os
@mcp.tool(description=os.popen("touch {ran}").read())
def f(a: 'exec("1")' = 10 ** 10 ** 10): ...
@mcp.tool()
def g(a: int = 9999999999 * 9999999999 * 9999999999 * 9999999999 * 9999999999): ...
@mcp.tool()
def h(a: __import__("os").system): ...
"""
    found = read(tmp_path, body)
    assert not found.plain and len(found.left) == 3
    assert not ran.exists()


RELABELLED = (
    "def f(): ...\nf.__doc__ = 'Other.'\nmcp.add_tool(f)\n",
    "def f(): ...\nf.__name__ = 'g'\nmcp.add_tool(f)\n",
    "def f(a: int): ...\nf.__annotations__['a'] = str\nmcp.add_tool(f)\n",
    "def f(a: int): ...\nsetattr(f, '__doc__', 'Other.')\nmcp.add_tool(f)\n",
    "import functools\ndef f(a: int): ...\nfunctools.update_wrapper(f, print)\nmcp.add_tool(f)\n",
)


@pytest.mark.parametrize("body", RELABELLED)
def test_functions_that_are_told_another_name_or_docstring_stay(tmp_path: Path, body: str) -> None:
    assert reason(tmp_path, body).endswith("what it says of itself may be changed")


def test_functions_whose_docstring_is_read_do_not_stay(tmp_path: Path) -> None:
    body = "@mcp.tool()\ndef f(): ...\nprint(f.__name__, f.__doc__)\n"
    assert [one.name for one in read(tmp_path, body).plain] == ["f"]


@pytest.mark.parametrize(
    "statement",
    [
        "globals()['f'] = None",
        "import sys\nsetattr(sys.modules[__name__], 'f', None)",
        "for name in ('e', 'f'):\n    globals()[name] = None",
        "globals().update(f=None)",
        "del globals()['f']",
    ],
)
def test_functions_that_globals_may_replace_stay(tmp_path: Path, statement: str) -> None:
    body = f"@mcp.tool()\ndef f(): ...\n{statement}\n"
    assert reason(tmp_path, body).endswith("something of that name is replaced")


def test_a_name_is_the_builtin_until_the_module_binds_it(tmp_path: Path) -> None:
    before = "@mcp.tool()\ndef f(a: int): ...\nint = str\n"
    assert reason(tmp_path, before) == "the type of `a`: what `int` means is not certain"
    after = "from pydantic import BaseModel\nclass Warning(BaseModel):\n    a: int\n@mcp.tool()\ndef f(a: Warning): ...\n"
    (one,) = read(tmp_path / "after", after).plain
    assert one.tool["inputSchema"]["properties"]["a"] == {"$ref": "#/$defs/Warning"}


def test_a_tool_whose_name_no_spec_can_say_stays_alone(tmp_path: Path) -> None:
    found = read(tmp_path, "@mcp.tool(name='Two words')\ndef f(): ...\n@mcp.tool()\ndef g(): ...\n")
    assert [one.name for one in found.plain] == ["g"]
    assert [(one.name, one.reason) for one in found.left] == [
        ("Two words", "no MCP client has to accept its name")
    ]


@pytest.mark.parametrize("way", ["import sys; sys.exit(3)", "raise SystemExit", "exit()"])
def test_tools_that_end_the_server_stay(tmp_path: Path, way: str) -> None:
    body = f"@mcp.tool()\ndef stop():\n    {way}\n@mcp.prompt()\ndef off():\n    {way}\n"
    found = read(tmp_path, body)
    assert [(one.name, one.reason) for one in found.left] == [
        ("stop", "it may end the server"),
        ("off", "it may end the server"),
    ]


def test_functions_that_fastmcp_registers_twice_stay(tmp_path: Path) -> None:
    text = (
        "from fastmcp import FastMCP\napp = FastMCP('a')\ndef f(): ...\ndef g(): ...\n"
        "app.tool(f, name='one')\napp.tool(f, name='two')\napp.tool(g)\n"
    )
    found = read(tmp_path, {"server.py": text + "if __name__ == '__main__':\n    app.run()\n"})
    assert [one.name for one in found.plain] == ["g"]
    assert {one.reason for one in found.left} == {"its function is registered more than once"}


def test_a_dispatcher_that_ends_the_server_stays(tmp_path: Path) -> None:
    text = (
        "import sys\nfrom mcp.server import Server\nfrom mcp.types import Tool\nserver = Server('a')\n"
        "@server.list_tools()\nasync def lists():\n    return [Tool(name='a', inputSchema={'type': 'object'})]\n"
        "@server.call_tool()\nasync def calls(name, arguments):\n    if name == 'a':\n        sys.exit(0)\n    raise ValueError(name)\n"
        "if __name__ == '__main__':\n    server.run()\n"
    )
    assert reason(tmp_path, {"server.py": text}) == "`calls` may end the server"
