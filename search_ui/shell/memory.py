"""How the process takes memory. glibc gives nearly every thread a heap of its own, in which what was let go lies idle:
measured over half an hour of questions and changes, 200 of 800 MB. A few heaps for all cost no time that can be seen.
"""

from __future__ import annotations

import ctypes

_MOST_HEAPS = -8  # glibc's M_ARENA_MAX
HEAPS = 2


def share_heaps() -> bool:
    """Let the threads that are still to come share a few heaps; False where the system has another way."""
    try:
        return bool(ctypes.CDLL(None).mallopt(_MOST_HEAPS, HEAPS))
    except (AttributeError, OSError, TypeError):
        return False
