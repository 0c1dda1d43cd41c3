"""Specs whose names and texts try to become code, paths, templates or terminal escapes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MARK = "pwned"
PAYLOADS = (
    f'"""\nimport os; os.system("{MARK}")\n"""',
    f"'''; {MARK}(); '''",
    f'\\"""; {MARK}() #',
    f'"); {MARK}(); ("',
    f"'); {MARK}(); ('",
    f"\n{MARK}()\n",
    f"\r{MARK}()\r",
    f"\x0c{MARK}()",
    f"\u2028{MARK}()\u2029",
    f"\x85{MARK}()",
    "{{ " + MARK + " }}",
    "{% for x in " + MARK + " %}",
    "{# " + MARK + " #}",
    "{" + MARK + "()}",
    f"${{{MARK}}} `{MARK}` $({MARK})",
    f"\\N{{DASH}} \\x41 \\u0041 {MARK}\\",
    f"../../{MARK}",
    f"..\\..\\{MARK}",
    f"/etc/{MARK}",
    f"C:\\{MARK}",
    f"\x1b]0;{MARK}\x07\x1b[31m",
    f"\x9b31m{MARK}",
    f"\u202e{MARK}\u202c",
    f"# type: ignore {MARK}",
    f"%s {MARK} %(x)s",
    f"--{MARK}",
    f"]]>{MARK}<!--",
    f"'''{MARK}\"\"\"\\",
    f'"{MARK}"\\\\"',
    f"\U0001f600 {MARK}",
    "__class__",
    "__init__",
    "self",
    "class",
    "None",
    "context",
    "arguments",
    "model_config",
    "Model",
    "List",
    "x" * 300,
)


payload = st.one_of(
    st.sampled_from(PAYLOADS), st.text(max_size=30), st.text("\"'\\\n{}%#$` ", max_size=12)
)
fit = st.one_of(
    st.from_regex(r"[a-z][A-Za-z0-9_-]{0,8}", fullmatch=True),
    st.sampled_from(["class", "None", "self", "Model", "List", "context", "print", "os"]),
)
KINDS = ("string", "integer", "number", "boolean", "array", "object", "enum", "const", "any")


@st.composite
def names(draw: st.DrawFn, hostile: bool) -> str:
    """A name that a spec takes, mostly."""
    return draw(payload) if hostile and draw(st.integers(0, 19)) == 13 else draw(fit)


@st.composite
def objects(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    keys = draw(st.lists(payload, max_size=3, unique=True))
    made: dict[str, Any] = {
        "type": "object",
        "properties": {key: draw(schemas(depth - 1)) if depth else {} for key in keys},
    }
    if keys and draw(st.booleans()):
        made["required"] = keys[:1]
    return made


@st.composite
def schemas(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    made: dict[str, Any] = {}
    kind = draw(st.sampled_from(KINDS))
    if kind == "array":
        made = {"type": "array", "items": draw(schemas(depth - 1)) if depth else {}}
    elif kind == "object":
        made = draw(objects(depth))
    elif kind == "enum":
        made = {"enum": draw(st.lists(payload, min_size=1, max_size=3, unique=True))}
    elif kind == "const":
        made = {"const": draw(payload)}
    elif kind != "any":
        made = {"type": kind}
    for key in ("title", "description", "$comment"):
        if draw(st.booleans()):
            made[key] = draw(payload)
    if kind == "string" and draw(st.booleans()):
        made["default"] = draw(payload)
    return made


@st.composite
def specs(draw: st.DrawFn, hostile: bool = True) -> dict[str, Any]:
    """A spec; with `hostile`, some names are such that it must be refused."""

    def texts(*keys: str) -> dict[str, Any]:
        return {key: draw(payload) for key in keys if draw(st.booleans())}

    def name() -> str:
        return draw(names(hostile))

    operation: dict[str, Any] = {
        **texts("title", "description"),
        "params": {
            key: draw(schemas()) for key in draw(st.lists(payload, max_size=3, unique=True))
        },
        "returns": draw(schemas()),
        "effect": "reads",
        "errors": ["Broken"],
    }
    setting = {"type": "string", "default": draw(payload), **texts("description")}
    return {
        "automcp": 1,
        "name": name(),
        "version": draw(payload.filter(bool)),
        **texts("title", "description", "instructions", "website"),
        "settings": {name(): setting},
        "errors": {"Broken": {"description": draw(payload.filter(bool)), "data": draw(objects())}},
        "schemas": {name(): draw(schemas())},
        "groups": {
            name(): {**texts("title", "description"), "operations": {name(): operation}},
        },
    }
