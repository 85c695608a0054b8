"""Transcripts in shards: cut, measured one by one, kept on disk, and added up exactly."""
