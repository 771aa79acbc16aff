r"""Every regular expression of the package, and the texts on which such things are known to hang.

A pattern costs more than its text is long where it has several ways to divide a run among its
repeats, or where it begins anew at each place of a run that it then reads to the end. Texts that
show it are runs of whatever the pattern repeats, of what leads up to it, and of both, also of one
within the other (`\$` where a dollar sign begins something and a backslash hides any sign), each
with an end that does not fit; they are made from the pattern itself.
"""

from __future__ import annotations

import ast
import collections
import importlib
import inspect
import itertools
import mmap
import os
import pkgutil
import re
import signal
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import _constants as op
from re import _parser
from typing import Any, NoReturn

import sitegen

_ONCE = {"match", "fullmatch", "search"}
_METHODS = {*_ONCE, "sub", "subn", "finditer", "findall", "split"}

# ------------------------------------------------------------------------------ patterns


@dataclass(frozen=True)
class Found:
    """One pattern of the source: where it stands, what it is called, and how it is used."""

    module: str
    line: int
    name: str
    pattern: re.Pattern
    methods: frozenset[str]  # of _ONCE, and "finditer" for all that go on after a match


def found() -> list[Found]:
    """All patterns that the package compiles, once for each module.

    They are found in the source. What is only known when a function runs (a name that is looked
    for) is an "x"; patterns made in a loop are taken from the module's constants.
    """
    modules = {name: importlib.import_module(name) for name in _names()}
    trees = {name: ast.parse(inspect.getsource(module)) for name, module in modules.items()}
    uses = {name: _uses(tree) for name, tree in trees.items()}
    here: dict[re.Pattern, Found] = {}
    for module, tree in trees.items():
        scope = vars(modules[module])
        for call, above in _calls(tree):
            pattern = _compiled(call, above, scope)
            method = call.func.attr
            name = ""
            if method == "compile" and isinstance(above[0], ast.Attribute):
                method = above[0].attr
            elif method == "compile" and isinstance(above[0], (ast.Assign, ast.AnnAssign)):
                target = (
                    above[0].targets[0] if isinstance(above[0], ast.Assign) else above[0].target
                )
                name = target.id if isinstance(target, ast.Name) else ""
            methods = {method} & _METHODS
            if name:
                for other, used in uses.items():
                    if vars(modules[other]).get(name) is scope.get(name, ""):
                        methods |= used.get(name, set())
            if pattern in here:
                methods |= here[pattern].methods
            here[pattern] = Found(module, call.lineno, name, pattern, _kinds(methods or _METHODS))
    for module, loaded in modules.items():
        for name, value in vars(loaded).items():
            for pattern in _within(value):
                here.setdefault(pattern, Found(module, 0, name, pattern, _kinds(_METHODS)))
    return list(here.values())


def _kinds(methods: set[str]) -> frozenset[str]:
    """The fewest that try all of them: who looks for all matches looks for the first as well."""
    kinds = {one if one in _ONCE else "finditer" for one in methods}
    for more, less in (("finditer", {"search", "match"}), ("search", {"match"})):
        if more in kinds:
            kinds -= less
    return frozenset(kinds)


def _names() -> Iterator[str]:
    for info in pkgutil.walk_packages(sitegen.__path__, "sitegen."):
        if not info.name.endswith("__main__"):
            yield info.name


