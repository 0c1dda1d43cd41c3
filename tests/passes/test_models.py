"""The types of schemas: they take all that the schema allows, and give it back as it was."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, cast

import pytest
from automcp.ir.model import Effect, Group, Operation, Service
from automcp.ir.offers import Card
from automcp.ir.values import ABSENT, Input, Json, JsonSchema, Named, Parameter
from automcp.runtime.shared.model import to_json
from automcp.targets.python.models import TypedAlias, TypedRecord, types_of
from automcp.targets.python.module import models_module
from automcp.text.names import Name
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from pydantic import TypeAdapter


def service(schemas: Mapping[str, JsonSchema], groups: Sequence[Group] = ()) -> Service:
    return Service(
        name=Name.parse("shop"),
        key="shop",
        version="1.0.0",
        title="Shop",
        description=None,
        instructions=None,
        website=None,
        source="shop.yaml",
        schemas=tuple(Named(key, schema, None) for key, schema in schemas.items()),
        errors=(),
        settings=(),
        groups=tuple(groups),
        lifespan=False,
    )


def taking(parameters: Sequence[Parameter]) -> Group:
    operation = Operation(
        name=Name.parse("create"),
        tool="orders_create",
        card=Card(None, None),
        input=Input({"type": "object"}, "params", tuple(parameters)),
        output=None,
        content=(),
        effect=Effect.WRITES,
        idempotent=False,
        open_world=True,
        errors=(),
        timeout=None,
        uses=(),
        asks=(),
        needs=(),
        headers={},
        task="forbidden",
        ui=None,
        policies=(),
        examples=(),
    )
    return Group(Name.parse("orders"), None, None, (operation,))


def module_of(schemas: Mapping[str, JsonSchema], groups: Sequence[Group] = ()) -> ModuleType:
    """The generated module, imported with the runtime of this checkout."""
    one = service(schemas, groups)
    text = models_module(one, types_of(one)).replace("._runtime", "automcp.runtime")
    module = ModuleType("generated_models")
    sys.modules[module.__name__] = module
    exec(compile(text, "generated_models.py", "exec"), module.__dict__)
    return module


def there_and_back(kind: Any, value: Json) -> Json:
    adapter = TypeAdapter[Any](kind)
    return to_json(adapter.validate_python(value, by_alias=True, by_name=False))


def same(left: Json, right: Json) -> bool:
    """Equal as JSON: 1 and 1.0 are one number, `true` is none."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def annotated(schemas: Mapping[str, JsonSchema]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, one in types_of(service(schemas)).definitions.items():
        if isinstance(one, TypedAlias):
            found[name] = one.annotation
        else:
            found |= {f"{name}.{field.name}": field.annotation for field in one.fields}
    return found


def obj(*required: str, **properties: JsonSchema) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": cast("dict[str, Json]", properties),
        "required": list(required),
    }


