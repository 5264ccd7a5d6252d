"""Takes in a file of order events batch by batch, keeping count; a dry run does the same and keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenants.kit.errors import DomainError
from tenants.orders.rules.files import ERRORS_MAX, Batch, Refused, refused
from tenants.orders.rules.taking_in import take_in_many
from tenants.tenancy import DB

if TYPE_CHECKING:
    from tenants.orders.rules.stories import Taken


@dataclass(slots=True)
class Report:
    """What came of a file: events taken in, those that were here before, and the rows left out (the first hundred)."""

    dry_run: bool
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    errors: list[Refused] = field(default_factory=list)


class _OnlyTried(Exception):
    """A dry run has its answers."""


async def take(batch: Batch, report: Report) -> None:
    """Take in a batch, or try to, in the open transaction."""
    answers: list[Taken | DomainError] = []
    try:
        async with DB.savepoint():
            answers = await take_in_many([event for _, event in batch.events])
            if report.dry_run:
                raise _OnlyTried  # noqa: TRY301  the savepoint has to see it
    except _OnlyTried:
        pass
    left_out = list(batch.refused)
    for (line, _), answer in zip(batch.events, answers, strict=True):
        if isinstance(answer, DomainError):
            left_out.append(refused(line, answer))
        elif answer.repeated:
            report.repeated += 1
        else:
            report.taken += 1
    report.refused += len(left_out)
    room = ERRORS_MAX - len(report.errors)
    report.errors += sorted(left_out, key=lambda one: one.line)[:room]
