"""The metrics that come with the project, one module each (EVALUATION 2)."""