TEXT: dict[str, Json] = {"type": "string"}
WHOLE: dict[str, Json] = {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ({"type": "string", "format": "uri", "minLength": 3}, "str"),
        ({"type": "number"}, "int | float"),
        ({"type": ["integer", "null"]}, "int | None"),
        ({"enum": ["a", "b"]}, "Literal['a', 'b']"),
        ({"enum": ["a", None]}, "Literal['a'] | None"),
        ({"const": 3}, "Literal[3]"),
        ({"enum": [1, True]}, "Any"),
        ({"const": 1.5}, "int | float"),
        ({"const": {"a": 1}}, "dict[str, Any]"),
        ({"enum": [str(number) for number in range(201)]}, "str"),
        ({"type": "string", "enum": ["a", 1]}, "Literal['a']"),
        ({"type": "array"}, "list[Any]"),
        ({"type": "array", "items": TEXT}, "list[str]"),
        ({"type": "array", "prefixItems": [TEXT, WHOLE], "items": False}, "list[str | int]"),
        (
            {"type": "array", "prefixItems": [TEXT, WHOLE], "items": False, "minItems": 2},
            "tuple[str, int]",
        ),
        ({"type": "array", "prefixItems": [TEXT, WHOLE], "minItems": 2}, "list[Any]"),
        ({"type": "object"}, "dict[str, Any]"),
        ({"type": "object", "additionalProperties": WHOLE}, "dict[str, int]"),
        (
            {"type": "object", "additionalProperties": WHOLE, "patternProperties": {"^x": TEXT}},
            "dict[str, Any]",
        ),
        ({"properties": {"a": TEXT}}, "Any"),
        (True, None),
        (False, None),
        ({"not": TEXT}, "Any"),
        ({"type": "string", "not": {"const": "a"}}, "str"),
        ({"allOf": [TEXT, WHOLE]}, "Any"),
        ({"anyOf": [TEXT, {"minimum": 3}]}, "Any"),
        ({"oneOf": [TEXT, WHOLE, False]}, "str | int"),
        ({"type": "string", "anyOf": [{"const": "a"}, {"const": "b"}]}, "Literal['a', 'b']"),
        ({"$ref": "#/$defs/Other", "description": "An order."}, "Other"),
        ({"$ref": "#/$defs/Other", "maxProperties": 3}, "Other"),
        ({"$ref": "#/$defs/nothing"}, "Any"),
        ({"$ref": "https://example.com/schema.json"}, "Any"),
        ({"$dynamicRef": "#node"}, "Any"),
        ({"$ref": "#/$defs/Subject"}, "Any"),
        ({"type": "array", "items": {"$ref": "#"}}, "list[Any]"),
    ],
)
def test_what_a_type_says_of_a_schema(schema: JsonSchema, annotation: str | None) -> None:
    found = annotated({"Subject": schema, "Other": obj("a", a=TEXT)})
    assert found.get("Subject") == annotation


def test_objects_are_named_after_their_place() -> None:
    order = obj(
        address=obj(street=TEXT),
        lines={"type": "array", "items": obj(sku=TEXT)},
        pet={"oneOf": [obj("kind", kind={"const": "cat"}), obj("kind", kind={"const": "dog"})]},
    )
    assert list(types_of(service({"Order": order})).definitions) == [
        "Order",
        "OrderAddress",
        "OrderLinesItem",
        "OrderPetCat",
        "OrderPetDog",
    ]


def test_definitions_inside_a_parameter_are_named_after_the_operation() -> None:
    schema: JsonSchema = {"$defs": {"Filter": obj(q=TEXT)}, "$ref": "#/$defs/Filter"}
    group = taking([Parameter("filter", schema, True, ABSENT, None)])
    assert list(types_of(service({}, [group])).definitions) == [
        "OrdersCreateParams",
        "OrdersCreateFilter",
    ]


def test_all_of_objects_is_one_object() -> None:
    found = annotated(
        {"Base": obj("a", a=TEXT), "More": {"allOf": [{"$ref": "#/$defs/Base"}, obj("b", b=WHOLE)]}}
    )
    assert (found["More.a"], found["More.b"]) == ("str", "int")


def test_a_union_in_which_a_value_could_change_says_less() -> None:
    numbers, texts = obj("a", a=WHOLE, b=TEXT), obj("a", a=TEXT)
    assert annotated({"Either": {"anyOf": [numbers, texts]}})["Either"] == "dict[str, Any]"


