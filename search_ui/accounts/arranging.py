"""From the options of ``bronvast serve`` to how people come in, or to why it does not start."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from kb.errors import UsageError
from kb.users.store import Users
from kb.users.types import Role
from search_ui.accounts.access import Access, Network, Way, networks
from search_ui.shell.guard import LOOPBACK_HOSTS

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - to be recognised
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2


@dataclass(frozen=True, slots=True)
class Wish:
    """The options, as they were typed."""

    host: str = "127.0.0.1"
    names: Sequence[str] = ()
    login: bool = False
    user_header: str = ""
    proxies: Sequence[str] = ()
    behind_https: bool = False

    @property
    def is_for_others(self) -> bool:
        """Whether people at other computers are to reach the page, themselves or through a proxy."""
        return self.login or self.behind_https or bool(self.names or self.proxies) or not _is_loopback(self.host)


def arranged(wish: Wish, users: Users) -> Access:
    """How people come in. Raises UsageError where an option cannot be used, or nobody could manage the page."""
    hosts = LOOPBACK_HOSTS | {_host(name) for name in (*wish.names, *_own_names(wish))}
    proxies = _proxies(wish.proxies)
    if wish.user_header:
        if not _TOKEN.fullmatch(wish.user_header):
            raise UsageError("header_name", name=wish.user_header)
        if not proxies:
            raise UsageError("header_without_proxy")
        return Access(Way.HEADER, hosts, wish.user_header, proxies, wish.behind_https)
    if not wish.is_for_others:
        return Access(hosts=hosts)
    if not any(user.role is Role.MANAGER and user.password for user in users.all()):
        raise UsageError("no_manager", address=wish.host)
    return Access(Way.LOGIN, hosts, "", proxies, wish.behind_https)


def _own_names(wish: Wish) -> list[str]:
    """What the page is called without being told: by the address that it stands on, or by the computer's name and
    addresses.
    """
    if wish.host not in EVERY_ADDRESS:
        return [wish.host]
    return [] if wish.names else [socket.gethostname(), *_own_addresses()]


def _own_addresses() -> list[str]:
    """The addresses of this computer on its networks, as far as it knows them by its own name. A page elsewhere can
    have a name point here, but not an address.
    """
    try:
        found = {str(one[4][0]).partition("%")[0] for one in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return []
    return sorted(one for one in found if not _is_loopback(one) and not ip_address(one).is_link_local)


def _is_loopback(host: str) -> bool:
    try:
        return host in LOOPBACK_HOSTS or ip_address(host).is_loopback
    except ValueError:
        return False


def _host(written: str) -> str:
    name = written.strip().lower().strip("[]")
    if not _HOST.fullmatch(name):
        raise UsageError("host_name", name=written)
    return name


def _proxies(written: Sequence[str]) -> tuple[Network, ...]:
    try:
        return networks(written)
    except ValueError as error:
        raise UsageError("proxy_address", address=", ".join(written)) from error
