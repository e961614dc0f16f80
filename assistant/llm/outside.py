"""The way to model servers of other networks only: a name is looked up once, and the addresses that were judged are
those that are asked.

A name that is looked up twice may lead elsewhere the second time, and an answer may send one on to another server, so
each request is judged where it leaves. Knows nothing of models.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx2

from penchant.retriever import PenchantError


class AddressError(PenchantError):
    """A server that is not known, or that is in this server's own network."""


def outside_addresses(host: str) -> list[str]:
    """The addresses of a host. Raises AddressError if it has none, or if one is in this server's own network."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise AddressError(f"{host} is not known here; check the address") from error
    if not all(is_outside(address) for address in found):
        raise AddressError("this page is served to others, so it asks no server of its own network")
    return found


def is_outside(address: str) -> bool:
    """Whether an address is one of the internet."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


class OutsideTransport(httpx2.HTTPTransport):
    """Asks the addresses that it has judged, under the name that was meant. No proxy: it would look names up itself."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.host
        try:
            addresses = outside_addresses(host)
        except AddressError as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        for address in addresses[:-1]:
            try:
                return super().handle_request(_at(request, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue  # not each address of a server can be reached from everywhere
        return super().handle_request(_at(request, addresses[-1]))


def _at(request: httpx2.Request, address: str) -> httpx2.Request:
    """The same request to an address; its Host header and the certificate that is asked for are those of the name."""
    extensions = {**request.extensions, "sni_hostname": request.url.host}
    url = request.url.copy_with(host=address)
    return httpx2.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)
