"""The queue process: takes due work out of PostgreSQL and does it; Valkey only says *now*.

`poller` looks at the due index every second and when the bell rings, and runs what it claims, one job per tenant at a
time. `queue` is the only place that knows arq: it hears the bell and keeps a tick. `bell` rings it from any process.
With Valkey away, flushed or restarted, everything still goes out, a second later.
"""
