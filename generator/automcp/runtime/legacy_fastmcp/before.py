"""The release of fastmcp that the legacy server was made for: some of what callers see depends on it."""

FASTMCP: tuple[int, ...] = (3, 4)
