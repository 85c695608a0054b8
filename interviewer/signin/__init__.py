"""Signing in through OpenID Connect: the only room that knows Authlib."""

from interviewer.signin.provider import Provider, ProviderRefused, ProviderSilent, is_safe
from interviewer.signin.trip import Trip, TripSigner, Whither

__all__ = [
    "Provider",
    "ProviderRefused",
    "ProviderSilent",
    "Trip",
    "TripSigner",
    "Whither",
    "is_safe",
]
