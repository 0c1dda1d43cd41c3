"""Operations that are functions which were tools of fastmcp 2 or 3 (`run: {python: {as: fastmcp2, …}}`)."""
