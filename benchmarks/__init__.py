"""Measurements and pictures: run by make, never by tests."""
