"""A module that fails while it is imported, in a library."""

from datetime import date

START = date.fromisoformat("no date")
