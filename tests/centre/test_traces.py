"""Mail scanners and previews of links follow every address. They leave no trace, on no page that there is or will be."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from server import callers, centre
from tenants import surveys
from tenants.kit import ids
from tenants.tenancy import blueprint
from tests.make import centre as make
from tests.make import members
from tests.make import polls as polls_made
from tests.make import surveys as surveys_made

if TYPE_CHECKING:
    from tests.conftest import Shop

SCANNERS = (
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "GoogleImageProxy", "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126 Safari/537.36",
    "WeChat/8.0 MicroMessenger", "Slackbot-LinkExpanding 1.0", "",
)  # fmt: skip
AHEAD: tuple[dict[str, str], ...] = (
    {},
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch"},
)


async def everything(shop: Shop) -> dict[str, Any]:
    """A digest of every row of every table of the shop."""
    found = {}
    for table in blueprint.tenant_tables():
        name = table._meta.tablename
        rows = await shop.rows(f'SELECT t::text AS row FROM __tenant__."{name}" t ORDER BY 1')
        found[name] = hashlib.sha256(repr(rows).encode()).hexdigest(), len(rows)
    return found


async def test_get_head_and_prefetch_write_nothing_anywhere_whatever_they_carry(acme: Shop) -> None:
    async with acme.open():
        member = (await members.member(name="Ann")).id
        poll, options = await polls_made.poll()
        asked = surveys_made.definition(surveys_made.question("nps", "nps"), surveys_made.question("text", "short"))
        survey = await surveys_made.survey(asked, open_link=True, reward_points=5)
        invitation = await surveys.invite(survey, member, once="letter")
        letter = surveys.links.write(invitation.id)
    key = await acme.value("SELECT link_key FROM __tenant__.survey")
    token, _ = callers.write_member_token(acme.tenant.id, member)
    link = (await acme.server().post(f"/v1/members/{ids.show('mem', member)}/links")).json()["link"]
    option = ids.show("plo", options[0])
    rests = {slug: [""] for slug in centre.pages()}
    rests["polls"] += [f"/{ids.show('pol', poll)}"]
    own = ids.show("sur", survey)
    rests["survey"] += [f"/{own}", f"/{own}/nps", f"/{letter}", f"/{letter}/nps", f"/{key}", f"/{key}/text"]
    paths = [
        f"/m/{slug}{rest}{query}"
        for slug, listed in rests.items() for rest in listed
        for query in ("", "?act=vote&option=" + option, "?act=next&q.nps=9", "?act=withdraw", f"?embed={token}", "?language=zh")
    ]  # fmt: skip
    paths += ["/m", "/m/leave", f"/m/enter?token={token}", f"/m/enter?link={link}", "/m/pictures/pic_x", "/m/style.css"]
    browsers = [acme.client(), await make.entered(acme, member)]
    before = await everything(acme)
    seen = set()
    for client in browsers:
        for number, path in enumerate(paths):
            headers = {"User-Agent": SCANNERS[number % len(SCANNERS)], **AHEAD[number % len(AHEAD)]}
            for method in ("GET", "HEAD"):
                reply = await client.request(method, path, headers=headers)
                assert reply.status_code < 500, path
                if method == "HEAD":
                    assert reply.content == b""
                seen.add(reply.status_code)
    assert seen >= {200, 303, 401, 404}  # they did get somewhere
    assert await everything(acme) == before
    for method in ("PUT", "PATCH", "DELETE"):
        assert (await browsers[1].request(method, "/m/polls")).status_code == 405
