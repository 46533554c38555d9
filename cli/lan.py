"""The address under which other devices on the network reach this machine."""

import socket

# Documentation addresses (RFC 5737, RFC 3849): asking for the way there sends nothing.
PROBES = ((socket.AF_INET, ("192.0.2.1", 9)), (socket.AF_INET6, ("2001:db8::1", 9)))


def lan_address() -> str:
    """The machine's address towards the network; its own name, then localhost, when it has none."""
    for family, target in PROBES:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect(target)
                address: str = probe.getsockname()[0]
        except OSError:
            continue
        if not address.startswith("127.") and address != "::1":
            return f"[{address}]" if family is socket.AF_INET6 else address
    return "localhost"
