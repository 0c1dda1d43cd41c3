def told() -> str | None:
    return "1"


def all_of_them() -> list[str]:
    return []