def _within(value: object) -> Iterator[re.Pattern]:
    """The patterns that a constant holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _within(tuple(value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from _within(each)


def _calls(tree: ast.AST) -> Iterator[tuple[Any, Sequence[ast.AST]]]:
    """Calls of functions of `re` that are given a pattern, each with what stands around it."""

    def walk(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[Any]:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)):
                if name in {*_METHODS, "compile"}:
                    yield node, above
        for child in ast.iter_child_nodes(node):
            yield from walk(child, (node, *above))

    return walk(tree, ())


def _compiled(call: Any, above: Sequence[ast.AST], scope: dict[str, Any]) -> re.Pattern:
    local: dict[str, ast.expr] = {}
    for function in [each for each in above if isinstance(each, ast.FunctionDef)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                local.setdefault(node.targets[0].id, node.value)
    flags = 0
    if call.func.attr == "compile" and len(call.args) > 1:
        flags = _evaluated(call.args[1], scope)
    return re.compile(_text(call.args[0], scope, local), flags)


def _evaluated(node: ast.expr, scope: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "<source>", "eval"), scope)  # noqa: S307 - our own


def _text(  # noqa: PLR0911 - one for each kind of expression
    node: ast.expr, scope: dict[str, Any], local: dict[str, ast.expr]
) -> Any:
    """What an expression says, "x" where only a run of the function can tell."""
    try:
        return _evaluated(node, scope)
    except NameError:
        pass
    match node:
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, scope, local) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _text(left, scope, local) + _text(right, scope, local)
        case ast.FormattedValue(value=inner) | ast.IfExp(body=inner):
            return _text(inner, scope, local)
        case ast.Name(id=name) if name in local:
            return _text(local[name], scope, local)
        case ast.Call(func=ast.Attribute(value=inner, attr="encode")):
            return _text(inner, scope, local).encode()
    return "x"


def _uses(tree: ast.AST) -> dict[str, set[str]]:
    """What is called on each name; a name that is passed on may be used in any way."""
    uses: dict[str, set[str]] = collections.defaultdict(set)

    def walk(node: ast.AST) -> None:
        match node:
            case ast.Attribute(value=inner, attr=method) if method in _METHODS:
                for one in [inner.body, inner.orelse] if isinstance(inner, ast.IfExp) else [inner]:
                    if isinstance(one, ast.Name | ast.Attribute):
                        uses[one.id if isinstance(one, ast.Name) else one.attr].add(method)
                    else:
                        walk(one)
                if isinstance(inner, ast.IfExp):
                    walk(inner.test)
                return
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                uses[name].update(_METHODS)
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(tree)
    return uses


# --------------------------------------------------------------------------------- texts

_MANY = 50  # a repeat with a bound below it costs no more than so often
_LONGEST = 40  # of what leads up to a repeat
_CHARACTERS = "a0 \n\t\"'<>(){}[]$\\/.,:;-_&#%@!=|*+?~^`AZz9é中\x00\u00a0\u0301"
_ENDS = ("", "\x00", "\na ")
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def shapes(pattern: re.Pattern) -> Iterator[tuple[str, str, str]]:
    """Texts that the pattern may hang on: what begins it, what is repeated, what ends it."""
    pumps: dict[tuple[str, str], None] = {}
    for lead, body in _repeats(_parser.parse(pattern.pattern, pattern.flags), ("",)):
        pumps["", lead] = None
        for one in filter(None, body):
            pumps |= dict.fromkeys([(lead, one), ("", one), ("", lead + one)])
            if len(one) > 1:  # the lead as what a repeat takes for escaped
                pumps["", one[:-1] + lead] = None
    for start, pump in pumps:
        if pump:
            for end in _ENDS:
                yield start, pump, end


def _repeats(tree: Any, leads: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Every repeat without a near bound: what may lead up to it, and examples of what it takes."""
    for code, value in tree:
        inner: list[Any] = []
        if code in _REPEATS:
            inner = [value[2]]
            if value[1] > _MANY:
                body = _examples(value[2])[:6]
                yield from ((lead[:_LONGEST], body) for lead in leads)
        elif code is op.SUBPATTERN:
            inner = [value[3]]
        elif code is op.ATOMIC_GROUP:
            inner = [value]
        elif code is op.BRANCH:
            inner = value[1]
        elif code in (op.ASSERT, op.ASSERT_NOT):
            inner = [value[1]]
        elif code is op.GROUPREF_EXISTS:
            inner = [branch for branch in value[1:] if branch]
        for each in inner:
            yield from _repeats(each, leads)
        more = _example(code, value)[:4] or [""]
        leads = tuple(dict.fromkeys(lead + one for lead in leads for one in more))[:4]


def _examples(tree: Any) -> list[str]:
    """A few short texts that a part of a pattern takes."""
    texts = [""]
    for code, value in tree:
        texts = [text + more for text in texts for more in _example(code, value)][:24]
    return list(dict.fromkeys(texts))


