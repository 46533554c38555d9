"""`/metrics`: the node's figures, as Prometheus reads them or as JSON. For this machine, named addresses, admins."""

import ipaddress
from collections.abc import Sequence

from prometheus_client.exposition import choose_encoder

from handlers.api.base import ApiHandler
from services.errors import Forbidden

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NOT_YOURS = "The figures are for admins and for programs on this machine; METRICS_ALLOWED names further addresses."
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
AS_TEXT = ("text/plain", "application/openmetrics-text")


class MetricsApi(ApiHandler):
    async def get(self) -> None:
        if not self.is_from_near():
            identity = await self.find_identity()
            if identity is None or not identity.is_admin:
                raise Forbidden(NOT_YOURS)
        accept = ",".join(self.request.headers.get_list("Accept"))
        self.set_header("Vary", "Accept")
        if prefers_json(accept):
            self.answer(self.services.node_figures.summary())
            return
        encode, content_type = choose_encoder(accept)
        self.set_header("Content-Type", content_type)
        await self.finish(encode(self.services.figures.registry))

    def is_from_near(self) -> bool:
        """From this machine or a named address, as far as that can be known."""
        settings = self.application.settings
        is_forwarded = any(name in self.request.headers for name in FORWARDED)
        if is_forwarded and self.request.remote_ip not in settings["trusted_proxies"]:
            # Behind a proxy on this machine that nobody told us of, the whole world comes from 127.0.0.1.
            return False
        return is_near(self.address, settings["metrics_allowed"])


def is_near(address: str, allowed: Sequence[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_loopback or any(found in network for network in allowed)


def prefers_json(accept: str) -> bool:
    """True when JSON is named and no form of text is wanted more. `*/*` names nothing."""
    wanted = dict(_ranges(accept))
    json = wanted.get("application/json", 0.0)
    return json > 0 and json >= max(wanted.get(name, 0.0) for name in AS_TEXT)


def _ranges(accept: str) -> list[tuple[str, float]]:
    """(media type, weight), the weightiest of each type last."""
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            found.append((name, float(weight)))
        except ValueError:
            continue
    return sorted(found, key=lambda pair: pair[1])


ROUTES = [(r"/metrics", MetricsApi)]