@pytest.mark.parametrize(
    ("schema", "declaration"),
    [
        (obj(a=TEXT), "a: str | None = ABSENT"),
        (obj("a", a=TEXT), "a: str"),
        (obj(a={"type": ["string", "null"]}), "a: str | None = None"),
        (obj("a", a={"type": ["string", "null"]}), "a: str | None"),
        (obj(a={"type": "integer", "default": 1}), "a: int = 1"),
        (obj(a={"type": "integer", "default": 2.0}), "a: int = 2"),
        (obj(a={"type": "integer", "default": "no"}), "a: int | None = ABSENT"),
        (
            obj(a={"type": "array", "items": TEXT, "default": ['"']}),
            "a: list[str] = Field(default_factory=lambda: ['\"'])",
        ),
        (
            obj(a={"type": "array", "items": TEXT, "default": []}),
            "a: list[str] = Field(default_factory=list)",
        ),
        # Of `list` alone pyright does not know what it makes a list of.
        (
            obj(a={"type": "array", "items": {"type": ["string", "integer"]}, "default": []}),
            "a: list[str | int] = Field(default_factory=lambda: [])",
        ),
        (
            obj(a={"type": "array", "items": {"$ref": "#/$defs/Other"}, "default": []}),
            "a: list[Other] = Field(default_factory=lambda: [])",
        ),
        (
            obj(a={"type": "array", "items": {"type": "array", "items": TEXT}, "default": []}),
            "a: list[list[str]] = Field(default_factory=lambda: [])",
        ),
        (
            obj(a={"type": "object", "default": {}}),
            "a: dict[str, Any] = Field(default_factory=dict)",
        ),
        (obj(a={}), "a: Any = None"),
        (
            obj(**{"from": TEXT}),
            "from_: Annotated[str | None, Field(alias='from')] = ABSENT",
        ),
        (obj("copy", copy=TEXT), "copy_: Annotated[str, Field(alias='copy')]"),
        (obj("sent", sent=TEXT), "sent_: Annotated[str, Field(alias='sent')]"),
        (
            obj(a={"$ref": "#/$defs/Other", "default": {"x": "1"}}),
            "a: Other = Field(default_factory=lambda: Other.model_validate({'x': '1'}))",
        ),
    ],
)
def test_how_a_field_is_declared(schema: JsonSchema, declaration: str) -> None:
    one = service({"Subject": schema, "Other": obj("x", x=TEXT)})
    module = ast.parse(models_module(one, types_of(one)))
    found = next(node for node in module.body if isinstance(node, ast.ClassDef))
    assert ast.unparse(found.body[0]) == declaration


def test_names_that_mean_something_else_do_not_break_the_module() -> None:
    awkward = [
        "List",
        "Optional",
        "Field",
        "Model",
        "Any",
        "Literal",
        "str",
        "Dict",
        "Union",
        "Annotated",
        "TypeAlias",
        "list",
        "int",
    ]
    schemas: dict[str, JsonSchema] = {
        name: obj("a", a={"$ref": f"#/$defs/{other}"}, str=TEXT, list=TEXT, absent=TEXT)
        for name, other in zip(awkward, [*awkward[1:], "Units"], strict=True)
    }
    module = module_of({**schemas, "Units": {"enum": ["m", '\u202e"\\']}})
    value: Json = '\u202e"\\'
    for _ in awkward:
        value = {"a": value, "str": "s", "list": "l", "absent": "x"}
    assert there_and_back(module.ListModel, value) == value


def test_keys_that_python_would_take_for_one_stay_apart() -> None:
    keys = ["from", "from_", "ﬁ", "fi", "userId", "user_id", "user-id", "", "a b", "1", "_x", "__x"]
    module = module_of({"Odd": obj(**dict.fromkeys(keys, WHOLE))})
    for key in keys:
        assert there_and_back(module.Odd, {key: 1}) == {key: 1}
    every = {key: number for number, key in enumerate(keys)}
    assert there_and_back(module.Odd, cast("Json", every)) == every


