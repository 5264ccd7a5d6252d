"""A member as a whole: two who are one, everything in one view, everything in one file, and nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.kit.words import Words
from tenants.members.api import shown
from tenants.members.api.server import Cursor, Limit, MemberId  # noqa: TC001  Litestar reads annotations while running
from tenants.members.api.wholes import (
    CardShape,
    DuplicateGroupShape,
    ErasureShape,
    FactShape,
    FieldChange,
    MemberExportShape,
    MergePair,
    MergePreviewShape,
    MergeShape,
    NewErasure,
    NewMerge,
    SectionShape,
)
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

Alike = Annotated[Literal["phone", "email", "birthday"], QueryParameter(description="In what they are alike.")]


class MemberMergesController(Controller):
    """Two members who are one person."""

    path = "/v1/member-merges"
    tags = ("Members",)

    @post(operation_id="mergeMembers", summary="Merge two members")
    async def merge(self, data: JSONBody[NewMerge]) -> MergeShape:
        """The source lives on in the target: points, vouchers, history and addresses move, every id leads there.

        The target keeps what they have and gets what they lack; in the fields of `take` the source is right. A no on
        either side is a no afterwards, and who is blocked on either side is blocked. Tokens of the source end. The
        same `reference` again answers with the same merge (`repeated: true`).

        Errors: `invalid` (400), `member.unknown` (404), `member.merged`, `merge.once_differs` (409).
        """
        done = await members.merge(
            ids.read("mem", data.source), ids.read("mem", data.target), once=data.reference,
            take=data.take)  # fmt: skip
        return _merge(done)

    @get("/{merge_id:str}", operation_id="getMemberMerge", summary="One merge")
    async def show(self, merge_id: FromPath[str]) -> MergeShape:
        """Errors: `merge.unknown`, `not_found` (404)."""
        return _merge(await members.find_merge(ids.read("mrg", merge_id)))

    @delete("/{merge_id:str}", operation_id="undoMemberMerge", summary="Undo a merge")
    async def undo(self, merge_id: FromPath[str]) -> None:
        """What moved goes back, what came since stays with the target. Within a day, the latest merge first.

        Nothing happens to one that is undone. Errors: `merge.unknown`, `not_found` (404), `merge.cannot_be_undone`
        (422) with the reason, e.g. that points were spent meanwhile.
        """
        await members.unmerge(ids.read("mrg", merge_id))


class MemberMergePreviewsController(Controller):
    """What a merge would do."""

    path = "/v1/member-merge-previews"
    tags = ("Members",)

    @post(operation_id="previewMemberMerge", summary="See what a merge would do")
    async def preview(self, data: JSONBody[MergePair]) -> MergePreviewShape:
        """Nothing is written. Errors: `invalid` (400), `member.unknown`, `not_found` (404), `member.merged` (409)."""
        seen = await members.preview_merge(
            ids.read("mem", data.source), ids.read("mem", data.target), take=data.take)  # fmt: skip
        return MergePreviewShape(changed=_changes(seen.changed), differing=_changes(seen.differing), rows=seen.rows)


class MemberDuplicatesController(Controller):
    """Members who may be one person."""

    path = "/v1/member-duplicates"
    tags = ("Members",)

    @get(operation_id="listMemberDuplicates", summary="Members who may be one person")
    async def list(self, alike: Alike = "phone", limit: Limit = 20, cursor: Cursor = None) -> Page[DuplicateGroupShape]:
        """Groups with the same telephone number, the same e-mail address, or the same name and birthday.

        A suggestion: families share telephones. Errors: `invalid` (400).
        """
        scope = f"{current_tenant().schema}:duplicates:{alike}"
        found = await members.duplicates(alike, after=read_cursor(cursor, scope=scope) or "", limit=limit + 1)
        sheet = page(found, limit=limit, scope=scope, key="value")
        data = [
            DuplicateGroupShape(
                alike=group.alike,
                value=group.value,
                count=group.count,
                members=[ids.show("mem", member) for member in group.members],
            )
            for group in sheet.data
        ]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)


class MemberPersonController(Controller):
    """Everything of one member."""

    path = "/v1/members/{member_id:str}"
    tags = ("Members",)

    @get("/card", operation_id="getMemberCard", summary="A member in one view")
    async def card(self, member_id: MemberId) -> CardShape:
        """Profile, points, level, vouchers, streak, orders, messages …, each with a link to where there is more.

        Of one who was merged it is the card of the one in whom they live on. Errors: `member.unknown`, `not_found`
        (404).
        """
        card = await members.card_of(ids.read("mem", member_id))
        sections = [_section(section, ids.show("mem", card.member.id)) for section in card.sections]
        return CardShape(member=await shown.member_shape(card.member), sections=sections)

    @get("/export", operation_id="exportMember", summary="Everything that is held of a member")
    async def export(self, member_id: MemberId) -> MemberExportShape:
        """Every row of every table that refers to the member or to somebody merged into them.

        What to hand out to one who asks (GDPR art. 15 and 20, PIPL art. 45). Secrets and hashes are left out.

        Errors: `member.unknown`, `not_found` (404).
        """
        member = ids.read("mem", member_id)
        return MemberExportShape(member=member_id, at=clock.now(), held=await members.export_of(member))

    @put("/erasure", operation_id="eraseMember", summary="Forget a member")
    async def erase(self, member_id: MemberId, data: JSONBody[NewErasure]) -> ErasureShape:
        """Takes the person out of everything, for good: profile, addresses, attributes, texts, traces of changes.

        The row and the sums of the books stay, without a name. Messages that wait are not sent. Those who were merged
        into the member are forgotten too. A second time changes nothing and answers with the certificate of the first
        (`repeated: true`).

        Errors: `invalid` (400), `member.unknown`, `not_found` (404), `member.merged` (409).
        """
        member = ids.read("mem", member_id)
        members.require_confirmed(member, data.confirm)
        return _erasure(await members.erase(member, reason=data.reason))

    @get("/erasure", operation_id="getMemberErasure", summary="The certificate of an erasure")
    async def certificate(self, member_id: MemberId) -> ErasureShape:
        """When, why, by whom, and of how many rows. Errors: `member.unknown` (404) where nobody was erased."""
        return _erasure(await members.erasure_of(ids.read("mem", member_id)))


def _merge(done: members.Merge) -> MergeShape:
    return MergeShape(
        id=ids.show("mrg", done.id),
        source=ids.show("mem", done.source),
        target=ids.show("mem", done.target),
        reference=done.once,
        merged_by=done.merged_by,
        at=done.at,
        undoable_until=done.until,
        undone_at=done.undone_at,
        repeated=done.repeated,
    )


def _changes(pairs: Mapping[str, tuple[str | None, str | None]]) -> list[FieldChange]:
    return [FieldChange(field=field, before=before, after=after) for field, (before, after) in pairs.items()]


def _section(section: members.Section, member: str) -> SectionShape:
    facts = [FactShape(key=fact.key, label=fact.label.say(), value=_text(fact.value)) for fact in section.facts]
    link = section.link.replace("{member}", member)
    return SectionShape(key=section.key, title=section.title.say(), facts=facts, link=link)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, Words):
        return value.say()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _erasure(done: members.Erasure) -> ErasureShape:
    return ErasureShape(
        member=ids.show("mem", done.member),
        reason=done.reason,
        erased_by=done.erased_by,
        at=done.at,
        rows=done.rows,
        repeated=done.repeated,
    )
