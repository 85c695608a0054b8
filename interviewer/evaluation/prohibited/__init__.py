"""Questions that must not be asked: how they are known, and what each jurisdiction says of them."""