def test_recursive_types_that_are_no_objects() -> None:
    either: list[Json] = [
        TEXT,
        {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/Tree"}},
        {"type": "null"},
    ]
    module = module_of({"Tree": {"anyOf": either}, "Holder": obj(tree={"$ref": "#/$defs/Tree"})})
    value: Json = {"tree": [["a", None], {"b": ["c"]}]}
    assert there_and_back(module.Holder, value) == value


def test_a_recursive_list_may_hold_null() -> None:
    items: list[Json] = [WHOLE, {"$ref": "#/$defs/Rows"}, {"type": "null"}]
    rows: dict[str, Json] = {"type": "array", "items": {"anyOf": items}}
    module = module_of({"Rows": {"type": "object", "additionalProperties": rows}})
    value: Json = {"a": [1, {"b": [None]}, None]}
    assert there_and_back(module.Rows, value) == value


def test_lists_that_hold_each_other_come_to_an_end() -> None:
    two = {"type": "array", "items": {"$ref": "#/$defs/Two"}, "prefixItems": [{"type": "null"}]}
    three = {
        "anyOf": [
            {
                "type": "array",
                "items": {"type": "null"},
                "prefixItems": [{"enum": [-1]}, {"$ref": "#/$defs/Three"}, {"$ref": "#/$defs/Two"}],
            }
        ]
    }
    module = module_of(cast("dict[str, JsonSchema]", {"Two": two, "Three": three}))
    for kind, value in ((module.Two, [None, [None]]), (module.Three, [-1, [-1], [None]])):
        assert there_and_back(kind, cast("Json", value)) == value


def test_a_whole_number_is_not_taken_for_true() -> None:
    module = module_of({"Either": {"type": "array", "items": {"type": ["boolean", "integer"]}}})
    assert same(there_and_back(module.Either, [1.0, True, 1, 0.0]), [1, True, 1, 0])


def test_aliases_of_each_other_say_nothing() -> None:
    two: JsonSchema = {"anyOf": [{"$ref": "#/$defs/Two"}, {"type": "array"}]}
    assert annotated({"One": two, "Two": two, "Three": two}) == dict.fromkeys(
        ("One", "Two", "Three"), "Any"
    )


def test_null_may_have_a_name() -> None:
    nothing: JsonSchema = {"$ref": "#/$defs/Nothing"}
    module = module_of({"Nothing": {"type": "null"}, "Holder": obj("a", a=nothing, b=nothing)})
    for value in ({"a": None}, {"a": None, "b": None}):
        assert there_and_back(module.Holder, cast("Json", value)) == value


def test_a_schema_that_is_its_own_item() -> None:
    module = module_of(
        {"Node": obj(next={"$ref": "#"}, many={"type": "array", "items": {"$ref": "#"}})}
    )
    value: Json = {"next": {"many": [{"next": {}}]}}
    assert there_and_back(module.Node, value) == value


def test_the_order_of_hashes_does_not_matter() -> None:
    schemas: dict[str, JsonSchema] = {name: obj(**{name: TEXT}) for name in "zyxabc"}
    one = service(schemas)
    found = [key for key, one in types_of(one).definitions.items() if isinstance(one, TypedRecord)]
    assert found == [name.upper() for name in "zyxabc"]


KEYS = st.sampled_from(["a", "b", "kind", "class", "n1"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([1.0, 0.5, 1e3]),
    st.sampled_from(["", "a", "1", "true", "1.0", "null"]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
NAMES = ("One", "Two", "Three")


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    arms = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(KEYS, inner, max_size=3)},
            optional={
                "required": st.lists(KEYS, unique=True, max_size=2),
                "additionalProperties": inner,
                "patternProperties": st.dictionaries(st.just("^n"), inner),
            },
        ),
        st.fixed_dictionaries({"properties": st.dictionaries(KEYS, inner, max_size=2)}),
        st.fixed_dictionaries({"type": st.just("object"), "additionalProperties": inner}),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries(
            {"type": st.just("array"), "prefixItems": arms},
            optional={"items": inner, "minItems": st.integers(0, 3), "maxItems": st.integers(0, 3)},
        ),
        st.fixed_dictionaries({"anyOf": arms}, optional={"type": KINDS}),
        st.fixed_dictionaries({"oneOf": arms}),
        st.fixed_dictionaries({"allOf": arms}, optional={"$ref": st.sampled_from(["#/$defs/Two"])}),
        st.fixed_dictionaries({"not": inner}, optional={"type": KINDS}),
        st.fixed_dictionaries({"if": inner, "then": inner}, optional={"type": KINDS}),
    )


SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.booleans(),
        st.fixed_dictionaries({"type": KINDS}),
        st.fixed_dictionaries({"type": st.lists(KINDS, min_size=1, max_size=3, unique=True)}),
        st.fixed_dictionaries({"enum": st.lists(SCALARS, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"const": VALUES}),
        st.sampled_from([{"$ref": f"#/$defs/{name}"} for name in NAMES]),
    ),
    composed,
    max_leaves=6,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
@given(st.data())
def test_what_a_schema_allows_survives_its_type(data: st.DataObject) -> None:
    schemas: dict[str, JsonSchema] = {name: data.draw(SCHEMAS) for name in NAMES}
    module = module_of(schemas)
    instances = data.draw(st.lists(VALUES, min_size=20, max_size=20))
    tried = 0
    for name in NAMES:
        document = {"$ref": f"#/$defs/{name}", "$defs": schemas}
        valid = Draft202012Validator(document, offline=True)
        for instance in instances:
            if hasattr(module, name) and valid.is_valid(instance):
                tried += 1
                assert same(there_and_back(getattr(module, name), instance), instance)
    assume(tried)
