"""Three Rounds: a rehearsal of the whole job interview."""

__version__ = "0.1.0"
