"""The written test: choosing its items, putting them, reading answers; nobody converses in it."""
