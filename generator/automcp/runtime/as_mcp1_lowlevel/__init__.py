"""Operations that are functions which answered a tool of a low-level server of `mcp` 1 (`run: {python: {as: mcp1_lowlevel, …}}`)."""
