"""AM70x: configurations of service groups, which `automcp serve` runs."""

from __future__ import annotations

from .explanation import Explanation

CODES = {
    "AM701": Explanation(
        "a configuration says something that it cannot mean",
        "A service has a `name` and `groups`; a group has a `name`. Each may say `description`, `packages` (a list of "
        "requirements), `env_vars` (texts by name) and `lifespan`; a group also `config` and `class_path`.",
        "groups:\n  my_package.math:Math: {title: Sums}",
        "name: sums\ngroups:\n  my_package.math:Math: {name: math}",
    ),
    "AM702": Explanation(
        "a configuration has a key that nothing reads",
        "Nothing reads it, so what it says does not happen. Often it is a typing error. Keys that begin with `_` or `x-` "
        "are notes of yours, and nobody's business.",
        "name: sums\ndescripton: Adds numbers.",
        "name: sums\ndescription: Adds numbers.",
    ),
    "AM703": Explanation(
        "a class is not named as `module:Class`",
        "A service finds the class of a group by the key that the group stands under, or by its `class_path`: the dotted "
        "name of a module, a colon, and the name of the class.",
        "groups:\n  my_package/math.py: {name: math}",
        "groups:\n  my_package.math:Math: {name: math}",
    ),
    "AM704": Explanation(
        "a module cannot be imported",
        "Groups are imported as Python imports anything: from the current folder, the folder of the configuration and "
        "those above it in the same project, and from what is installed beside AutoMCP. If the module is there and fails, "
        "the message says how; a package that it needs has to be installed in the same environment.",
        "",
        "",
    ),
    "AM705": Explanation(
        "a class is not there, is no class, or cannot be made",
        "The module was imported, but what stands behind the colon is no class of it, or making it fails. A group is "
        "made without arguments, or with `config` alone if it asks for that.",
        "",
        "",
    ),
    "AM706": Explanation(
        "two groups or operations have one name",
        "Tools are called `group.operation`, so one of the two could never be called.",
        "groups:\n  a:A: {name: math}\n  b:B: {name: math}",
        "groups:\n  a:A: {name: math}\n  b:B: {name: more-math}",
    ),
    "AM707": Explanation(
        "a variable of the environment is missing",
        "`env_vars` says what the code of a group finds in its environment. A value there wins over what the file says; "
        "`${NAME}` in the file stands for a variable that has to be set where the server is started.",
        'env_vars: {API_KEY: "${API_KEY}"}  # and nothing sets it',
        "",
    ),
    "AM708": Explanation(
        "the lifespan function cannot be loaded",
        "`lifespan` names an async context manager as `module:function`. It gets the server, and what it yields is what "
        "operations find in `ctx.request_context.lifespan_context`.",
        "lifespan: my_package.lifespan",
        "lifespan: my_package.lifespan:app_lifespan",
    ),
    "AM709": Explanation(
        "a package that a configuration asks for is not installed",
        "`packages` says what the code of the groups needs. Nothing installs it: that is yours to do, in the environment "
        "that AutoMCP runs in.",
        "",
        "",
    ),
    "AM710": Explanation(
        "a group offers nothing",
        "Its class has no method that is decorated with `operation`, or the configuration does not say which class it is. "
        "A file that describes one group says so with `class_path`.",
        "",
        "",
    ),
}
