"""The verbs of orders; sole writers of their tables.

`deciding` is the one place that says what a set of events amounts to, `stories` sets what is told against what was
told before, `taking_in` writes it down, `settling` brings the points in line.
"""

from tenants.orders.rules import policy as policy  # a new shop is furnished with one
