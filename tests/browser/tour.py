"""The first five minutes of a newcomer, in a real browser, and the pictures of the documents.

`python3 dev.py run -- python -m tests.browser.tour --out docs/images` seeds both demo shops afresh, signs in, changes
the check-in plan, lets a member check in, claims a voucher, grants points, previews the birthday message and reads the
greeting in the mailbox: in Chinese and in English, on a desktop and on a telephone. It fails when something is not
there, when a page is wider than its screen, and when a page says what only a programmer would.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import Error, Page, sync_playwright

from tests.browser.shop import demo_shops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.shop import DemoShop

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WAIT_MS = 90_000
DESKTOP = (1280, 800)
PHONE = (390, 844)
TALL = 900  # the letter's frame grows with the window
GREETING_SECONDS_MAX = 60
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
]
_ODD = re.compile(r"\b(?:None|undefined|null|NaN|UTC)\b|\[object|\{\"|\bTrue\b|\bFalse\b|[0-9a-f]{8}-[0-9a-f]{4}-")
_LATIN = re.compile(r"[A-Za-z]{3,}")
# What may stand in Latin letters on a Chinese page: names, addresses, and the words of message templates.
_LATIN_ALLOWED = re.compile(
    r"\b[0-9A-Z]{10,}\b|\b[A-Z]+-\d+\b|https?://\S+|Regulars|CSV|Excel|JSON|GBK|Webhook|Liquid|Asia/Shanghai|demo|birthday-\d+|example|com|English|NPS|CSAT|CES|RFM|CNY|JPEG|PNG|WebP|GIF|/m/polls/\w+|taobao|Piccolo|Admin|owner|marketer|agent|analyst"
)
# These show a column of English names or texts, or are the developer's own page.
_SPEAKS_BOTH = frozenset({"plan-before-list", "plan-list", "phone-list", "voucher-list", "text-list", "greeting"})


@dataclass(frozen=True, slots=True)
class Menu:
    """What the places are called that the tour goes to."""

    plan: str
    milestones: str
    members: str
    entries: str
    templates: str
    vouchers: str
    programmes: str
    texts: str
    messages: str
    staff: str
    audit: str
    saved: str


MENUS = {
    "zh": Menu("签到计划", "签到里程碑", "会员列表", "积分流水", "优惠券模板", "已发优惠券", "触达计划", "消息模板", "消息记录", "员工",
               "操作记录", "已保存"),
    "en": Menu("Check-in plan", "Check-in milestones", "All members", "Points entries", "Voucher templates", "Issued vouchers",
               "Programmes", "Message texts", "Messages", "Staff", "Audit trail", "saved"),
}  # fmt: skip


class Tour:
    """One shop in one browser window."""

    def __init__(self, shop: DemoShop, page: Page, *, out: Path | None, pictures: frozenset[str]) -> None:
        self.shop = shop
        self.page = page
        self.menu = MENUS[shop.language]
        self.findings: list[str] = []
        self._out = out
        self._pictures = pictures
        self._wide = page.viewport_size["width"] if page.viewport_size else 0

    def sign_in(self) -> None:
        """From the shop's address to the desk."""
        self.page.goto(f"{self.shop.address}/admin/")
        self.page.wait_for_selector("#username")
        self.page.fill("#username", f"owner@{self.shop.slug}")
        self.page.fill("#password", self.shop.password)
        self.look("sign-in")
        self.page.click("main button")
        self.page.wait_for_selector("#nav")
        self.page.wait_for_load_state("networkidle")

    def list_of(self, place: str, name: str) -> None:
        """A list of the desk."""
        self.page.goto(f"{self.shop.address}/admin/#/{place}/")
        self.page.wait_for_selector(f"h1:has-text('{place}')")
        self.page.wait_for_load_state("networkidle")
        self.look(name)

    def row_of(self, place: str, name: str, *, called: str = "") -> None:
        """The form of a row: the one that is called so, else the first."""
        self.list_of(place, f"{name}-list")
        self.page.click(f"tr:has-text('{called}') span.link a")
        self.page.wait_for_selector("[data-uitest=save_button]")
        self.page.wait_for_load_state("networkidle")
        self.look(name)

    def save(self, **values: str) -> None:
        """Fill fields of the row that is open, and save it."""
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)
        self.page.click("[data-uitest=save_button]")
        said = self.page.locator(f"text={self.menu.saved}").first
        said.wait_for()
        self.page.reload()  # the green bar would stand in the next pictures
        self.page.wait_for_selector("[data-uitest=save_button]")

    def form(self, slug: str, name: str, *, member: str, choose: dict[str, str] | None = None, **values: str) -> None:
        """Do something for a member, and wait for the answer."""
        self.page.goto(f"{self.shop.address}/admin/#/forms/{slug}/")
        self.page.click(".key_search input[type=text]")
        self.page.fill("input[type=search]", member)
        self.page.click(f".results_list a >> text={member}")
        for field, value in values.items():
            self.page.fill(f"[name={field}]", value)
        for field, value in (choose or {}).items():
            self.page.select_option(f"[name={field}]", value)
        self.look(name)
        self.page.click("[data-uitest=submit_custom_form_button]")
        self.page.wait_for_selector("#success_message")
        self.look(f"{name}-done")

    def look(self, name: str) -> None:
        """Judge what is shown, and take a picture where one is wanted."""
        self.page.wait_for_timeout(400)  # menus and boxes slide in
        text = self.text()
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self._wide:
            self.note(name, f"the page is {wide} wide on a screen of {self._wide}")
        for odd in sorted(set(_ODD.findall(text))):
            self.note(name, f"shows {odd!r}")
        if self.shop.language == "zh" and name not in _SPEAKS_BOTH:
            words = set(_LATIN.findall(_LATIN_ALLOWED.sub("", text)))
            if words:
                self.note(name, f"in the Chinese page: {', '.join(sorted(words)[:12])}")
        if self._out is not None and name in self._pictures:
            self.page.evaluate("window.scrollTo(0, 0)")
            # Hiding the caret would need a style of the page's own, which its policy forbids.
            self.page.screenshot(path=str(self._out / f"{name}.{self.shop.language}.png"), caret="initial")

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("body")

    def said(self, pair: tuple[str, str]) -> str:
        """An English text and a Chinese one: that of the shop's language."""
        return pair[0 if self.shop.language == "en" else 1]

    def note_error(self, error: Error) -> None:
        """A script of the page has failed."""
        self.note(self.page.url.rpartition("#")[2], f"script error: {error}")

    def note(self, name: str, what: str) -> None:
        """Keep what a seller should not see."""
        self.findings.append(f"{self.shop.language} {self._wide} {name}: {what}")


