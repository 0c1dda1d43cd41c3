"""A package of service groups, as projects have them that are older than AutoMCP's specs."""