def _example(code: Any, value: Any) -> list[str]:
    match code:
        case op.LITERAL:
            return [chr(value)]
        case op.NOT_LITERAL | op.ANY | op.IN:
            return _characters(code, value)
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            least, _, body = value
            times = max(1, min(least, 20))
            return [one * times for one in _examples(body)][:6] + [""] * (least == 0)
        case op.SUBPATTERN | op.ATOMIC_GROUP:
            return _examples(value[3] if code is op.SUBPATTERN else value)
        case op.BRANCH:
            return [text for branch in value[1] for text in _examples(branch)[:2]][:16]
        case _:
            return [""]


def _characters(code: Any, value: Any) -> list[str]:
    """Some characters of a class: those first that are in many classes, and its own."""
    fitting = [char for char in _CHARACTERS if _takes(code, value, char)]
    own = []
    if code is op.IN:
        own = [chr(one) for kind, one in value if kind is op.LITERAL]
        own += [chr(ends[0]) for kind, ends in value if kind is op.RANGE]
        own = [char for char in own if _takes(code, value, char)]
    spread = (
        fitting[:3] + [char for char in fitting[3:] if char in "0 <\\"] + own[:2] + fitting[3:4]
    )
    return list(dict.fromkeys(spread))[:6]


def _takes(code: Any, value: Any, char: str) -> bool:
    if code is op.ANY:
        return char != "\n"
    if code is op.NOT_LITERAL:
        return ord(char) != value
    within = any(
        (kind is op.LITERAL and one == ord(char))
        or (kind is op.RANGE and one[0] <= ord(char) <= one[1])
        or (kind is op.CATEGORY and re.match(_CATEGORIES[one], char) is not None)
        for kind, one in value
    )
    return within != (value[0][0] is op.NEGATE)


# -------------------------------------------------------------------------------- trying

# Lengths of texts, and the seconds of computing (not of waiting) with which one is suspected, so
# that the next longer is tried. It hangs when the longest takes _SECONDS: what is read once takes a
# hundredth of that, what is read anew from each place ten times as much. A slow machine suspects
# more than it must.
_LENGTHS = ((1_000, 0.0001), (16_000, 0.03), (100_000, 0.0))
_SECONDS = 2.0


def hanging(patterns: Sequence[Found]) -> list[str]:
    """Which of them hang, and on what. A process of its own tries, since only its end stops it."""
    told = []
    state = mmap.mmap(-1, 16)
    at = 0
    while at < len(patterns):
        child = os.fork()
        if not child:
            _try_from(at, patterns, state)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0, "the process that tries the patterns has failed"
            break
        at, case = struct.unpack("qq", state[:])
        one = patterns[at]
        method, shape = list(_cases(one))[case]
        place = f"{one.module}:{one.line} {one.name}"
        start, pump, end = shape
        told.append(f"{place} {one.pattern.pattern!r}.{method}: {start!r}, {pump!r} * n, {end!r}")
        at += 1
    return told


def _cases(one: Found) -> Iterator[tuple[str, tuple[str, str, str]]]:
    return itertools.product(sorted(one.methods), shapes(one.pattern))


def _try_from(at: int, patterns: Sequence[Found], state: mmap.mmap) -> NoReturn:
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    failed = 1
    try:
        for index, one in enumerate(patterns[at:], at):
            for case, (method, shape) in enumerate(_cases(one)):
                state[:] = struct.pack("qq", index, case)
                signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
                for length, suspected in _LENGTHS:
                    before = time.thread_time()
                    _use(one.pattern, method, shape, length)
                    if time.thread_time() - before < suspected:
                        break
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        failed = 0
    finally:
        os._exit(failed)


def _use(pattern: re.Pattern, method: str, shape: tuple[str, str, str], length: int) -> None:
    start, pump, end = shape
    text = start + pump * (length // len(pump)) + end
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    matches = getattr(pattern, method)(given)
    if method == "finditer":
        collections.deque(matches, maxlen=0)
