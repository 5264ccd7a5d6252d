"""The steps of orders, vouchers, the mall and merging, each told to the shop and to the model."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from tenants import mall, members, orders, vouchers
from tests.make import mall as make_mall
from tests.make import vouchers as make_vouchers
from tests.model.ledger import DAY, No
from tests.model.moves import may_repeat
from tests.model.trade import ITEMS, LIMIT, PAY_WITHIN, STOCK, Order, Redemption

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from uuid import UUID

    from tests.model.game import Dice, Game

_BASKET = vouchers.Basket(amount=Decimal("50.00"))


async def furnish(game: Game) -> None:
    """What this shop has on offer, and what its orders earn."""
    for name, stock in STOCK.items():
        game.templates[name] = await make_vouchers.voucher_template(
            stock=stock, per_member_limit=LIMIT[name], claimable=name == "claimed")  # fmt: skip
    for name, item in ITEMS.items():
        more = {"voucher_template": game.templates[name]} if item.kind == "voucher" else {}
        game.items[name] = await make_mall.item(
            stock=item.stock, kind=item.kind, points=item.points, cash=Decimal(item.cash), limit_day=item.limit_day,
            **more)  # fmt: skip
    await orders.set_policy(orders.Policy(award_on=game.trade.award_on, refund_days=game.trade.refund_days))  # type: ignore[arg-type]


# Orders


async def order(game: Game, dice: Dice) -> None:
    """Something is told of an order, new or known."""
    trade = game.trade
    name = f"o/{dice.up_to(len(trade.orders) + 2)}"
    who, amount = game.who(dice), 500 + dice.up_to(6_000)
    kind = dice.one_of(["paid", "completed", "refunded", "completed", "cancelled", "refunded"])
    known = trade.orders.get(name)
    if known is None and kind in {"refunded", "cancelled"}:
        kind = "paid"
    story = known or Order(name, who, amount)
    cents = 1 + dice.up_to(story.amount) if dice.up_to(2) else story.amount - story.refunded
    if kind == "refunded" and not 0 < cents <= story.amount - story.refunded:
        return
    reference = game.once()
    game.note("order", name, game.number_of(story.member), story.amount, kind, cents if kind == "refunded" else "")
    said = Decimal(cents if kind == "refunded" else story.amount) / 100
    incoming = orders.Incoming(
        source="shop", external_id=name, member=story.member, kind=cast("orders.Kind", kind), reference=reference, at=game.now,
        amount=said, currency="CNY")  # fmt: skip

    async def real() -> orders.Taken:
        taken = await orders.take_in(incoming)
        story.id = taken.order
        return taken

    def model() -> tuple[str, int]:
        trade.orders[name] = story
        over = story.number > 0 and story.state in {"cancelled", "refunded"}
        _told(story, kind, cents)
        _settle(game, story)
        if not over and story.state in {"cancelled", "refunded"}:
            for voucher in trade.of_order(story.name):
                trade.free(voucher, game.now)
        return story.state, story.given

    done = await game.both(real, model, lambda told: (told.state, told.points_given))
    if done:
        may_repeat(game, "order", story.member, real)


def _told(story: Order, kind: str, cents: int) -> None:
    story.number += 1
    story.paid = story.paid or kind in {"paid", "completed"}
    story.completed = story.completed or kind == "completed"
    story.cancelled = story.cancelled or kind == "cancelled"
    story.refunded += cents if kind == "refunded" else 0


def _settle(game: Game, story: Order) -> None:
    """Points follow the order, and so do its vouchers."""
    ledger, trade = game.ledger, game.trade
    if story.awarded is None and not story.cancelled and (story.completed or (trade.award_on == "paid" and story.paid)):
        story.awarded = game.now
    if story.target < story.given:
        wanted = story.given - story.target
        waiting = ledger.pending.get(story.gift)
        if waiting and waiting.state == "pending" and waiting.member == story.member:
            part = min(wanted, waiting.left)
            ledger.reduce(waiting, part)
            story.given -= part
            wanted -= part
        if wanted:
            taken, _, debt, _ = ledger.take_back(
                story.member, wanted, "order_refund", f"{story.name}/{story.number}", story.gift)  # fmt: skip
            story.given -= taken + debt
    elif story.target > story.given and story.awarded:
        story.gift = f"reward/order/{story.id}/{story.number}"
        active_at = story.awarded + DAY * trade.refund_days if trade.refund_days else None
        until = ledger.earn(story.member, story.target - story.given, "order", story.gift, active_at=active_at)
        story.given = story.target
        if until is None:
            ledger.repay(story.member)


# Vouchers


async def issue(game: Game, dice: Dice) -> None:
    """The shop gives a voucher, or a member takes one."""
    who, name, once = game.who(dice), dice.one_of(["granted", "claimed"]), game.once()
    game.note("issue", name, game.number_of(who))
    held = [one for one in game.trade.vouchers.values() if one.template == name and one.member == who]

    def real() -> Awaitable[vouchers.Issued]:
        if name == "claimed":
            return vouchers.claim(game.templates[name], who)
        return vouchers.issue(game.templates[name], who, why="api", once=once)

    if name == "claimed" and held:
        await game.both(real, lambda: True, lambda told: told.repeated)
        return

    def model() -> object:
        game.trade.may_issue(name, who)
        return None

    made = await game.both(real, model, lambda _: None)
    if made:
        mine = game.trade.issued(made.id, name, who, game.now)
        game.same("valid until", made.valid_until, mine.until)
        may_repeat(game, "issue", who, real)


async def reserve(game: Game, dice: Dice) -> None:
    """An order keeps a voucher."""
    if not game.trade.vouchers:
        return
    voucher = dice.one_of(list(game.trade.vouchers.values()))
    known = [one for one in game.trade.orders.values() if not game.trade.of_order(one.name)]
    name = dice.one_of(known).name if known and dice.up_to(2) else f"basket/{game.count}"
    if voucher.member not in game.living:
        return
    game.note("reserve", str(voucher.id)[-4:], voucher.state, name)
    made = await game.both(
        lambda: vouchers.reserve(voucher.id, _BASKET, order_reference=name),
        lambda: game.trade.reserve(voucher, name, game.now), lambda told: told.state)  # fmt: skip
    if made:
        game.reservations[made.id] = (voucher.id, name)
        game.current[voucher.id] = made.id
        game.count += 1


async def pay_voucher(game: Game, dice: Dice) -> None:
    """The order of a voucher is paid, or does not use it after all; again now and then."""
    if not game.reservations:
        return
    reservation = dice.one_of(list(game.reservations))
    id_, name = game.reservations[reservation]
    voucher, wanted = game.trade.vouchers[id_], dice.one_of(["used", "released"])
    game.note("pay_voucher", str(id_)[-4:], wanted, voucher.state)
    current = game.current.get(id_) == reservation and voucher.order == name

    def model() -> str:
        if wanted == "used":
            if not current or voucher.state not in {"reserved", "used"}:
                raise No("voucher.reservation_over")
            voucher.state = "used"
            game.used.add(reservation)
            return "used"
        if (current and voucher.state == "used") or (not current and reservation in game.used):
            raise No("voucher.reservation_over")
        if current:
            game.trade.free(voucher, game.now)
        return "released"

    await game.both(
        lambda: vouchers.confirm(reservation) if wanted == "used" else vouchers.release(reservation), model,
        lambda told: told.state)  # fmt: skip


async def revoke(game: Game, dice: Dice) -> None:
    """A voucher is withdrawn."""
    if not game.trade.vouchers:
        return
    voucher = dice.one_of(list(game.trade.vouchers.values()))
    game.note("revoke", str(voucher.id)[-4:], voucher.state)

    def model() -> bool:
        if voucher.state == "used":
            raise No("voucher.used")
        changed = voucher.state != "revoked"
        voucher.state, voucher.order, voucher.reserved_until = "revoked", "", None
        return changed

    await game.both(lambda: vouchers.revoke(voucher.id, reason="model"), model, lambda told: told)


async def expire(game: Game, _: Dice) -> None:
    """The job that writes down what time has done to vouchers, and to what was reserved in the mall."""
    game.note("expire")

    def model() -> int:
        game.trade.expire(game.now)
        late = [
            one for one in game.trade.redemptions.values()
            if one.state == "reserved" and one.reserved_until and one.reserved_until <= game.now
        ]  # fmt: skip
        for one in late:
            _give_up(game, one, "cancelled", restock=True)
        return len(late)

    async def real() -> int:
        await vouchers.expire_due(1_000)
        return (await mall.release_due(1_000))[0]

    await game.both(real, model, lambda told: told)


# The mall


async def redeem(game: Game, dice: Dice) -> None:
    """Points become goods or vouchers."""
    who, name, once = game.who(dice), dice.one_of(list(ITEMS)), game.once()
    item, movement = ITEMS[name], f"mall/{once}"
    game.note("redeem", game.number_of(who), name, once)

    def real() -> Awaitable[mall.Redeemed]:
        address = make_mall.ADDRESS if item.kind == "goods" else None
        return mall.redeem(who, game.items[name], once=once, address=address)

    def model() -> tuple[str, int]:
        codes = game.trade.may_redeem(name, who, game.now)
        if game.ledger.spendable(who) < item.points:
            codes.append("points.insufficient")
        if codes:
            raise No("|".join(codes))
        state = "done" if item.kind == "voucher" else "to_ship"
        until = None
        if item.cash != "0":
            game.ledger.hold(who, item.points, movement, game.now + PAY_WITHIN + DAY, why="mall")
            state, until = "reserved", game.now + PAY_WITHIN
        else:
            game.ledger.spend(who, item.points, "mall", movement)
        game.trade.redemptions[once] = Redemption(who, name, item.points, state, game.now, movement, until)
        return state, item.points

    made = await game.both(real, model, lambda told: (told.state, told.points))
    if made:
        mine = game.trade.redemptions[once]
        game.redemption_ids[once] = made.id
        if item.kind == "voucher":
            [id_] = await game.new_vouchers()
            mine.voucher = game.trade.issued(id_, "coupon", who, game.now).id
        may_repeat(game, "redeem", who, real)


async def pay(game: Game, dice: Dice) -> None:
    """The money for a redemption comes."""
    once = game.redemption(dice)
    if once is None:
        return
    one = game.trade.redemptions[once]
    game.note("pay", once, one.state)

    def model() -> str:
        if ITEMS[one.item].cash == "0":
            raise No("mall.illegal_step|mall.payment_differs")
        if one.state == "reserved":
            game.ledger.confirm(game.ledger.holds[one.movement])
            one.movement = f"hold/{one.movement}"
            one.state, one.reserved_until = "to_ship", None
            game.paid.add(once)
        elif once not in game.paid:
            raise No("mall.illegal_step")
        return one.state

    cash = Decimal(ITEMS[one.item].cash)
    await game.both(
        lambda: mall.confirm_payment(game.redemption_ids[once], payment=f"pay/{once}", amount=cash), model,
        lambda told: told.state)  # fmt: skip


async def follow(game: Game, dice: Dice) -> None:
    """A redemption is sent, arrives, is cancelled or comes back."""
    once = game.redemption(dice)
    if once is None:
        return
    one, verb = game.trade.redemptions[once], dice.one_of(["shipped", "done", "cancelled", "returned"])
    restock = bool(dice.up_to(2))
    id_ = game.redemption_ids[once]
    game.note("follow", once, one.state, verb, restock)

    def real() -> Awaitable[mall.Redeemed]:
        if verb == "shipped":
            return mall.ship(id_)
        if verb == "done":
            return mall.complete(id_)
        if verb == "cancelled":
            return mall.cancel(id_, reason="model")
        return mall.give_back(id_, reason="model", restock=restock)

    steps = {
        "reserved": {"cancelled"}, "to_ship": {"shipped", "done", "cancelled"}, "shipped": {"done", "returned"},
        "done": {"returned"}}  # fmt: skip

    def model() -> str:
        if one.state == verb:
            return verb
        if verb not in steps.get(one.state, set()):
            raise No("mall.illegal_step")
        if verb in {"cancelled", "returned"}:
            _give_up(game, one, verb, restock=restock or verb == "cancelled")
        one.state = verb
        return verb

    await game.both(real, model, lambda told: told.state)


def _give_up(game: Game, one: Redemption, state: str, *, restock: bool) -> None:
    if one.voucher:
        voucher = game.trade.vouchers[one.voucher]
        if voucher.state not in {"issued", "revoked"} or voucher.until <= game.now:
            raise No("mall.voucher_gone")
        voucher.state = "revoked"
    ledger = game.ledger
    if one.state == "reserved":
        hold = ledger.holds[one.movement]
        ledger.release(hold)
        owner = hold.member
    else:
        owner = ledger.reverse(ledger.entries[one.movement], f"return/{one.movement}").member
        ledger.repay(owner)
    ledger.pass_on({owner})
    one.state, one.counted, one.reserved_until = state, not restock, None


# Two members who are one


async def merge(game: Game, dice: Dice) -> None:
    """Two turn out to be one person."""
    if len(game.living) < 3 or dice.up_to(2):
        return
    source = game.who(dice)
    target = dice.one_of([who for who in game.living if who != source])
    once = game.once()
    game.note("merge", game.number_of(source), "→", game.number_of(target))

    def model() -> bool:
        game.ledger.transfer(source, target)
        game.ledger.repay(target)
        moved = _take_along(game, source, target)
        game.merges.append((once, source, target, game.now, moved))
        game.living.remove(source)
        return True

    made = await game.both(lambda: members.merge(source, target, once=once), model, lambda told: not told.repeated)
    if made:
        game.merge_ids[once] = made.id


def _take_along(game: Game, source: UUID, target: UUID) -> list[tuple[object, object]]:
    """What moved, besides points: rows with a member, and days."""
    moved: list[tuple[object, object]] = []
    mine, theirs = game.visits.of(source), game.visits.of(target)
    for day in [day for day in mine if day not in theirs]:
        theirs[day] = mine.pop(day)
        moved.append((day, theirs[day]))
    if source in game.visits.firsts and target not in game.visits.firsts:
        game.visits.firsts.add(target)
        moved.append(("first", target))
    rows = (game.trade.orders.values(), game.trade.vouchers.values(), game.trade.redemptions.values())
    for row in (row for kind in rows for row in kind if row.member == source):
        row.member = target
        moved.append(("row", row))
    return moved


async def unmerge(game: Game, dice: Dice) -> None:
    """They were two after all."""
    if not game.merges:
        return
    number = dice.up_to(len(game.merges))
    once, source, target, at, moved = game.merges[number]
    game.note("unmerge", game.number_of(source), "←", game.number_of(target))

    def model() -> bool:
        later = [
            one for place, one in enumerate(game.merges)
            if one[0] not in game.undone and place != number
            and ((one[2] == target and place > number) or one[1] == target)
        ]  # fmt: skip
        if once in game.undone:
            return True
        if game.now >= at + timedelta(days=1) or later:
            raise No("merge.cannot_be_undone")
        game.undone.add(once)
        game.living.append(source)
        game.ledger.go_back(source, target)
        for day, what in moved:
            if day == "row":
                what.member = source  # type: ignore[attr-defined]
            elif day == "first":
                game.visits.firsts.discard(target)
            elif game.visits.of(target).get(day) is what:  # type: ignore[call-overload]
                game.visits.of(source)[day] = game.visits.of(target).pop(day)  # type: ignore[index,call-overload]
        return False

    await game.both(lambda: members.unmerge(game.merge_ids[once]), model, lambda told: told.repeated)
