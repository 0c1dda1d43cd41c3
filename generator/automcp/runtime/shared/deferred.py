"""Model classes that are declared when their module is imported, and made when they are first used.

Reason: making a pydantic class costs 0.15 ms and 12 KB, declaring one 0.01 ms and 2.5 KB, and of the models of a big
service a process uses few. Measured gain, for a server with 500 tools: 60 of the 460 ms until its first list, and 4 of
93 MB, against making the models of answers at once and only those of parameters later.

The class itself becomes the model, so whoever imported it has it. What pydantic makes of it is the same, but for
the time: a declaration that pydantic refuses is refused at its first use.
"""

from __future__ import annotations

from abc import ABCMeta
from threading import RLock
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

_DECLARED = "__declared__"
"""A member of classes that are declared and not yet made; and where the making finds the class."""
_BESIDE_FIELDS = frozenset(
    (
        "__annotations__",
        "__doc__",
        "__firstlineno__",
        "__module__",
        "__qualname__",
        "__static_attributes__",
    )
)
_TOLD_UNMADE = frozenset(
    (
        "__abstractmethods__",
        "__bases__",
        "__class__",
        "__dict__",
        "__doc__",
        "__module__",
        "__mro__",
        "__name__",
        "__qualname__",
    )
)
"""What a class says of itself without being made."""

_making = RLock()


class _Filling(ABCMeta):
    """What pydantic's metaclass, as any, leaves the making of the class object to: there may be one already."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any
    ) -> Any:
        declared = namespace.pop(_DECLARED, None)
        if declared is None:
            return super().__new__(mcs, name, bases, namespace, **kwargs)
        for key, value in namespace.items():
            setattr(declared, key, value)
        return declared


if TYPE_CHECKING:
    # What checkers know of pydantic's own metaclass they do not know of one that derives from it.
    Deferred = ModelMetaclass
else:

    class Deferred(ModelMetaclass, _Filling):
        """The metaclass of models that are made when they are first used.

        A model that has more than fields (methods, validators, a configuration of its own) is made at once.
        """

        def __new__(
            mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any
        ) -> Any:
            local = "<locals>" in namespace.get("__qualname__", "")
            if not (kwargs or local) and _has_fields_alone(namespace):
                return ABCMeta.__new__(mcs, name, bases, {**namespace, _DECLARED: True})
            made = super().__new__(mcs, name, bases, namespace, **kwargs)
            if local:
                # What its fields mention, only the function that it stands in may know.
                made.model_rebuild(raise_errors=False, _parent_namespace_depth=3)
            return made

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            make(cls)
            return type.__call__(cls, *args, **kwargs)

        def __getattribute__(cls, name: str) -> Any:
            if name not in _TOLD_UNMADE:
                make(cls)
            return type.__getattribute__(cls, name)


def make(declared: type) -> None:
    """Make the class, unless that has been done."""
    with _making:
        own = vars(declared)
        if _DECLARED not in own:
            return
        said = {key: own[key] for key in (*_BESIDE_FIELDS, *own["__annotations__"]) if key in own}
        said |= {"__qualname__": declared.__qualname__, _DECLARED: declared}
        delattr(declared, _DECLARED)
        try:
            made: Any = ModelMetaclass.__new__(
                Deferred, declared.__name__, declared.__bases__, said
            )
        except BaseException:
            setattr(declared, _DECLARED, True)
            raise
        # Pydantic takes the locals of this function for those that the class stands among.
        made.__pydantic_parent_namespace__ = None
        # It is a model like any other now, and what it is asked for comes without a detour.
        made.__class__ = ModelMetaclass


def _has_fields_alone(namespace: dict[str, Any]) -> bool:
    return namespace.keys() <= {*_BESIDE_FIELDS, *namespace.get("__annotations__", ())}
