"""All verbs that move points together against a naive model in plain Python; `python -m tests.model --help`."""
