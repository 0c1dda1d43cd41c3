"""The fields that OpenAPI's objects have, and what may stand behind each: schemas apart, which have keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ...spec.document import Node
from ...text.report import quoted
from .losses import Losses
from .reading import members

Fields: TypeAlias = Mapping[str, str]
"""What stands behind each field: `text`, `flag`, `texts`, `map`, `list`, `any`; the name of another object, or that
name in brackets for a list of it, in braces for a mapping to it."""

_DESCRIBED = {"description": "text"}
_EXAMPLES = {"example": "any", "examples": "{example}"}

_COMMON: Mapping[str, Fields] = {
    "info": {
        **dict.fromkeys(("title", "summary", "description"), "text"),
        "termsOfService": "text",
        "contact": "map",
        "license": "map",
        "version": "any",
    },
    "tag": {
        **dict.fromkeys(("name", "summary", "description", "parent", "kind"), "text"),
        "externalDocs": "map",
    },
    "example": dict.fromkeys(("value", "dataValue", "serializedValue", "externalValue"), "any")
    | {"summary": "text", **_DESCRIBED},
}

OPENAPI: Mapping[str, Fields] = {
    **_COMMON,
    "document": {
        **dict.fromkeys(("openapi", "components"), "any"),
        **dict.fromkeys(("$self", "jsonSchemaDialect"), "text"),
        "info": "info",
        "paths": "map",
        "webhooks": "map",
        "servers": "[server]",
        "security": "security",
        "tags": "[tag]",
        "externalDocs": "map",
    },
    "security scheme": {
        **dict.fromkeys(("type", "description", "name", "in", "scheme", "bearerFormat"), "text"),
        **dict.fromkeys(("openIdConnectUrl", "oauth2MetadataUrl"), "text"),
        "flows": "map",
        "deprecated": "flag",
    },
    "server": {"url": "text", "name": "text", "variables": "{server variable}", **_DESCRIBED},
    "server variable": {"enum": "list", "default": "any", **_DESCRIBED},
    "path item": {
        **dict.fromkeys(("$ref", "summary", "description"), "text"),
        **dict.fromkeys(("get", "put", "post", "delete", "options", "head"), "any"),
        **dict.fromkeys(("patch", "trace", "query"), "any"),
        "additionalOperations": "map",
        "servers": "[server]",
        "parameters": "[parameter]",
    },
    "operation": {
        **dict.fromkeys(("summary", "description", "operationId"), "text"),
        "tags": "texts",
        "deprecated": "flag",
        "externalDocs": "map",
        "parameters": "[parameter]",
        "requestBody": "request body",
        "responses": "{response}",
        "callbacks": "map",
        "security": "security",
        "servers": "[server]",
    },
    "parameter": {
        **dict.fromkeys(("name", "in", "description", "style"), "text"),
        **dict.fromkeys(("required", "deprecated", "explode"), "flag"),
        **dict.fromkeys(("allowReserved", "allowEmptyValue"), "flag"),
        "schema": "schema",
        "content": "{media type}",
        **_EXAMPLES,
    },
    "request body": {"content": "{media type}", "required": "flag", **_DESCRIBED},
    "media type": {
        "schema": "schema",
        "itemSchema": "schema",
        "encoding": "{encoding}",
        "prefixEncoding": "list",
        "itemEncoding": "map",
        **_EXAMPLES,
    },
    "encoding": {
        **dict.fromkeys(("contentType", "style"), "text"),
        **dict.fromkeys(("explode", "allowReserved"), "flag"),
        "headers": "map",
        "encoding": "map",
        "prefixEncoding": "list",
        "itemEncoding": "map",
    },
    "response": {
        "summary": "text",
        "headers": "map",
        "content": "{media type}",
        "links": "map",
        **_DESCRIBED,
    },
}

SWAGGER: Mapping[str, Fields] = {
    **_COMMON,
    "document": {
        **dict.fromkeys(("swagger", "definitions", "parameters", "responses"), "any"),
        **dict.fromkeys(("host", "basePath"), "text"),
        **dict.fromkeys(("schemes", "consumes", "produces"), "texts"),
        "securityDefinitions": "map",
        "info": "info",
        "paths": "map",
        "security": "security",
        "tags": "[tag]",
        "externalDocs": "map",
    },
    "security scheme": {
        **dict.fromkeys(("type", "description", "name", "in", "flow"), "text"),
        **dict.fromkeys(("authorizationUrl", "tokenUrl"), "text"),
        "scopes": "map",
    },
    "path item": {
        "$ref": "text",
        **dict.fromkeys(("get", "put", "post", "delete", "options", "head", "patch"), "any"),
        "parameters": "[parameter]",
    },
    "operation": {
        **dict.fromkeys(("summary", "description", "operationId"), "text"),
        **dict.fromkeys(("tags", "consumes", "produces", "schemes"), "texts"),
        "deprecated": "flag",
        "externalDocs": "map",
        "parameters": "[parameter]",
        "responses": "{response}",
        "security": "security",
    },
    "parameter": {
        **dict.fromkeys(("name", "in", "description", "collectionFormat"), "text"),
        **dict.fromkeys(("required", "allowEmptyValue"), "flag"),
        "schema": "schema",
    },
    "response": {
        "schema": "schema",
        "headers": "map",
        "examples": "map",
        **_DESCRIBED,
    },
}

OPEN = frozenset({("swagger", "parameter")})
"""Objects that have the keywords of a schema, too, which are looked at there."""

REFERABLE = frozenset(
    ("parameter", "request body", "response", "example", "schema", "media type", "security scheme")
)
"""Objects in whose place a reference may stand."""

MEANT = {
    "text": "text",
    "flag": "true or false",
    "texts": "a list of texts",
    "list": "a list",
    "map": "a mapping",
    "security": "a list of mappings",
}
"""What has to stand behind a field, in words."""


def unknown_fields(item: Node, losses: Losses) -> None:
    """Report what no path item has: a method that is misspelt is no operation."""
    for key, (at, _) in members(item).items():
        if not key.startswith("x-") and key not in OPENAPI["path item"]:
            tell_unknown(key, at, "path item", losses)


def tell_unknown(key: str, at: Node, kind: str, losses: Losses) -> None:
    """Report a field that an object does not have."""
    message = f"{quoted(key)} is no field of a {kind}, and is left out"
    losses.note("AM610", message, at, kind="fields that OpenAPI does not have there")
