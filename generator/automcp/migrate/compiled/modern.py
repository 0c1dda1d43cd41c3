"""Makes a legacy server modern: what is understood of it is compiled, what goes wrong stays carried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...importers.server.capture import Captured
from ..entry import Entry
from ..freeing import Freed, free
from ..modernise import Left, Modernised, Server, modernise
from ..survey import Project
from ..syntax import parsed
from ..taken import first_taken
from .compiling import CannotCompile, Compiled, compile_plain
from .place import Place

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Modern:
    """What became of a legacy server's tools, prompts and resources.

    Attributes:
        read: Which are plain functions now, which places stay, and what the sources say.
        compiled: The package that answers for the functions; `None` if there are none.
        without: Why there is none, where it is not for the tools.
        freed: The server, if nothing is left for the adapter to do for it.
        held: What is left for it, besides the tools that stay.
    """

    read: Modernised
    compiled: Compiled | None
    without: str | None = None
    freed: Freed | None = None
    held: tuple[Left, ...] = ()


def made_modern(
    project: Project,
    entry: Entry,
    place: Place,
    version: str,
    *,
    captured: Captured | None = None,
    kept: Mapping[str, str] | None = None,
    alone: bool = True,
) -> Modern:
    """Turn what is understood of a project's tools into plain functions, and compile what answers for them.

    Args:
        captured: What the legacy server showed.
        kept: The tools that stay carried, by name, and prompts and resources, by what they are known as, and why.
        alone: Whether the server object goes if nothing is left for it to do.
    """
    try:
        made = _made(project, entry, place, version, captured, kept or {})
        if alone and made.compiled is not None:
            made = _alone(project, entry, made, made.compiled, version)
        for text in made.read.texts.values():
            parsed(text)
    except Exception as error:
        # Sources are a stranger's, and all of them can be carried: that works whatever cannot be read in them.
        said = (
            f"reading it failed ({type(error).__name__}: {str(error)[:200]}): everything is carried"
        )
        return Modern(Modernised((), (Left(entry.source.path, 1, None, said),), {}), None)
    return made


def _made(
    project: Project,
    entry: Entry,
    place: Place,
    version: str,
    captured: Captured | None,
    kept: Mapping[str, str],
) -> Modern:
    staying = dict(kept)
    read = modernise(project, entry, captured, lambda _: place.package, staying)
    chosen = _server(read)
    known = len({one.server for one in read.functions}) <= 1

    def package(server: Server) -> str | None:
        return place.package if server == chosen else None

    for _ in range(_TRIES):
        if not known:
            read = modernise(project, entry, captured, package, staying)
        known = False
        if not read.functions:
            break
        try:
            compiled = compile_plain(read.plain, place, version, read.offers)
        except CannotCompile as error:
            if read.plain and read.offers:
                # What a spec says of tools is the more.
                staying |= {one.known_as: _refused(error) for one in read.offers}
                continue
            return Modern(_nothing(read, _refused(error)), None)
        if not compiled.unlike:
            return _beside(project, Modern(read, compiled), compiled)
        staying |= compiled.unlike
    return Modern(_nothing(read, "no spec says all that is listed"), None)


def _alone(
    project: Project, entry: Entry, made: Modern, compiled: Compiled, version: str
) -> Modern:
    """The same without the server object, if nothing is left for it to do."""
    read = made.read
    found = free(project, entry, read, compiled.place.package)
    if not isinstance(found, Freed):
        return replace(made, held=found)
    try:
        alone = compile_plain(read.plain, compiled.place, version, read.offers, found.identity)
    except CannotCompile as error:
        return replace(made, held=(Left(entry.source.path, 1, None, _refused(error)),))
    return Modern(replace(read, texts=found.texts), alone, freed=found)


def _refused(error: CannotCompile) -> str:
    lines = str(error).strip().splitlines()
    return f"the compiler refuses it: {next((one for one in lines if one.startswith('error')), lines[0])}"


def _beside(project: Project, made: Modern, compiled: Compiled) -> Modern:
    """The same if the project has nothing where the package comes to, or nothing compiled."""
    own = first_taken(project, (*compiled.files, f"{compiled.place.home}.py"))
    if own is None:
        return made
    reason = f"`{own}`, which compiling would write, is the project's own"
    return Modern(_nothing(made.read, reason), None, reason)


def _server(read: Modernised) -> Server | None:
    """The server that most was understood of: a project has one spec, and a spec is about one server."""
    counted = Counter(one.server for one in read.functions)
    return max(counted, key=lambda one: (counted[one], one.path), default=None)


def _nothing(read: Modernised, reason: str) -> Modernised:
    """The same with nothing taken out of the legacy sources."""
    lines = reason.strip().splitlines()
    left = [Left(one.source, one.line, one.name, lines[0]) for one in read.functions]
    return replace(
        read,
        plain=(),
        offers=(),
        texts={},
        left=tuple(sorted((*read.left, *left), key=lambda one: (one.source, one.line))),
    )
