"""`sitegen mail`: the digest as a message, to a file or through SMTP.

`compose.compose` makes it of the project's dumps; `delivery` sends it, `ledger` remembers to whom.
"""

from __future__ import annotations

from .delivery import Outcome, Server, send
from .ledger import Ledger
from .message import Message
from .recipients import Recipient, read_recipients

__all__ = [
    "Ledger", "Message", "Outcome", "Recipient", "Server", "read_recipients", "send",
]  # fmt: skip
