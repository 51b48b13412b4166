"""The doctor: looks whether all that is kept is whole and agrees, and mends what can be proven.

A check is a function of a ``Patient`` that yields remarks; ``kb.doctor.examination`` has them all, in order.
"""

from kb.doctor.examination import examine
from kb.doctor.repair import repair
from kb.doctor.types import Remark, Severity

__all__ = ["Remark", "Severity", "examine", "repair"]
