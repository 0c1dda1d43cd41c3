"""Reads the configuration of a service or of one group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import yaml

from .types import GroupConfig, ServiceConfig

_YAML = (".yaml", ".yml")


def load_config(path: Path | str) -> ServiceConfig | GroupConfig:
    """Read a configuration: of a service if it has `groups`, else of one group.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: It is neither YAML nor JSON, or says something else than a configuration.
    """
    place = Path(path)
    if not place.exists():
        raise FileNotFoundError(f"Configuration file not found: {place}")
    try:
        return configuration(parsed(place.read_text("utf-8"), place.suffix), place.suffix)
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise ValueError(f"Invalid configuration file format: {error}") from error
    except ValueError as error:
        raise ValueError(f"Failed to load configuration: {error}") from error


def parsed(text: str, suffix: str) -> Any:
    """What a file says.

    Raises:
        ValueError: The suffix is neither of YAML nor of JSON, or the text is not.
        yaml.YAMLError: The text is no YAML.
    """
    if suffix.lower() in _YAML:
        return yaml.safe_load(text)
    if suffix.lower() == ".json":
        return json.loads(text)
    raise ValueError(f"Unsupported file format: {suffix}")


def configuration(said: Any, suffix: str) -> ServiceConfig | GroupConfig:
    """What a file says, as a configuration.

    YAML without groups is that of a service that lacks them, unless it says which class it is.

    Raises:
        ValueError: It is no mapping, or members are missing or wrong.
    """
    if not isinstance(said, dict):
        raise ValueError("a configuration is a mapping")
    return model_of(cast("dict[str, Any]", said), suffix).model_validate(said)


def model_of(said: dict[str, Any], suffix: str) -> type[ServiceConfig] | type[GroupConfig]:
    """Which of the two a file says."""
    if "groups" in said:
        return ServiceConfig
    return ServiceConfig if suffix.lower() in _YAML and "class_path" not in said else GroupConfig
