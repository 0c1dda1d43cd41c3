"""Names in a generated module: each taken once, none that means something else there."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable, Iterator, Mapping

from ...ir.model import Group, Service
from ...text.names import Name, python_name
from .content import CLASSES

RUNTIME_ERRORS = [
    "AttemptTimeout",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "InvalidAnswer",
    "InvalidArguments",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
]
"""What the client's runtime raises; a client's `errors.py` offers them beside the declared ones."""

_IMPORTED = """
    ABSENT Annotated Answer Any App AutoMCPClient Callbacks ClientConfig CompiledServer Context DeclaredError
    ErrorHandlingGroup Field Handlers Hooks Iterator Literal Mapping Model Operation Protocol
    RequestContext SURFACE Settings State Surface Target TypeAlias TypeAliasType UNSET Unset
"""
# What datamodel-code-generator renames or may import.
_LIBRARY = """
    BaseModel ConfigDict Dict Enum ForwardRef Generic List None_ Optional RootModel Set Tuple Type Union
"""
_MODULE_NAMES = frozenset((*_IMPORTED.split(), *_LIBRARY.split()))

_BUILTINS = frozenset(dir(builtins))

_RAISED_BY_PYTHON = _BUILTINS - set(RUNTIME_ERRORS)

_TAKEN = _MODULE_NAMES | _BUILTINS | frozenset(RUNTIME_ERRORS)


def taken_classes(service: Service) -> frozenset[str]:
    """What the generated modules of a service mean something else by."""
    return _TAKEN | frozenset(_imported_for(service))


def _imported_for(service: Service) -> Iterator[str]:
    """What is imported only where a spec makes use of it: a spec without prompts may have a schema `Prompt`."""
    for operation in service.operations:
        yield from (CLASSES[kind] for kind in operation.content)
        yield from ("Sequence", "Result", "Block") if operation.content else ()
    if service.resources:
        yield from (
            "Resource",
            "ResourceOffer",
            "Variables",
            "Sequence",
            "Completion",
            "Completions",
        )
    if service.prompts:
        yield from (
            "Prompt",
            "PromptOffer",
            "Variables",
            "Messages",
            "Sequence",
            "Completion",
            "Completions",
        )
    if service.resources or service.prompts:
        yield "Offer"
    if service.questions:
        yield from ("Form", "Url")
    if service.auth:
        yield from ("Auth", "Caller")
    if service.backends:
        yield from ("Backends", "OpenBackends")
    if any(resource.run is not None for resource in service.resources):
        yield "Contents"
    bound = [group for group in service.groups if group.has_bindings]
    if bound:
        yield "Bound"
        yield from map(bound_class, bound)


# What `pydantic.BaseModel` has, which a test compares: importing it would take as long as formatting.
MODEL_MEMBERS = """
    construct copy dict from_orm json model_computed_fields model_config model_construct model_copy
    model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema
    model_parametrized_name model_post_init model_rebuild model_validate model_validate_json
    model_validate_strings parse_file parse_obj parse_raw schema schema_json update_forward_refs
    validate
"""
_FIELD_NAMES: frozenset[str] = frozenset(
    # The last two every class has by its metaclass.
    (*MODEL_MEMBERS.split(), "sent", "mro", "register")
)


class Names:
    """Gives out class names for one module."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*_TAKEN, *taken}

    def is_free(self, name: str) -> bool:
        """Whether `claim` would give just this name."""
        return name not in self._taken

    def claim(self, wanted: str) -> str:
        """`wanted`, or if the module means something else by it, the nearest free name."""
        name = wanted if wanted not in self._taken else _renamed(wanted, self._taken)
        self._taken.add(name)
        return name

    def claim_error(self, wanted: str) -> str:
        """The same for an exception, which may have the name of a built-in one, but not of the runtime's."""
        name = wanted
        if name in self._taken and name not in _RAISED_BY_PYTHON:
            taken = self._taken - _RAISED_BY_PYTHON
            stem = wanted.removesuffix("Error")
            name = _numbered(f"{stem}Failure" if stem != wanted else f"{wanted}Error", taken)
        self._taken.add(name)
        return name


def _renamed(wanted: str, taken: set[str]) -> str:
    return _numbered(f"{wanted}Model" if wanted in _MODULE_NAMES | _BUILTINS else wanted, taken)


def _numbered(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}{number}" in taken:
        number += 1
    return f"{wanted}{number}"


def field_names(keys: Iterable[str]) -> Mapping[str, str]:
    """A Python name for every property: no keyword, none of pydantic's, and nobody else's key.

    A field is found by its name too, so a name that is another property's key would catch its value.
    """
    listed = list(keys)
    chosen: dict[str, str] = {}
    taken = set[str](_FIELD_NAMES)
    foreign = taken.union(listed)
    # Plain names first: `from_` must not lose its own name to `from`.
    for key in sorted(listed, key=lambda key: python_name(key) != key):
        if key not in taken:
            foreign.discard(key)
        chosen[key] = free_name(python_name(key), foreign)
        taken.add(chosen[key])
        foreign.update((key, chosen[key]))
    return {key: chosen[key] for key in listed}


def parameter_names(keys: Iterable[str], reserved: Iterable[str]) -> Mapping[str, str]:
    """A Python name for every parameter of a method, none of them reserved."""
    chosen: dict[str, str] = {}
    taken = set(reserved)
    for key in keys:
        chosen[key] = free_name(Name.parse(key).parameter, taken)
        taken.add(chosen[key])
    return chosen


def client_class(service: Service) -> str:
    """The class of a service's client."""
    return f"{service.name.pascal}Client"


def protocol_class(group: Group) -> str:
    """The class that a group's handlers must fit."""
    return f"{group.name.pascal}Handlers"


def bound_class(group: Group) -> str:
    """The class of what the spec says that a group does."""
    return f"Bound{group.name.pascal}"


def free_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, else with a trailing `_`, else with the first free number."""
    if wanted not in taken:
        return wanted
    if f"{wanted.rstrip('_')}_" not in taken and not keyword.iskeyword(wanted):
        return f"{wanted.rstrip('_')}_"
    number = 2
    while f"{wanted.rstrip('_')}_{number}" in taken:
        number += 1
    return f"{wanted.rstrip('_')}_{number}"
