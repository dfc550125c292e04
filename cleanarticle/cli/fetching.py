"""Pages from the web, for the command line: http and https, with limits, and never from inside a private network."""

from __future__ import annotations

import codecs
import http.client
import ipaddress
import socket
import time
import urllib.request
import zlib
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from cleanarticle._version import __version__
from cleanarticle.cli.output import Failure

TIMEOUT = 20.0  # seconds for each answer of the server
DEADLINE = 60.0  # seconds for the whole page
MAX_BYTES = 20_000_000
_SAFE = "/%:@!$&'()*+,;=~-._?"
_AGENT = f"Mozilla/5.0 (compatible; cleanarticle/{__version__})"


def fetch(url: str) -> tuple[str | bytes, str]:
    """A page, and the address it came from after redirects.

    The page is a str when the server names an encoding that its bytes don't tell. Raises Failure when it can't be had:
    no answer, an HTTP error, no text, too long, or an address that is not of the public internet.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _PublicHTTPHandler(),
        _PublicHTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _PublicRedirects(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    deadline = time.monotonic() + DEADLINE
    try:
        request = urllib.request.Request(ascii_url(url), headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip, identity"})
        refuse_private_literal(request.full_url)
        with opener.open(request, timeout=TIMEOUT) as response:
            return _decoded(_read(response, deadline), response.headers), response.geturl()
    except HTTPError as error:
        raise Failure(f"{url}: the server answers {error.code} {error.reason}") from error
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise Failure(f"{url}: {getattr(error, 'reason', None) or error}") from error


def ascii_url(url: str) -> str:
    """An address as it is sent: host names in their ASCII form, everything else percent-encoded."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not host:
        raise ValueError("no host in this address")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    return urlunsplit((parts.scheme.lower(), netloc, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, not of this machine or a network around it."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def refuse_private(address: str, host: str) -> None:
    """Raises Failure for an address that is not public."""
    if not is_public(address):
        name = host if host == address else f"{host} ({address})"
        raise Failure(f"{name} is not on the public internet: save the page and give the file")


def refuse_private_literal(url: str) -> None:
    """Raises Failure for a URL with the number or name of this machine or network, also where a proxy would resolve it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        refuse_private("127.0.0.1", host)
    try:
        address = str(ipaddress.ip_address(host))
    except ValueError:
        return
    refuse_private(address, host)


class _Checked(http.client.HTTPConnection):
    """Connects to public addresses only: checked before connecting, and again for the address it ended up with."""

    def connect(self) -> None:
        for *_, address in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            refuse_private(str(address[0]), self.host)
        super().connect()
        refuse_private(self.sock.getpeername()[0], self.host)


class _CheckedTLS(_Checked, http.client.HTTPSConnection):
    pass


def _by_proxy(request: urllib.request.Request) -> bool:
    return request.host != urlsplit(request.full_url).netloc


class _PublicHTTPHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPConnection if _by_proxy(req) else _Checked, req)


class _PublicHTTPSHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPSConnection if _by_proxy(req) else _CheckedTLS, req)


class _PublicRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        refuse_private_literal(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    kind = response.headers.get_content_type()
    if not (kind.startswith("text/") or kind.endswith(("xml", "octet-stream"))):
        raise Failure(f"{response.geturl()} is {kind}, not a page")
    chunks: list[bytes] = []
    length = 0
    while chunk := response.read1(65_536):
        chunks.append(chunk)
        length += len(chunk)
        if length > MAX_BYTES:
            raise _too_long(response)
        if time.monotonic() > deadline:
            raise Failure(f"{response.geturl()}: not read to its end within {DEADLINE:.0f} seconds")
    data = b"".join(chunks)
    if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        unpacker = zlib.decompressobj(47)  # gzip or zlib, whichever it is
        try:
            data = unpacker.decompress(data, MAX_BYTES)
        except zlib.error as error:
            raise Failure(f"{response.geturl()}: broken compression ({error})") from error
        if unpacker.unconsumed_tail:
            raise _too_long(response)
    return data


def _too_long(response: http.client.HTTPResponse) -> Failure:
    return Failure(f"{response.geturl()} is longer than {MAX_BYTES:,} bytes")


def _decoded(data: bytes, headers: http.client.HTTPMessage) -> str | bytes:
    charset = headers.get_content_charset()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if charset and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                # browsers read Latin-1 as the superset that Windows has
                return data.decode("cp1252" if codecs.lookup(charset).name in ("iso8859-1", "ascii") else charset, "replace")
            except LookupError:
                pass
    return data
