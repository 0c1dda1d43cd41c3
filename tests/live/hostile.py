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
def forms(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(payload, max_size=3, unique=True))
    field = st.one_of(
        st.fixed_dictionaries({"type": st.just("string"), "title": payload, "default": payload}),
        st.fixed_dictionaries(
            {
                "type": st.just("string"),
                "enum": st.lists(payload, min_size=1, max_size=3, unique=True),
            }
        ),
        st.fixed_dictionaries({"type": st.just("integer"), "description": payload}),
    )
    return {"type": "object", "properties": {key: draw(field) for key in keys}}


_COMPLETE = st.one_of(st.just(True), st.lists(payload, max_size=2))
_TEXT: dict[str, Any] = {}
_BYTES: dict[str, Any] = {"binary": True}
_HELD = st.one_of(st.just(_TEXT), st.just(_BYTES), st.fixed_dictionaries({"returns": schemas()}))
_OF_OPERATIONS: dict[str, st.SearchStrategy[Any]] = {
    "content": st.lists(st.sampled_from(["text", "image", "link"]), min_size=1, max_size=3),
    "meta": st.dictionaries(payload, payload, max_size=2),
    "tags": st.lists(payload.filter(str.strip), max_size=2),
    "icons": st.lists(st.fixed_dictionaries({"src": payload.filter(str.strip)}), max_size=2),
    "asks": st.just(["asked"]),
    "ui": payload.filter(str.strip),
}


@st.composite
def specs(draw: st.DrawFn, hostile: bool = True) -> dict[str, Any]:
    """A spec; with `hostile`, some names are such that it must be refused."""

    def texts(*keys: str) -> dict[str, Any]:
        return {key: draw(payload) for key in keys if draw(st.booleans())}

    rarely = st.integers(0, 9).map(lambda number: number == 0)

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
    for key in ("content", "meta", "tags", "icons", "asks", "ui"):
        if (hostile or key != "ui") and draw(st.integers(0, 3)) == 0:
            operation[key] = draw(_OF_OPERATIONS[key])
    setting = {"type": "string", "default": draw(payload), **texts("description")}
    variable = draw(st.from_regex(r"[a-z_]{1,6}", fullmatch=True))
    resources = {
        name(): {
            "uri": draw(st.sampled_from(["x://{" + variable + "}", "x://a/{?" + variable + "*}"])),
            **texts("title", "description"),
            **draw(_HELD),
            "variables": {variable: {**texts("description"), "complete": draw(_COMPLETE)}},
            "errors": ["Broken"],
        },
        name(): {"uri": "x://fixed", "text": draw(payload), **texts("title", "mime")},
    }
    if hostile and draw(rarely):
        resources[name()] = {"uri": draw(payload), **texts("description")}
    prompts = {
        name(): {
            **texts("title", "description"),
            "arguments": {variable: {**texts("description"), "complete": draw(_COMPLETE)}},
            "asks": ["asked"],
        },
        name(): {
            "arguments": {variable: {"optional": True}},
            "messages": [{"text": draw(payload.filter(str.strip)) + " {" + variable + "}"}],
        },
    }
    return {
        "automcp": 1,
        "name": name(),
        "version": draw(payload.filter(bool)),
        **texts("title", "description", "instructions", "website"),
        "settings": {name(): setting},
        "errors": {"Broken": {"description": draw(payload.filter(bool)), "data": draw(objects())}},
        "schemas": {name(): draw(schemas())},
        "questions": {
            "asked": {"message": draw(payload.filter(str.strip)), "form": draw(forms())},
            name(): {
                "message": draw(payload.filter(str.strip)),
                "url": "https://x/" + (draw(payload) if hostile and draw(rarely) else ""),
            },
        },
        "auth": {
            "scopes": draw(st.lists(payload.filter(str.strip), max_size=2)),
            **(texts("documentation") if hostile and draw(rarely) else {}),
        },
        "policies": {name(): {"scopes": draw(st.lists(payload.filter(str.strip), max_size=2))}},
        "groups": {
            name(): {
                **texts("title", "description"),
                "operations": {name(): operation},
                **({"resources": resources} if draw(st.booleans()) else {}),
                **({"prompts": prompts} if draw(st.booleans()) else {}),
            },
        },
    }
