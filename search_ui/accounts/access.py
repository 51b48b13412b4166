"""How people come in: what ``bronvast serve`` was told, and what follows of it for a request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from search_ui.shell.asgi import Scope
from search_ui.shell.guard import LOOPBACK_HOSTS

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_ONE_SUBSCRIBER = 64  # bits of an IPv6 address that whoever uses it cannot choose


class Way(Enum):
    """How it becomes known who is there."""

    OPEN = "nobody is asked: this computer only"
    LOGIN = "by name and password"
    HEADER = "a proxy says so"


@dataclass(frozen=True, slots=True)
class Access:
    """``hosts``: the names that are answered to. ``proxies``: where headers are believed from. ``port``: that of this
    server, by which it is told from others on the same computer. ``clock``: seconds.
    """

    way: Way = Way.OPEN
    hosts: frozenset[str] = LOOPBACK_HOSTS
    user_header: str = ""
    proxies: tuple[Network, ...] = ()
    behind_https: bool = False
    port: int = 0
    clock: Callable[[], float] = time.time

    def is_from_proxy(self, scope: Scope) -> bool:
        """Whether a request comes from a proxy that is trusted."""
        return self._is_proxy(_peer(scope))

    def is_secure(self, scope: Scope) -> bool:
        """Whether the browser came by https."""
        if self.behind_https or scope["scheme"] == "https":
            return True
        return self.is_from_proxy(scope) and header_values(scope, "x-forwarded-proto") == ["https"]

    def counted_as(self, scope: Scope) -> str:
        """The address that attempts are counted under: the nearest one that is no trusted proxy."""
        address = _peer(scope)
        if self._is_proxy(address):
            passed_on = ",".join(header_values(scope, "x-forwarded-for")).split(",")
            address = next((one for one in map(_address, reversed(passed_on)) if not self._is_proxy(one)), address)
        if isinstance(address, IPv6Address):
            return str(IPv6Network((address, _ONE_SUBSCRIBER), strict=False))
        return str(address)

    def _is_proxy(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self.proxies)


ON_THIS_COMPUTER = Access()


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and ranges. Raises ValueError."""
    return tuple(ip_network(one.strip(), strict=False) for one in written)


def header_values(scope: Scope, name: str) -> list[str]:
    """What a header says, each time that it was sent."""
    wanted = name.lower().encode("latin-1")
    return [value.decode("utf8", "replace").strip() for key, value in scope["headers"] if key.lower() == wanted]


def _peer(scope: Scope) -> Address | None:
    """Who is at the other end of the connection."""
    client = scope.get("client")
    return _address(client[0]) if client else None


def _address(written: str) -> Address | None:
    try:
        address = ip_address(written.strip().partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
