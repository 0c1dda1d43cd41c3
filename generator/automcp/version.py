"""Which AutoMCP this is; the lock of a project names it."""

VERSION = "0.2.0"
__version__ = VERSION