def check_in(shop: DemoShop) -> dict[str, Any]:
    """What the README has a newcomer do by curl: a token, a check-in, the points, a voucher."""
    port = shop.address.rpartition(":")[2]
    host = {"Host": shop.address.partition("://")[2]}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/v1", headers=host, trust_env=False, timeout=30) as client:
        backend = {"Authorization": f"Bearer {shop.key}"}
        member = client.get("/members", params={"external_id": "demo-01"}, headers=backend).json()["data"][0]["id"]
        token = client.post(f"/members/{member}/tokens", headers=backend).json()["token"]
        own = {"Authorization": f"Bearer {token}"}
        visit: dict[str, Any] = client.post("/me/check-ins", headers=own).json()
        again = client.post("/me/check-ins", headers=own).json()
        if visit["points"] < 1 or again != {**visit, "repeated": True}:
            raise RuntimeError(f"checked in as {visit}, and again as {again}")
        template = client.get("/me/voucher-templates", headers=own).json()["data"][-1]["id"]
        voucher = client.post("/me/voucher-claims", headers=own, json={"template": template}).json()
        return {**visit, "balance": client.get("/me/points", headers=own).json()["balance"], "code": voucher["code"]}


def read_greeting(tour: Tour) -> None:
    """The mailbox page: the letter to the member of this shop whose birthday it is."""
    words = {"zh": "生日快乐", "en": "Happy birthday"}[tour.shop.language]
    page = tour.page
    page.goto(tour.shop.mailbox)
    for _ in range(GREETING_SECONDS_MAX):
        if page.locator(f"a:has-text('{words}')").count():
            break
        page.wait_for_timeout(1000)
        page.goto(tour.shop.mailbox)
    page.click(f"a:has-text('{words}')")
    page.frame_locator("iframe").locator("h1").wait_for()
    letter = page.frames[-1]
    if letter.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    ) or letter.evaluate("[...document.querySelectorAll('a')].some(a => a.getBoundingClientRect().right > innerWidth)"):
        tour.note("greeting", "the letter is wider than its window")
    page.set_viewport_size({"width": page.viewport_size["width"] if page.viewport_size else 0, "height": TALL})
    tour.look("greeting")


