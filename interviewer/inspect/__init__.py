"""Metrics inside Inspect and Scout: scorers and scanners, found by an entry point of theirs.

`registering` is what they load; nothing else imports this room, for it needs the extra `inspect`.
"""
