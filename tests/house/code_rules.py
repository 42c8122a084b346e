"""Our own rules for the product's code, read from its syntax trees: each names what it forbids."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT, name_of, python_files

Finder = Callable[[ast.Module], Iterator[ast.AST]]
LOG_METHODS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
DANGEROUS_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
UNSAFE_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "telnetlib", "ftplib"})
ASKS_OUTSIDE = frozenset({"requests", "httpx", "aiohttp", "urllib.request", "http.client"})
WEAK_HASHES = frozenset({"md5", "sha1"})
STATEMENTS = frozenset({"execute", "executemany", "raw", "extra", "copy"})


@dataclass(frozen=True)
class Rule:
    """One rule: what it looks for, and in which folders or files it does not look, and why."""

    says: str
    find: Finder
    but_in: tuple[str, ...] = ()


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """Return the last part of the name of what is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def imported(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every module that is imported, and what is taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def is_literal(node: ast.AST) -> bool:
    """Say whether a value stands in the code as it is."""
    return isinstance(node, ast.Constant)


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Find statements sent to a database."""
    return (call for call in calls(tree) if called(call) in STATEMENTS and call.args)


def built_statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Find statements put together with values: by %, by format or by plus."""
    for call in calls(tree):
        if called(call) in STATEMENTS and call.args:
            text = call.args[0]
            is_formatted = isinstance(text, ast.Call) and called(text) == "format"
            of_sql = is_formatted and isinstance(text.func, ast.Attribute) and not is_literal(
                text.func.value
            )  # fmt: skip
            is_percent = isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mod)
            if is_percent or (is_formatted and not of_sql):
                yield call


def session_wide(tree: ast.Module) -> Iterator[ast.AST]:
    """Find settings of the database that would stay on a connection for the next reader."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.lower().replace(" ", "")
            if "set_config(" in text and ",false)" in text:
                yield node


def logged_values(tree: ast.Module) -> Iterator[ast.AST]:
    """Find log lines that carry more than a fixed sentence."""
    for call in calls(tree):
        is_log = isinstance(call.func, ast.Attribute) and call.func.attr in LOG_METHODS
        base = call.func.value if isinstance(call.func, ast.Attribute) else None
        if is_log and isinstance(base, ast.Name) and base.id.lower() in ("log", "logger"):
            texts = call.args[1:] if call.func.attr == "log" else call.args  # type: ignore[union-attr]
            if texts and not is_literal(texts[0]):
                yield call


def unescaped(tree: ast.Module) -> Iterator[ast.AST]:
    """Find text that is called safe without standing in the code."""
    for call in calls(tree):
        if called(call) in ("mark_safe", "Markup", "SafeString") and call.args:
            joined = isinstance(call.args[0], ast.Constant)
            if not joined:
                yield call


def shells(tree: ast.Module) -> Iterator[ast.AST]:
    """Find commands read by a shell."""
    for call in calls(tree):
        in_shell = any(
            word.arg == "shell" and not (is_literal(word.value) and word.value.value is False)  # type: ignore[attr-defined]
            for word in call.keywords
        )
        if in_shell or called(call) in ("system", "popen", "getoutput"):
            yield call


def run_time_code(tree: ast.Module) -> Iterator[ast.AST]:
    """Find code made while it runs."""
    return (
        call for call in calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id in DANGEROUS_CALLS
    )  # fmt: skip


def unsafe_unpacking(tree: ast.Module) -> Iterator[ast.AST]:
    """Find objects unpacked from bytes, and YAML read with them."""
    yield from (node for node, name in imported(tree) if name.split(".")[0] in UNSAFE_MODULES)
    for call in calls(tree):
        of_yaml = isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "yaml.load"
        if of_yaml and "SafeLoader" not in ast.unparse(call):
            yield call


def guessable(tree: ast.Module) -> Iterator[ast.AST]:
    """Find random numbers that can be guessed."""
    return (node for node, name in imported(tree) if name.split(".")[0] == "random")


def asking_outside(tree: ast.Module) -> Iterator[ast.AST]:
    """Find questions to other addresses."""
    return (node for node, name in imported(tree) if name in ASKS_OUTSIDE)


def weak_hashes(tree: ast.Module) -> Iterator[ast.AST]:
    """Find hashes that are broken."""
    return (call for call in calls(tree) if called(call) in WEAK_HASHES)


def wide_nets(tree: ast.Module) -> Iterator[ast.AST]:
    """Find places that catch every fault and do not raise it again."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            name = ast.unparse(node.type) if node.type else "BaseException"
            again = any(isinstance(part, ast.Raise) for part in ast.walk(node))
            if name in ("Exception", "BaseException") and not again:
                yield node


RULES: tuple[Rule, ...] = (
    Rule("statements are sent by the rooms that own tables", statements,
         ("records/", "rapporteur/", "coordination/", "config/", "accounts/migrations/",
          "console/walkthrough/")),
    Rule("no statement is put together with values", built_statements),
    Rule("no setting of the database outlasts its transaction", session_wide),
    Rule("log lines are fixed sentences", logged_values),
    # Drawn by a library, from nothing that anybody typed.
    Rule("nothing is called safe unless it stands in the code", unescaped,
         ("web/own_factors.py", "web/components.py")),
    Rule("no shell reads a command", shells),
    Rule("no code is made while it runs", run_time_code),
    Rule("no object is unpacked from bytes", unsafe_unpacking),
    # Invented people, walks through the rules and estimates are repeatable on purpose.
    Rule("no secret can be guessed", guessable,
         ("console/walk.py", "console/demonstration/", "statistics/", "rapporteur/",
          "console/estimate", "console/make_cases.py")),
    # Looks whether our own pages answer on this machine; posts to partners and members' systems.
    Rule("the server asks no other address", asking_outside,
         ("console/serving.py", "records/posting/calling.py")),
    Rule("no broken hash", weak_hashes),
    # A child process that reads hostile files ends with a word, whatever happened in it.
    Rule("no fault is swallowed whole", wide_nets, ("records/files/cleaning.py",)),
)  # fmt: skip


def broken(rule: Rule, path: Path, text: str | None = None) -> list[str]:
    """Say where a file breaks a rule."""
    tree = ast.parse(text if text is not None else path.read_text(encoding="utf-8"))
    return [f"{name_of(path)}:{getattr(node, 'lineno', 0)}" for node in rule.find(tree)]


def looked_at(rule: Rule) -> list[Path]:
    """List the files a rule looks at."""
    product = ROOT / "src" / "opennrm"
    return [
        path
        for path in python_files("src/opennrm")
        if not path.relative_to(product).as_posix().startswith(rule.but_in)
    ]
