"""The development commands, inside the environment that `dev.py` makes."""
