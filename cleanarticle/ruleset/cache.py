"""A cache of loaded rules in the user's cache folder.

The TOML files stay the source: the cache's name is the digest of their content, so it can't be stale, and one that is
missing, unreadable or broken costs time and nothing else. It holds data only (msgpack): rules, and compiled patterns as
the `regex` module wrote them, behind a checksum.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path

import msgspec
import platformdirs
import regex

from cleanarticle.ruleset.model import Language, Rule, Site
from cleanarticle.ruleset.patterns import Program

FORMAT = 37  # raise it when what is stored, or how it is derived from rule files, changes
_KEEP = 8  # caches that are left alone: those used last


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What is stored."""

    rules: tuple[Rule, ...]
    sites: tuple[Site, ...]
    languages: tuple[Language, ...]
    vocabulary: tuple[tuple[str, tuple[str, ...]], ...]
    programs: dict[str, Program]


_SUM = 16  # bytes of checksum before the content
_DECODER = msgspec.msgpack.Decoder(Compiled)
_when_missing: ContextVar[Callable[[], None] | None] = ContextVar("when_missing", default=None)


def digest(files: Iterable[tuple[str, bytes]], code: str) -> str:
    """Digest of rule files, and of what makes rules of them: the library, Python (its parser of patterns) and `regex`."""
    total = hashlib.sha256(f"{FORMAT} {code} {sys.version_info[:2]} {sys.byteorder} {regex.__version__}".encode())
    for name, content in files:
        total.update(f"\0{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        total.update(content)
    return total.hexdigest()[:32]


@contextlib.contextmanager
def when_missing(tell: Callable[[], None]) -> Iterator[None]:
    """Meanwhile `tell` is called for rules of which there is no cache: they are made from their files now, which takes time."""
    token = _when_missing.set(tell)
    try:
        yield
    finally:
        _when_missing.reset(token)


def read(key: str) -> Compiled | None:
    """The rules stored under a digest; None when there is no cache of them that can be read."""
    stored = _read(_path(key))
    if stored is None and (tell := _when_missing.get()) is not None:
        tell()
    return stored


def _read(path: Path) -> Compiled | None:
    try:
        stored = path.read_bytes()
        if stored[:_SUM] != _checksum(memoryview(stored)[_SUM:]):
            return None
        compiled = _DECODER.decode(memoryview(stored)[_SUM:])
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return None
    with contextlib.suppress(OSError):  # a cache that may only be read
        os.utime(path)  # what was used last is cleared away last
    return compiled


def write(key: str, compiled: Compiled) -> None:
    """Stores rules. A folder that can't be written to only means that the next start is slower."""
    path = _path(key)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                content = msgspec.msgpack.encode(compiled)
                file.write(_checksum(content))
                file.write(content)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
        for old in sorted(path.parent.glob("rules-*.msgpack"), key=os.path.getmtime, reverse=True)[_KEEP:]:
            old.unlink()


def _checksum(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_SUM).digest()


def _path(key: str) -> Path:
    return Path(platformdirs.user_cache_dir("cleanarticle", appauthor=False)) / f"rules-{key}.msgpack"
