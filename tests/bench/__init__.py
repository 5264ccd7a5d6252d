"""How fast it is, as ratios to a limit that is measured in the same run.

`python3 dev.py bench` runs every `bench_*.py` here. Times of a machine mean nothing on another one, so nothing here
fails a build: each figure names its limit and its goal, and says whether the goal was met.
"""
