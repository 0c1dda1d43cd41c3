"""Operations that are functions which were tools of `mcp` 1 (`run: {python: {as: mcp1, …}}`)."""
