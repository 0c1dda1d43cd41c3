"""Never imported."""

raise RuntimeError("hostile")


def of(item_id: str, class_: str, *, currency: str) -> float:
    return 1.0


def told() -> None: ...


async def asked(context: object) -> None: ...


class Price:
    def shown(self) -> str:
        return "1"
