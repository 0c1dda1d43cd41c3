"""What the operations of awkward-names take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from ._runtime.shared.model import ABSENT, Model


class ModelModel(Model):
    from_: Annotated[str, Field(alias="from")]
    class_: Annotated[str, Field(alias="class")]
    self: str | None = ABSENT
    model_config_: Annotated[str | None, Field(alias="model_config")] = ABSENT
    model_dump_: Annotated[str | None, Field(alias="model_dump")] = ABSENT
    copy_: Annotated[str | None, Field(alias="copy")] = ABSENT
    json_: Annotated[str | None, Field(alias="json")] = ABSENT
    camel_case: Annotated[int | None, Field(alias="camelCase")] = ABSENT
    http_server: Annotated[str | None, Field(alias="HTTPServer")] = ABSENT
    with_dash: Annotated[str | None, Field(alias="with-dash")] = ABSENT
    with_space: Annotated[str | None, Field(alias="with space")] = ABSENT
    x7th: Annotated[str | None, Field(alias="7th")] = ABSENT
    hidden: Annotated[str | None, Field(alias="_hidden")] = ABSENT
    größe: int | float | None = ABSENT
    """How large."""
    数量: int | None = ABSENT
    x: Annotated[str | None, Field(alias="")] = ABSENT


class ContextModel(Model):
    list_: Annotated[list[str] | None, Field(alias="list")] = ABSENT
    str_: Annotated[str | None, Field(alias="str")] = ABSENT


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
    größe: int | float | None = ABSENT
    list_: Annotated[list[Str] | None, Field(alias="list")] = ABSENT


class ImportCallParams(Model):
    """What import.call takes."""

    context: ContextModel
