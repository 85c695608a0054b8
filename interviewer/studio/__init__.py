"""The persona studio: what is said of an edited copy before anybody is interviewed by it.

`spoken` finds what a file makes an examiner say, `lint` what is wrong with it, `preview` lets the
copy speak beside the current one, `trial` lets both hold the same interviews and measures them.
Pure but for the voice that is handed in; whose copies they are is kept by storage.
"""
