"""How a run behaves towards hosts, told apart from the client that does so: a run on files needs no client."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class FetchManners:
    """How to behave: see the settings of the same names. ``now`` stands in for the clock where it is given.

    ``host_max_bytes`` and ``run_max_bytes`` are what one host, and all hosts together, may send in one run.
    """

    user_agent: str
    timeout_seconds: float
    max_bytes: int
    attempts: int
    host_delay_seconds: float
    now: datetime | None = None
    deadline_seconds: float = 120.0
    allow_private: tuple[Network, ...] = ()
    host_max_bytes: int = 2_000_000_000
    run_max_bytes: int = 20_000_000_000
