"""How good the interviewer is, from transcripts: metrics, and how far each can be trusted.

`metric` says what a metric is and finds all of them, `speech` cuts a transcript into what metrics
look at, `metrics/` has one module a metric, `reading` opens files of transcripts, `running` scores
them on one process or several, `report` adds them up, and `gate` decides for a build.
"""
