"""`@operation` and `ServiceGroup`: what existing classes rely on."""

# pyright: reportPrivateUsage=false
# Projects use these names, underscores and all.

from __future__ import annotations

import inspect
from typing import Any

import pytest
from automcp.runtime.legacy_groups.group import MockContext, ServiceGroup
from automcp.runtime.legacy_groups.manager import DEFAULT_TIMEOUT, ServiceManager
from automcp.runtime.legacy_groups.operation import operation
from automcp.runtime.legacy_groups.types import ExecutionRequest, ServiceRequest
from pydantic import BaseModel, ValidationError

pytestmark = pytest.mark.anyio


class Word(BaseModel):
    text: str
    ctx: int = 0


class Words(ServiceGroup):
    @operation(schema=Word, name="say", policy="speak")
    async def say_it(self, word: Word) -> str:
        """Say it."""
        return word.text

    @operation(schema=Word)
    async def loud(self, word: Word, shout: bool = False, ctx: Any = None) -> str:
        """Say it with more than the schema has."""
        return f"{word.text}{'!' if shout else ''} {type(ctx).__name__}"

    @operation()
    async def plain(self, text: str) -> str:
        return text


def test_the_signature_is_the_one_that_it_was() -> None:
    assert str(inspect.signature(operation)).startswith(
        "(schema: 'type[BaseModel] | None' = None, name: 'str | None' = None, "
        "policy: 'str | None' = None)"
    )


def test_an_operation_tells_about_itself() -> None:
    found: Any = Words.say_it
    assert found.is_operation is True
    assert found.op_name == "say"
    assert found.schema is Word
    assert found.policy == "speak"
    assert found.doc == "Say it."
    assert found.requires_context is False
    assert found.__name__ == "say_it"
    other: Any = Words.plain
    assert (other.op_name, other.schema, other.policy, other.doc) == ("plain", None, None, None)


async def test_arguments_are_read_into_the_schema_once() -> None:
    group = Words()
    assert await group.say_it(text="a") == "a"
    assert await group.say_it(Word(text="b")) == "b"
    with pytest.raises(ValidationError):
        await group.say_it(texts="a")


async def test_the_context_is_no_argument() -> None:
    # `ctx` is a member of this schema, and the operation takes no context: it stays one.
    assert (await Words().registry["say"](text="a", ctx=3)) == "a"
    assert await Words().plain(text="a", ctx=object()) == "a"


async def test_parameters_beside_the_schema_are_kept() -> None:
    assert await Words().loud(text="a", shout=True) == "a! NoneType"


class Context(BaseModel):
    """A class of one's own that happens to be called so."""

    text: str


async def test_a_class_of_the_same_name_is_no_context() -> None:
    class Group(ServiceGroup):
        @operation()
        async def about(self, context: Context) -> str:
            return context.text

    found: Any = Group.about
    assert found.requires_context is False
    assert await Group().about(context=Context(text="a")) == "a"


async def test_arguments_may_be_called_anything() -> None:
    class Group(ServiceGroup):
        @operation()
        async def call(self, /, function: str, schema: str, args: str, **kwargs: Any) -> list[Any]:
            return [function, schema, args, kwargs]

    said = {"function": "f", "schema": "s", "args": "a", "self": "me", "kwargs": "k"}
    assert await Group().registry["call"](**said) == ["f", "s", "a", {"self": "me", "kwargs": "k"}]


def test_registries_are_not_shared() -> None:
    one, two = Words(), Words()
    assert set(one.registry) == {"say", "loud", "plain"}
    one.registry.clear()
    assert one._is_empty
    assert not two._is_empty
    assert set(Words.registry) == {"say", "loud", "plain"}
    assert ServiceGroup()._is_empty


async def test_operations_run_without_a_server() -> None:
    group = Words()
    told = await group._execute(ExecutionRequest(operation="say", arguments={"text": "a"}))
    assert (told.content.text, told.error) == ("a", None)
    failed = await group.execute(ExecutionRequest(operation="say", arguments={}))
    assert failed.error is not None
    assert "text" in failed.error
    unknown = await group.execute(ExecutionRequest(operation="sing"))
    assert unknown.error == "Unknown operation: sing"


async def test_a_context_outside_of_requests_remembers() -> None:
    context = MockContext()
    await context.info("a")
    await context.report_progress(1, 2)
    assert context.info_messages == ["a"]
    assert context.progress_updates == [(1, 2)]
    assert MockContext().info_messages == []


async def test_requests_run_together_under_one_limit() -> None:
    import anyio

    class Slow(ServiceGroup):
        @operation()
        async def wait(self, seconds: float) -> str:
            await anyio.sleep(seconds)
            return f"{seconds}"

    def asked(*seconds: float) -> ServiceRequest:
        return ServiceRequest(
            requests=[
                ExecutionRequest(operation="wait", arguments={"seconds": one}) for one in seconds
            ]
        )

    assert DEFAULT_TIMEOUT == 60
    both = await ServiceManager(Slow()).execute(asked(0.0, 0.01))
    assert (both.content.text, both.errors) == ("0.0\n0.01", None)
    late = await ServiceManager(Slow(), timeout=0.05).execute(asked(0.0, 30.0))
    assert (late.content.text, late.errors) == ("Operation timed out", ["Execution timeout"])


def test_two_operations_of_one_name_are_an_error() -> None:
    class Twins(ServiceGroup):
        @operation(name="same")
        async def one(self) -> None: ...

        @operation(name="same")
        async def two(self) -> None: ...

    with pytest.raises(ValueError, match=r"Twins has two operations called 'same': one and two"):
        assert Twins().registry
