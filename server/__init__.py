"""The web process: the API, the admin's host, and the command line."""