def on_desktop(tour: Tour) -> None:
    """All that the README and the seller guide show."""
    tour.sign_in()
    tour.row_of(tour.menu.plan, "plan-before")
    tour.save(base="10")
    tour.row_of(tour.menu.plan, "plan")
    visit = check_in(tour.shop)
    if visit["points"] != 10 + min(visit["position"], 7) - 1:
        raise RuntimeError(f"the new plan does not hold: {visit}")
    member = {"zh": "林晓雨", "en": "Ada Moore"}[tour.shop.language]
    tour.list_of(tour.menu.entries, "points")
    tour.list_of(tour.menu.vouchers, "vouchers")
    tour.list_of(tour.menu.milestones, "milestones")
    tour.list_of(tour.menu.members, "members")
    tour.row_of(tour.menu.members, "member")
    tour.row_of(tour.menu.templates, "voucher", called={"zh": "新客立减券", "en": "Welcome"}[tour.shop.language])
    tour.row_of(tour.menu.programmes, "birthday")
    tour.row_of(tour.menu.texts, "text")
    tour.list_of(tour.menu.messages, "messages")
    tour.form("grant-points", "grant-points", member=member, points="50", choose={"why": "compensation"})
    tour.form("preview-birthday", "preview", member=member)
    tour.list_of(tour.menu.staff, "staff")
    tour.list_of(tour.menu.audit, "audit")
    read_greeting(tour)


def on_phone(tour: Tour) -> None:
    """The same on a narrow screen, more briefly."""
    tour.sign_in()
    tour.row_of(tour.menu.plan, "phone")
    tour.save(base="5")
    tour.list_of(tour.menu.members, "members")
    tour.row_of(tour.menu.programmes, "birthday")
    tour.form("grant-points", "grant-points", member="demo-02", points="5")
    tour.list_of(tour.menu.audit, "audit")
    read_greeting(tour)


DESKTOP_PICTURES = frozenset(
    {
        "sign-in",
        "plan",
        "points",
        "milestones",
        "members",
        "voucher",
        "birthday",
        "grant-points",
        "preview-done",
        "audit",
        "greeting",
    }
)
PHONE_PICTURES = frozenset({"phone"})


@contextmanager
def window(language: str, size: tuple[int, int]) -> Iterator[Page]:
    """A browser of somebody who speaks that language."""
    locale = {"zh": "zh-CN", "en": "en-US"}[language]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        context = browser.new_context(
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
        )
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        try:
            yield page
        finally:
            browser.close()


def run(out: Path | None) -> list[str]:
    """Both shops, both widths. Returns what a seller should not see."""
    findings: list[str] = []
    with demo_shops() as shops:
        for shop in shops:
            for size, visit, pictures in ((DESKTOP, on_desktop, DESKTOP_PICTURES), (PHONE, on_phone, PHONE_PICTURES)):
                with window(shop.language, size) as page:
                    tour = Tour(shop, page, out=out, pictures=pictures)
                    page.on("pageerror", tour.note_error)
                    visit(tour)
                    findings += tour.findings
    return findings


def main() -> int:
    """Take the tour; exit code 1 if a page shows what it should not."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.tour", description=__doc__)
    parser.add_argument("--out", type=Path, help="write the pictures into this folder")
    out: Path | None = parser.parse_args().out
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    findings = run(out)
    for finding in findings:
        print(finding)  # noqa: T201
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
