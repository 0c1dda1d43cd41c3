"""A project: one spec, the targets that it goes to, and where their files go (`automcp.toml`, or the defaults)."""

from __future__ import annotations

from .files import read_file, read_source, shown
from .find import find_project
from .model import Budget, Job, Project
from .toml import parse_project

__all__ = [
    "Budget",
    "Job",
    "Project",
    "find_project",
    "parse_project",
    "read_file",
    "read_source",
    "shown",
]
