"""AM5xx: writing files, and drift from what was written."""

from __future__ import annotations

from .explanation import Explanation

_CONFLICTS = {
    "AM501": Explanation(
        "a generated file was edited by hand",
        "Generated files are AutoMCP's: it writes them anew on every run, so an edit in one would be "
        "lost. It refuses instead, writes nothing at all, and shows the edit. Move the edit to a file "
        "that is yours (handlers, state, `__main__`), or change the spec; then delete the generated "
        "file and run `automcp generate`, which writes it as it was.",
        "",
        "",
    ),
    "AM502": Explanation(
        "a generated file was edited by hand and changes anyway",
        "The file is neither what AutoMCP wrote nor what it would write now: the spec, the options or "
        "the generator changed as well, or the file is no longer generated. Move the edit to a file "
        "of yours and delete this one, as with AM501.",
        "",
        "",
    ),
    "AM503": Explanation(
        "a file that is not AutoMCP's is in the way",
        "`automcp.lock` lists every file that AutoMCP wrote. A file that is not listed there is yours "
        "and is never overwritten. Move it, delete it, or send the target elsewhere with `out` in "
        "`automcp.toml`. If the lock itself was lost, restore it from version control; files that are "
        "exactly as AutoMCP would write them are recognised without it.",
        "",
        "",
    ),
    "AM504": Explanation(
        "a file changed while AutoMCP ran",
        "Between looking at the disk and writing, something else changed a file: an editor, a "
        "formatter, a second run. Nothing was written. Run it again.",
        "",
        "",
    ),
}
_PLACES = {
    "AM505": Explanation(
        "two paths that differ only in case",
        "On Windows and macOS `Orders.py` and `orders.py` are one file, so one would destroy the "
        "other. Rename one of them, or the group in the spec.",
        "",
        "",
    ),
    "AM506": Explanation(
        "a link leads out of the project, or to another file of it",
        "AutoMCP writes only below the project's folder, and each file once. A symbolic link on the "
        "way to a file would send it elsewhere. Replace the link by a folder, or choose another `out`.",
        "",
        "",
    ),
    "AM507": Explanation(
        "something else stands where a file should be",
        "A folder, a device or an unreadable file stands at the path, or a file stands where a folder "
        "is needed. Move it out of the way.",
        "",
        "",
    ),
    "AM508": Explanation(
        "the disk refused",
        "The disk is full, or a folder may not be written. Every file is as it was before: AutoMCP "
        "writes everything or nothing.",
        "",
        "",
    ),
    "AM509": Explanation(
        "a file that is not replaced",
        "A command that writes one file found another one in its place, or the disk refused. Nothing was written.",
        "automcp import server --command 'uvx mcp-server-git' --out git.yaml",
        "automcp import server --command 'uvx mcp-server-git' --out git.yaml --force",
    ),
    "AM510": Explanation(
        "the lock cannot be read",
        "`automcp.lock` is damaged (often by an unfinished merge), edited, or of a newer AutoMCP. "
        "Restore it from version control and run `automcp generate`. Its entries are sorted, one file "
        "a line; in a merge take either side and generate again.",
        "",
        "",
    ),
}
_PROJECT = {
    "AM520": Explanation(
        "automcp.toml says something that AutoMCP does not know",
        "The project file names the spec and, for each target, the folder of its files (`out`) and "
        "the target's options. Anything else is an error, so that a misspelt option does not pass in "
        "silence.",
        '[targets.server]\nuot = "server"\n',
        '[targets.server]\nout = "server"\n',
    ),
    "AM521": Explanation(
        "a target's folder is outside the project",
        "Everything that AutoMCP writes for a project stays below the folder of its `automcp.toml`, "
        "where its lock is. To write elsewhere as a whole, use `automcp generate --out DIR`.",
        '[targets.server]\nout = "../server"\n',
        '[targets.server]\nout = "server"\n',
    ),
    "AM522": Explanation(
        "there is no spec to read",
        "The path leads nowhere, is no UTF-8 text, or is a folder without a file that has `automcp:` "
        "at its top.",
        "",
        "",
    ),
    "AM523": Explanation(
        "a folder with several specs",
        "Without a project file, a folder means the one spec in it. With several, name one on the "
        'command line, or write `spec = "shop.yaml"` into `automcp.toml`.',
        "",
        "",
    ),
    "AM524": Explanation(
        "an unknown target",
        "`--target` chooses among the targets of the project; the tables `[targets.NAME]` choose among "
        "those that are installed: AutoMCP's own, and those of packages with an `automcp.targets` "
        "entry point.",
        "[targets.sever]\n",
        "[targets.server]\n",
    ),
    "AM525": Explanation(
        "two targets want one file",
        "Two targets were given one folder, and both write a file of the same name. Give each its own `out`.",
        '[targets.server]\nout = "all"\n\n[targets.client]\nout = "all"\n',
        '[targets.server]\nout = "server"\n\n[targets.client]\nout = "client"\n',
    ),
    "AM526": Explanation(
        "the folder of a new project is not empty",
        "`automcp new` starts a project in a new or empty folder, so that it cannot overwrite anything.",
        "",
        "",
    ),
    "AM527": Explanation(
        "a new project cannot be made from these answers",
        "An answer does not fit its question, or the template cannot be used. Nothing was written.",
        "",
        "",
    ),
    "AM528": Explanation(
        "the compiled server cannot be started from here",
        "`automcp run` and `automcp call` start the server package that `automcp generate` wrote. "
        "Generate it first. A package with the layout `package` is a part of another server, and has no start of its own: "
        "start that server, with its console script. A server that is compiled for another SDK than AutoMCP's own runs "
        "in the environment where it is installed: say `--python PATH`.",
        "",
        "",
    ),
    "AM529": Explanation(
        "specs that would delete each other's files",
        "What a spec does not lead to any more is deleted. If several specs lie in one folder, and no project file says which "
        "one the folder is about, those files may be another spec's. Give each a folder of its own, or `--out DIR`.",
        "",
        "",
    ),
}
_BUDGET = {
    "AM540": Explanation(
        "a list of tools that is too large",
        "Hosts hand the whole list of tools to a model before it does anything. The project file says how many tokens "
        "that may take (`list` of `[budget]`), and it takes more: tokens are estimated at four bytes each.",
        "",
        'tools = "search"',
    ),
    "AM541": Explanation(
        "a tool that is too large",
        "The project file says how many tokens a tool may take (`tool` of `[budget]`): its name, its descriptions and its "
        "schemas, with all that they refer to. Tokens are estimated at four bytes each.",
        "",
        "",
    ),
}
_HANDLERS = {
    "AM530": Explanation(
        "an operation without a handler",
        "The spec has an operation that the handler file, which is yours, has no method for. "
        "`automcp generate --stubs` appends one for each, and changes no existing line. A handler file that is "
        "no Python is warned of: what it lacks cannot be told. So is one that was deleted and is still imported: `--stubs` "
        "writes it anew. So is a class that does not inherit from the one that holds "
        "what the spec says its operations do (`run:`): add that parent by hand.",
        "",
        "",
    ),
}

CODES: dict[str, Explanation] = {**_CONFLICTS, **_PLACES, **_PROJECT, **_HANDLERS, **_BUDGET}
