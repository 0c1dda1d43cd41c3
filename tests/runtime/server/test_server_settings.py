"""Settings from the environment, and what is said when they are wrong."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.server.settings import SettingField, SettingsError, read_environment
from automcp.runtime.shared.model import Json
from pydantic import SecretStr
from sample.settings import Settings

STRING: dict[str, Json] = {"type": "string"}
ROWS: dict[str, Json] = {"type": "array", "items": {"type": "integer"}}
PORT: dict[str, Json] = {"type": "integer", "maximum": 65535}


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        (STRING, "5", "5"),
        (STRING, "true", "true"),
        (STRING, "", ""),
        (STRING, '"quoted"', '"quoted"'),
        ({"enum": ["dev", "live"]}, "live", "live"),
        (PORT, "8080", 8080),
        ({"type": "number"}, "0.5", 0.5),
        ({"type": "boolean"}, "true", True),
        (ROWS, "[1, 2]", [1, 2]),
        ({"type": "object"}, '{"a": null}', {"a": None}),
        ({"type": ["integer", "null"]}, "null", None),
    ],
)
def test_a_variable_becomes_what_its_schema_says(
    schema: dict[str, Json], text: str, value: object
) -> None:
    field = SettingField("it", "IT", schema)
    assert read_environment([field], {"IT": text}) == {"it": value}


@pytest.mark.parametrize(
    ("options", "environ", "value"),
    [
        ({"default": 80}, {}, 80),
        ({"default": 80}, {"PORT": ""}, 80),
        ({"default": None}, {}, None),
        ({"optional": True}, {}, None),
        ({"optional": True}, {"PORT": "1"}, 1),
    ],
)
def test_a_variable_may_be_missing(
    options: dict[str, Any], environ: dict[str, str], value: object
) -> None:
    field = SettingField("port", "PORT", PORT, **options)
    assert read_environment([field], environ) == {"port": value}


def test_all_problems_are_told_at_once_and_no_secret() -> None:
    fields = [
        SettingField("port", "PORT", PORT, "Where to listen"),
        SettingField("rows", "ROWS", ROWS),
        SettingField("flag", "FLAG", {"type": "boolean"}),
        SettingField("level", "LEVEL", {"type": "string", "pattern": "^[a-z]+$"}),
        SettingField("key", "KEY", {"type": "string", "minLength": 40}, "The key", secret=True),
        SettingField("fine", "FINE", STRING),
    ]
    environ = {"ROWS": '[1, "x"]', "FLAG": "yes", "LEVEL": "5", "KEY": "hunter2", "FINE": "f"}
    with pytest.raises(SettingsError) as caught:
        read_environment(fields, environ)
    assert str(caught.value).splitlines() == [
        "The settings are incomplete or wrong:",
        "- PORT (Where to listen): is not set",
        '- ROWS: [1] must be an integer, not the string "x"',
        '- FLAG: the value must be a boolean, not the string "yes"',
        '- LEVEL: the value must match the pattern "^[a-z]+$", not be "5"',
        "- KEY (The key): does not fit its schema; the value is secret and not shown",
    ]


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "1e999", "[" * 100_000])
def test_what_python_calls_json_but_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        read_environment([SettingField("it", "IT", {"type": ["number", "array"]})], {"IT": text})


def test_a_secret_is_never_shown() -> None:
    settings = Settings.from_environment({"SHOP_API_KEY": "hunter2"})
    assert settings == Settings("EUR", SecretStr("hunter2"))
    assert "hunter2" not in repr(settings)
