"""The passes, in their order; nothing else calls them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any, TypeAlias

from .abreast import abreast
from .budget import overruns
from .functions import check_functions
from .ir.dump import dump_text
from .ir.model import Service
from .output import kept
from .output.disk import observe
from .output.files import File, Files
from .output.lock import LOCK_NAME, Lock, Origin, read_lock
from .output.lost import lost_handlers, restore_lost
from .output.plan import Plan, Wanted, compare, paths
from .output.stubs import handlers_apart, missing_stubs, plan_stubs, unreadable_handlers
from .output.tidy import tidy
from .project import Job, Project
from .resolve import resolve
from .rules import check
from .spec.decode import decode
from .spec.load import load_all
from .spec.load.files import Read
from .targets import Limit, Limited, Prepared, SharedWork, find, is_built_in
from .targets.weight import ListWeight, weight
from .text.report import Diagnostic, Label, Report
from .text.source import Source, Span
from .version import VERSION

_Part: TypeAlias = tuple[Files, tuple[Diagnostic, ...]]
_LARGE = 200
"""What a service offers and names, from which on compiling it takes so long that processes are worth their start."""


def analyse(source: Source, read: Read, report: Report, folders: Sequence[str] = ()) -> Service:
    """Load, decode, check and resolve a spec.

    Args:
        read: Gives the file at a path, for files that the spec includes or refers to, and for the functions that it
            names.
        folders: Where the server finds modules; they are looked for beside the spec, too.
        report: Takes all findings.

    Raises:
        Rejected: A pass found an error. All of that pass's findings are in the report.
    """
    loaded = load_all(source, read, report)
    report.settle()
    document = decode(loaded, report)
    report.settle()
    check(document, report)
    service = resolve(document, report)
    report.settle()
    check_functions(service, (*folders, posixpath.dirname(source.name)), read, report)
    report.settle()
    return service


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a spec was compiled to.

    Attributes:
        wanted: Files in memory, by the target's name.
        listed: How large the list of tools is; `None` if no server was compiled.
    """

    wanted: Mapping[str, Wanted]
    listed: ListWeight | None


def generate(project: Project, source: Source, read: Read, report: Report) -> Compiled:
    """Compile a spec for every target of a project.

    Raises:
        Rejected: The spec, or a target's options, have errors, or the list of tools is larger than it may be.
    """
    service = analyse(source, read, report, project.modules)
    large = len(service.places) + len(service.schemas) > _LARGE
    listed, spec = _measured(project, service, report, large=large)
    tidied = _compiled(project, service, spec, report, large=large)
    wanted = {job.target: _wanted(job, spec, tidied) for job in project.jobs}
    _check_apart(wanted, report)
    report.settle()
    return Compiled(wanted, listed)


def _measured(
    project: Project, service: Service, report: Report, *, large: bool
) -> tuple[ListWeight | None, str]:
    """How large the list of tools is, and the hash of the service; meanwhile, what targets share is worked out."""
    found = Report()

    def measured() -> tuple[ListWeight | None, str, tuple[Diagnostic, ...]]:
        return weigh(project, service, found), _hashed(dump_text(service)), tuple(found)

    shared = _shared(project) if large else ()
    works: list[Callable[[], Any]] = [measured, *(partial(work, service) for work in shared)]
    (listed, spec, findings), *results = abreast(works)
    for work, result in zip(shared, results, strict=True):
        work.keep(service, result)
    for finding in findings:
        report.add(finding)
    return listed, spec


def _shared(project: Project) -> Sequence[SharedWork[Any]]:
    targets = [find(job.target) for job in project.jobs if is_built_in(job.target)]
    works = [target.SHARED for target in targets if isinstance(target, Prepared)]
    return list(dict.fromkeys(chain.from_iterable(works)))


def weigh(project: Project, service: Service, report: Report) -> ListWeight | None:
    """How large the server's list of tools is; reports what is more than the project's budget."""
    server = next((job for job in project.jobs if job.target == "server"), None)
    if server is None:
        return None
    try:
        listed = weight(service, server.options)
    except ValueError:
        # The target itself will say what is wrong with its options.
        return None
    for finding in overruns(listed, project.budget, service):
        report.add(finding)
    return listed


def plan(
    project: Project, wanted: Mapping[str, Wanted], report: Report, *, stubs: bool = False
) -> Plan:
    """Compare what is wanted with the lock and the disk.

    Args:
        report: Takes a warning for each handler that lacks a method.
        stubs: Append those methods instead.

    Raises:
        Rejected: `AM510` if the lock cannot be read.
    """
    lock = _lock(project)
    disk = observe(project.root, paths(wanted, lock))
    compared = compare(wanted, lock, disk, others=project.others)
    if stubs:
        compared = restore_lost(compared, wanted)
    found = (lost_handlers, unreadable_handlers, handlers_apart)
    for warning in (one for each in found for one in each(compared, wanted)):
        report.add(warning)
    if stubs:
        return plan_stubs(compared, wanted)
    for note in missing_stubs(compared, wanted):
        report.add(note)
    return compared


