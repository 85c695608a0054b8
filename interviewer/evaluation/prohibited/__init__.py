"""Questions that must not be asked: how they are told, and what jurisdictions say."""
