"""Tells a call one word more, in the way in which it is written."""

from __future__ import annotations

import libcst as cst


def with_word(call: cst.Call, word: str, text: str) -> cst.Call:
    """A call with a further argument at its end.

    Args:
        word: The name of the argument.
        text: Its value.
    """
    new = cst.Arg(
        keyword=cst.Name(word),
        value=cst.SimpleString(f'"{text}"'),
        equal=cst.AssignEqual(
            whitespace_before=cst.SimpleWhitespace(""), whitespace_after=cst.SimpleWhitespace("")
        ),
    )
    if not call.args:
        return call.with_changes(args=[new])
    *others, last = call.args
    if isinstance(last.comma, cst.Comma):
        ended = last.with_changes(comma=_kept(call, last.comma))
        new = new.with_changes(
            comma=_final(last.comma), whitespace_after_arg=last.whitespace_after_arg
        )
        return call.with_changes(args=[*others, ended, new])
    between = cst.Comma(whitespace_after=_plain(call.whitespace_before_args))
    ended = last.with_changes(comma=between, whitespace_after_arg=cst.SimpleWhitespace(""))
    new = new.with_changes(whitespace_after_arg=last.whitespace_after_arg)
    return call.with_changes(args=[*others, ended, new])


def _plain(within: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """A line break without comments if there is one, else a space."""
    if isinstance(within, cst.ParenthesizedWhitespace):
        return cst.ParenthesizedWhitespace(
            first_line=cst.TrailingWhitespace(newline=within.first_line.newline),
            indent=within.indent,
            last_line=within.last_line,
        )
    return cst.SimpleWhitespace(" ")


def _kept(call: cst.Call, comma: cst.Comma) -> cst.Comma:
    """The comma behind the argument that was the last: with its comment, and the indentation of the others."""
    after = comma.whitespace_after
    if not isinstance(after, cst.ParenthesizedWhitespace):
        return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    before = [call.whitespace_before_args]
    before += [
        one.comma.whitespace_after for one in call.args[:-1] if isinstance(one.comma, cst.Comma)
    ]
    broken = [one for one in before if isinstance(one, cst.ParenthesizedWhitespace)]
    if broken:
        return comma.with_changes(
            whitespace_after=after.with_changes(
                indent=broken[-1].indent, last_line=broken[-1].last_line
            )
        )
    return comma.with_changes(
        whitespace_after=after.with_changes(last_line=cst.SimpleWhitespace("    "))
    )


def _final(comma: cst.Comma) -> cst.Comma:
    """The comma behind the argument that is the last now."""
    after = comma.whitespace_after
    if isinstance(after, cst.ParenthesizedWhitespace):
        plain = cst.TrailingWhitespace(newline=after.first_line.newline)
        return comma.with_changes(
            whitespace_after=after.with_changes(first_line=plain, empty_lines=[])
        )
    return cst.Comma()