def _compiled(
    project: Project, service: Service, spec: str, report: Report, *, large: bool
) -> Files:
    """The files of all targets, each below its target's name; from the cache, if the spec said the same before."""
    jobs = [(job.target, dict(job.options)) for job in project.jobs]
    # The code of a plugin may change without our noticing.
    own = all(is_built_in(target) for target, _ in jobs)
    name = kept.name_of(_fingerprint([spec, jobs])) if own else None
    files = kept.read(name) if name else None
    if files is not None:
        return files
    before = len(report)
    emitted = _abreast(project.jobs, service) if large and own else [_tidied(project.jobs, service)]
    for finding in chain.from_iterable(findings for _, findings in emitted):
        report.add(finding)
    report.settle()
    files = Files.merge(files for files, _ in emitted)
    # Findings have places, which are not kept.
    if name and len(report) == before:
        kept.write(name, files)
    return files


def _abreast(jobs: Sequence[Job], service: Service) -> list[_Part]:
    """The targets of a large service, each in a process of its own."""
    return abreast([partial(_tidied, (job,), service) for job in jobs])


def _tidied(jobs: Sequence[Job], service: Service) -> _Part:
    """The files of some targets, and what was found meanwhile."""
    found = Report()
    emitted = Files.merge(_emit(job, service, found).under(job.target) for job in jobs)
    # Formatted at a place that does not depend on `out`, or on what else is compiled.
    return (Files() if found.failed else tidy(emitted)), tuple(found)


def _emit(job: Job, service: Service, report: Report) -> Files:
    """What one target gives; nothing, and a finding, if it does not exist or its options are wrong."""
    try:
        target = find(job.target)
    except LookupError as error:
        report.add(_misfit("AM524", str(error.args[0]), job.place))
        return Files()
    try:
        for limit in target.limits(service, job.options) if isinstance(target, Limited) else ():
            report.add(_lacking(job, limit, service))
        return target.emit(service, job.options)
    except ValueError as error:
        # By contract about an option; without any it is a mistake of the target.
        if not job.options:
            raise
        at = next((job.places[key] for key in job.places if f"`{key}`" in str(error)), job.place)
        report.add(_misfit("AM520", str(error), at))
        return Files()


def _lacking(job: Job, limit: Limit, service: Service) -> Diagnostic:
    """The finding that a target cannot do what the spec asks for."""
    without = f'`without = ["{limit.feature}"]` in [targets.{job.target}] of automcp.toml'
    return Diagnostic(
        "AM401",
        f"the target `{job.target}` cannot do `{limit.feature}`: {limit.why}",
        _place(limit.path, service.places),
        help="choose another `sdk`" + (f", or do without: {without}" if limit.acceptable else ""),
    )


def _place(path: str, places: Mapping[str, Span]) -> Label | None:
    """Where the spec says what is at `path`, or what is around it."""
    while path not in places:
        if not path:
            return None
        path = path.rpartition(".")[0]
    return Label(places[path])


def _misfit(code: str, message: str, place: Span | None) -> Diagnostic:
    return Diagnostic(code, message, Label(place) if place else None)


def _wanted(job: Job, spec: str, tidied: Files) -> Wanted:
    prefix = f"{job.target}/"
    own = (file for file in tidied if file.path.startswith(prefix))
    files = Files(File(file.path.removeprefix(prefix), file.text, file.owner) for file in own)
    origin = Origin(VERSION, spec, _fingerprint(dict(job.options)))
    return Wanted(origin, files.under(job.out))


def _check_apart(wanted: Mapping[str, Wanted], report: Report) -> None:
    """Report every file that two targets want; Windows and macOS do not tell cases apart."""
    owners: dict[str, str] = {}
    for name, want in wanted.items():
        for file in want.files:
            other = owners.setdefault(file.path.casefold(), name)
            if other != name:
                report.add(
                    Diagnostic(
                        "AM525",
                        f"the targets `{other}` and `{name}` both write `{file.path}`",
                        help="give each its own `out` in automcp.toml",
                    )
                )


def _lock(project: Project) -> Lock:
    """The project's lock; an empty one if there is none (what stands in its place is `compare`'s affair)."""
    data = observe(project.root, [LOCK_NAME])[LOCK_NAME].data
    return Lock() if data is None else read_lock(data)


def _fingerprint(value: object) -> str:
    """The SHA-256 of a JSON value; members keep their order, which is the spec's and has a meaning."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return _hashed(text)


def _hashed(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
