"""The verbs of orders; sole writers of their tables.

`deciding` (with the arithmetic of `sharing`) is the one place that says what a set of events amounts to, `incoming`
and `stories` set what is told against what was told before, `taking_in` writes it down, `settling` brings points,
levels and totals in line.
"""

from tenants.orders.rules import policy as policy  # a new shop is furnished with one
