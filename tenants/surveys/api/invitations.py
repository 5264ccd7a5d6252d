"""Members are asked, for the seller's backend."""

from __future__ import annotations

import uuid
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import surveys
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.surveys.api import telling
from tenants.surveys.api.answering_shapes import InvitationShape, NewInvitation  # noqa: TC001  Litestar reads them
from tenants.surveys.api.telling import API_ONCE, read_id
from tenants.tenancy import current_tenant

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]


class InvitationController(Controller):
    """Invitations to answer, each for one member and one survey."""

    path = "/v1/survey-invitations"
    tags = ("Surveys",)

    @post(operation_id="inviteToSurvey", summary="Ask a member to answer", status_code=201)
    async def invite(self, data: JSONBody[NewInvitation]) -> Response[InvitationShape]:
        """Makes an invitation with a personal link: 201; the same `reference` again answers 200 with that one.

        Errors: `survey.unknown`, `member.unknown`, `not_found` (404), `survey.closed` (422) once it has ended,
        `member.blocked` (403), `survey.invitation_differs` (409), `invalid` (400) for a window that is none.
        """
        found = await surveys.invite(
            read_id("sur", data.survey), ids.read("mem", data.member), once=f"{API_ONCE}{data.reference}",
            opens_at=data.opens_at, expires_at=data.expires_at)  # fmt: skip
        return Response(telling.invitation(found), status_code=200 if found.repeated else 201)

    @get(operation_id="listSurveyInvitations", summary="List invitations")
    async def list_all(
        self,
        survey: Annotated[str | None, QueryParameter(description="To this survey, `sur_…`.")] = None,
        member: Annotated[str | None, QueryParameter(description="Of this member, `mem_…`.")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[InvitationShape]:
        """The newest first; filters may be combined.

        Errors: `survey.unknown`, `not_found` (404) for ids that are none, `invalid` (400) for another list's cursor.
        """
        scope = f"{current_tenant().schema}:survey_invitations:{survey}:{member}"
        position = read_cursor(cursor, scope=scope)
        rows = await surveys.invitations(
            survey=read_id("sur", survey) if survey is not None else None,
            member=ids.read("mem", member) if member is not None else None,
            before=uuid.UUID(position) if position else None, limit=limit + 1)  # fmt: skip
        sheet = page(rows, limit=limit, scope=scope)
        data = [telling.invitation(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{invitation_id:str}", operation_id="getSurveyInvitation", summary="Show an invitation")
    async def show(self, invitation_id: FromPath[str]) -> InvitationShape:
        """One invitation with its personal link. Errors: `survey.invitation_unknown` (404)."""
        return telling.invitation(await surveys.find_invitation(read_id("svi", invitation_id)))

    @post("/{invitation_id:str}/revocation", operation_id="revokeSurveyInvitation", summary="Revoke an invitation")
    async def revoke(self, invitation_id: FromPath[str]) -> InvitationShape:
        """Its link leads nowhere from now on; what was answered stays. Again changes nothing (`repeated`). No body.

        Errors: `survey.invitation_unknown` (404).
        """
        return telling.invitation(await surveys.revoke(read_id("svi", invitation_id)))
