"""A model server that does what a test needs: speak well, fail, misbehave, or obey anybody.

By hand: `python -m tests.fakes --mode misbehaving --rate 0.5 --port 8899`.
"""

from tests.fakes.faults import FAULTS
from tests.fakes.script import Script
from tests.fakes.server import FakeModel, Request, running

__all__ = ["FAULTS", "FakeModel", "Request", "Script", "running"]
