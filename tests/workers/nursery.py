"""Starts `python -m workers` many times without importing it many times: reads names, answers with process ids.

A worker takes two seconds of processor time to import; thirty of them would make the test of thirty kills a test of
patience. Each child is a process of its own that runs the very same `main`.
"""

from __future__ import annotations

import os
import signal
import sys

from server.settings import settings
from tenants.kit.parts import gather
from workers.__main__ import main

for kind in ("rules", "jobs", "reactions"):
    gather(kind)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial

for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ["MAIL_FROM"] = f"{line.strip()}@mail.example"
        settings.cache_clear()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        main()
        os._exit(0)
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
