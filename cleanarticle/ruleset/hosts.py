"""Names of hosts, in the one form in which sites are found by them."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")


def ascii_host(host: str) -> str:
    """A host in lower case, in the ASCII form of names in other scripts, without the root's dot; "" when it can be no host.

    >>> ascii_host("Bücher.example."), ascii_host("https://bücher.example/")
    ('xn--bcher-kva.example', '')
    """
    name = host.lower().rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:  # an empty or endless part: no host has one
            return ""
    return name if _HOST.fullmatch(name) else ""
