"""What the operations of awkward-names take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from ._runtime.shared.model import Model, absent


class ModelModel(Model):
    from_: Annotated[str, Field(alias="from")]
    class_: Annotated[str, Field(alias="class")]
    self: str | None = absent()
    model_config_: Annotated[str | None, Field(alias="model_config")] = absent()
    model_dump_: Annotated[str | None, Field(alias="model_dump")] = absent()
    copy_: Annotated[str | None, Field(alias="copy")] = absent()
    json_: Annotated[str | None, Field(alias="json")] = absent()
    camel_case: Annotated[int | None, Field(alias="camelCase")] = absent()
    http_server: Annotated[str | None, Field(alias="HTTPServer")] = absent()
    with_dash: Annotated[str | None, Field(alias="with-dash")] = absent()
    with_space: Annotated[str | None, Field(alias="with space")] = absent()
    x7th: Annotated[str | None, Field(alias="7th")] = absent()
    hidden: Annotated[str | None, Field(alias="_hidden")] = absent()
    größe: int | float | None = absent()
    """How large."""
    数量: int | None = absent()
    x: Annotated[str | None, Field(alias="")] = absent()


class ContextModel(Model):
    list_: Annotated[list[str] | None, Field(alias="list")] = absent()
    str_: Annotated[str | None, Field(alias="str")] = absent()


Str: TypeAlias = Literal["None", "True", "a-b", "a b"]


class ImportFromParams(Model):
    """What import.from takes."""

    from_: Annotated[str, Field(alias="from")]
    """A keyword."""
    class_: Annotated[str, Field(alias="class")]
    self: str
    context: str
    handlers: str
    model_config_: Annotated[str, Field(alias="model_config")]
    camel_case: Annotated[int, Field(alias="camelCase")] = 1
    größe: int | float | None = absent()
    list_: Annotated[list[Str] | None, Field(alias="list")] = absent()


class ImportCallParams(Model):
    """What import.call takes."""

    context: ContextModel
