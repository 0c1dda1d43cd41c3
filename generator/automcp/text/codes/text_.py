"""AM0xx: texts and files that cannot be read."""

from __future__ import annotations

from .explanation import Explanation

CODES: dict[str, Explanation] = {
    "AM001": Explanation(
        "a mentioned file cannot be read",
        "The file that `include` or `$ref` names is missing, is a folder, may not be read, or "
        "is not UTF-8. Paths are relative to the file that mentions them.",
        "include: [./oders.yaml]",
        "include: [./orders.yaml]",
    ),
    "AM002": Explanation(
        "a character may not stand in a spec",
        "Control characters do not show in an editor, and readers of YAML disagree about some "
        "line ends. In double quotes every character can be written as an escape.",
        "title: A\N{SYMBOL FOR NULL}B   # a raw NUL byte",
        'title: "A\\x00B"',
    ),
    "AM003": Explanation(
        "the text is no YAML",
        "Nothing behind such a place can be trusted, so the compiler stops there. Most often a"
        " colon needs a space behind it, a text needs quotes, or the indentation is off by "
        "one.",
        "description: Note: beta",
        'description: "Note: beta"',
    ),
    "AM004": Explanation(
        "the text is no JSON",
        "A `.json` file holds strict JSON: double quotes, no comments, no comma behind the "
        "last member.",
        '{"automcp": 1,}',
        '{"automcp": 1}',
    ),
    "AM005": Explanation(
        "the file is too large",
        "A file may have 16 million characters, stand for 500 000 values (each alias counts as"
        " what it stands for) and nest them 100 deep, so that no spec can exhaust the machine "
        "that compiles it.",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]   # and so on",
        "a: [x, x]",
    ),
    "AM006": Explanation(
        "a key stands twice in one mapping",
        "YAML and JSON readers differ in which one they believe, so one of them would be lost "
        "silently.",
        "title: A\ntitle: B",
        "title: B",
    ),
    "AM007": Explanation(
        "a key is no text",
        "A spec is a JSON value, whose keys are text. A number or a word such as `404` or "
        "`true` is taken as the text that it is written with; a list or a mapping cannot be.",
        "[a, b]: 1",
        '"[a, b]": 1',
    ),
    "AM008": Explanation(
        "a tag has no meaning here",
        "Tags ask a YAML reader to build things that are not JSON. Only those of the core "
        "schema (`!!str`, `!!int` and so on) are read, where the value fits them.",
        "version: !number 1",
        'version: "1"',
    ),
    "AM009": Explanation(
        "a value does not exist in JSON",
        "Infinity, NaN, numbers beyond the range of a double, numbers of more than 1000 digits"
        " and half surrogate pairs cannot be sent over the wire.",
        "maximum: .inf",
        "# leave `maximum` out",
    ),
    "AM010": Explanation(
        "an alias stands for nothing",
        "`*name` stands for the value that `&name` marks earlier in the same file, and a value"
        " cannot contain itself.",
        "returns: *order",
        'returns: {$ref: "#/schemas/Order"}',
    ),
    "AM011": Explanation(
        "a file holds more than one document",
        "`---` ends a document; what comes behind would be ignored.",
        "name: shop\n---\ngroups: {}",
        "name: shop\ngroups: {}",
    ),
    "AM012": Explanation(
        "a file is empty",
        "There is nothing to compile, which is hardly what was meant.",
        "",
        'automcp: 1\nname: shop\nversion: "1.0"',
    ),
    "AM013": Explanation(
        "files include each other",
        "Each declaration has one place. Two files that need each other's declarations need "
        "none of it: everything that a spec includes, directly or not, is one set of names. "
        "References (`$ref`) may go back and forth.",
        "include: [./shop.yaml]   # in shop.yaml",
        "include: [./orders.yaml]",
    ),
    "AM014": Explanation(
        "a path may not be named in a spec",
        "A spec names files relative to itself, in `.yaml`, `.yml` or `.json`. Nothing is "
        "fetched from the network, and no other file of the machine is opened.",
        "include: [/etc/shop.conf]",
        "include: [./shop/orders.yaml]",
    ),
}
