"""A seller makes a survey and a poll from nothing, members take part by telephone, and the results are read.

`python3 dev.py run -- python -m tests.browser.walk --out docs/images` makes a branched, bilingual, rewarded survey and a
poll with pictures in the console of a demo shop, in Chinese on a desktop and in English on a telephone; `--all` does so
in both languages on both. It says how many presses and fields that took, and fails where a page shows what it should
not: an error in the browser's console, a page wider than its screen, English on a Chinese page, a programmer's word.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from PIL import Image, ImageDraw

from tests.browser.shop import demo_shops
from tests.browser.tour import DESKTOP, PHONE, WAIT_MS, Tour, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ConsoleMessage, Page, Response

    from tests.browser.shop import DemoShop

TECHNICAL = re.compile(
    r"\b(?:API|HTTP|SQL|JSON|UUID|URL|boolean|schema|payload|endpoint|regex|tenant|token|slug|cache)s?\b", re.IGNORECASE
)
SURVEY_POINTS, POLL_POINTS = 30, 20
SECONDS_MAX = 600
SKIN = (("Dry", "干性"), ("Oily", "油性"), ("Sensitive", "敏感"))
ASKED = (("What is your skin like?", "您的肤质是？"), ("What does it not bear?", "对哪些成分敏感？"),
         ("Which care do you use for shine?", "您怎样控油？"))  # fmt: skip
POLLED = ("Which one should we stock next?", "下一季您最想买哪一款？")
OPTIONS = (("Canvas bag", "帆布袋", "#c9a26b"), ("Enamel mug", "搪瓷杯", "#3b7ea1"), ("Blanket", "毛毯", "#7a3b5d"))
COMBINATIONS = (("zh", DESKTOP), ("en", PHONE))
ALL = (*COMBINATIONS, ("zh", PHONE), ("en", DESKTOP))
CONSOLE_PICTURES = frozenset({"survey-way", "poll-build", "survey-results", "poll-stock"})
PHONE_PICTURES = frozenset({"survey-answer", "centre", "poll-vote"})


@dataclass(slots=True)
class Effort:
    """What it cost the seller."""

    clicks: int = 0
    fields: int = 0
    seconds: float = 0.0


class Visit(Tour):
    """Somebody's pages, each of them judged."""

    def __init__(self, shop: DemoShop, page: Page, *, out: Path | None, pictures: frozenset[str]) -> None:
        super().__init__(shop, page, out=out, pictures=pictures)
        self.effort = Effort()
        page.on("pageerror", self.note_error)
        page.on("console", self._note_console)
        page.on("response", self._note_response)

    def click(self, what: str) -> None:
        """Press it."""
        self.effort.clicks += 1
        self.page.click(what)

    def fill(self, what: str, text: str) -> None:
        """Type into a field."""
        self.effort.fields += 1
        self.page.fill(what, text)

    def choose(self, what: str, label: str) -> None:
        """Choose from a list: two presses, to open it and to choose."""
        self.effort.clicks += 2
        self.page.select_option(what, label=label)

    def wait(self, what: str) -> None:
        """Until the page shows it."""
        self.page.wait_for_selector(what)

    def text(self) -> str:
        """What the page says of its own in its language: no member's or seller's text in another."""
        text = self.page.inner_text("body")
        for other in self.page.locator(f"[lang]:not([lang^={self.shop.language}])").all_inner_texts():
            text = text.replace(other, "")
        # In English it is also a seller's word: no voucher, no level. The Chinese pages tell where it is Python's.
        return re.sub(r"\bNone\b", "", text) if self.shop.language == "en" else text

    def look(self, name: str) -> None:
        """Judge what is shown, also by what only a programmer would say."""
        super().look(name)
        if self.page.locator("main").count():
            for found in TECHNICAL.finditer(text := self.page.inner_text("main")):
                self.note(name, f"says a programmer's word: {text[max(found.start() - 20, 0) : found.end() + 20]!r}")

    def _note_console(self, told: ConsoleMessage) -> None:
        if told.type == "error":
            self.note(self.page.url, f"in the browser's console: {told.text}")

    def _note_response(self, reply: Response) -> None:
        if reply.status >= 400:
            self.note(self.page.url, f"{reply.status} for {reply.url}")
        if urlsplit(reply.url).netloc != urlsplit(self.shop.address).netloc:
            self.note(self.page.url, f"asks a foreign host: {reply.url}")


class Seller(Visit):
    """Makes surveys and polls in the console."""

    def to(self, place: str) -> None:
        """Somewhere by the menu, which a telephone opens first."""
        if self.page.locator("button.menu").is_visible():
            self.click("button.menu")
        self.click(f"#menu a[href='/console/{place}']")
        self.page.wait_for_url(f"**/console/{place}")

    def tab(self, slug: str) -> None:
        """Another page of the survey that is open."""
        self.click(f".tabs a[href^='/console/{slug}/']")
        self.page.wait_for_url(f"**/console/{slug}/*")

    def both(self, name: str, pair: tuple[str, str]) -> None:
        """A text in both languages."""
        self.fill(f"[id='{name}.en']", pair[0])
        self.fill(f"[id='{name}.zh']", pair[1])

    def branch(self, number: int, pair: tuple[str, str], when: tuple[str, str]) -> None:
        """A question for those only who chose that answer to the first."""
        self.click(".adder summary")
        self.click("#add-long")
        self.wait(f"#card-q{number} .editor")
        self.both("text", pair)
        self.click(f"summary:has-text('{self.said(('Shown only if', '显示条件'))}')")
        self.click("#term-add-show")
        self.wait("[id='show.0.question']")
        if self.page.input_value("[id='show.0.question']") != "q1":
            self.effort.clicks += 2
            self.page.select_option("[id='show.0.question']", "q1")
        self.choose("select[id='show.0.value']", self.said(when))

    def make_survey(self) -> str:
        """Three questions, of which each member sees two, in two languages, with thanks. Answers with its link."""
        self.page.goto(f"{self.shop.address}/console/")
        self.to("surveys")
        self.look("surveys")
        self.click("a[href='/console/survey-new']")
        self.wait("#create-empty")
        self.look("survey-new")
        self.fill("[name=name]", self.said(("Skin", "肤质调查")))
        self.click("#create-empty")
        self.click("#add-single")
        self.wait("#card-q1 .editor")
        self.both("text", ASKED[0])
        for place, pair in enumerate(SKIN):
            self.both(f"choice.{place}", pair)
        self.branch(2, ASKED[1], SKIN[2])
        self.branch(3, ASKED[2], SKIN[1])
        self.look("survey-build")
        self.click("#close")
        self.wait(f"#card-q3 .way:has-text('{self.said(SKIN[1])}')")
        self.look("survey-way")
        self.tab("survey-settings")
        self.fill("#reward_points", str(SURVEY_POINTS))
        self.click("[name=open_link]")
        self.click("#save")
        self.wait("main .said")
        self.look("survey-settings")
        self.tab("survey-publish")
        self.click("#publish")
        self.wait("main .said")
        self.look("survey-published")
        self.tab("survey-share")
        self.look("survey-share")
        return self.page.input_value("#open-link")

    def make_poll(self) -> str:
        """Three things with pictures and thanks. Answers with its address."""
        self.to("polls")
        self.look("polls")
        self.fill("[name=name_zh]", POLLED[1])
        self.fill("[name=name_en]", POLLED[0])
        self.click("[value=make]")
        self.page.wait_for_url("**/console/poll/pol_*")
        for place, (en, zh, colour) in enumerate(OPTIONS, 1):
            form = ".adding form"
            self.fill(f"{form} [name=text_zh]", zh)
            self.fill(f"{form} [name=text_en]", en)
            self.effort.clicks += 2  # to open the box and to choose the file
            self.page.set_input_files(
                f"{form} [name=picture]",
                {"name": f"{en}.png", "mimeType": "image/png", "buffer": drawn(place, colour)},
            )
            self.click(f"{form} [value=add]")
            self.wait(f"#options ol.cards li:nth-child({place}) img.pic")
        self.fill("#settings [name=reward_points]", str(POLL_POINTS))
        self.click("#settings [name=stock]")
        self.click("#settings [value=save]")
        self.wait(".said")
        self.look("poll-build")
        self.click("[value=publish]")
        self.wait(".status-live")
        self.look("poll-published")
        return self.page.url.rpartition("/")[2]

    def busy(self) -> None:
        """The results of what the demo shop's members have been asked, for the guides."""
        for listed, name, address in (
            ("surveys", "survey-results", "survey-results"),
            ("polls", "poll-stock", "poll-stock"),
        ):
            self.page.goto(f"{self.shop.address}/console/{listed}")
            found = re.findall(r"/console/[\w-]+/((?:sur|pol)_\w+)", self.page.inner_html("main"))
            self.figure(f"{address}/{found[-1]}", name)

    def figure(self, address: str, name: str) -> int:
        """The first number of a page of results."""
        self.page.goto(f"{self.shop.address}/console/{address}")
        self.wait("dl.figures")
        self.look(name)
        found = re.search(r"\d+", self.page.locator("dl.figures dd").first.inner_text())
        if found is None:
            raise RuntimeError(f"{name} shows no number")
        return int(found[0])


class Member(Visit):
    """Takes part on a telephone."""

    def answer(self, link: str) -> None:
        """The way of those with sensitive skin: the question about shine is not for them."""
        self.page.goto(link)
        self.look("survey-answer")
        self.click(f"label.choice:has-text('{self.said(SKIN[2])}')")
        self.click("button[value=next]")
        self.wait("textarea")
        if self.said(ASKED[1]) not in self.page.inner_text("main"):
            raise RuntimeError("the branch was not taken")
        self.look("survey-branch")
        self.fill("textarea", self.said(("Perfume", "香精")))
        self.click("button[value=next]")
        self.wait(".finished .reward")
        self.look("survey-thanks")

    def vote(self, poll: str) -> None:
        """One tap."""
        self.page.goto(f"{self.shop.address}/m")
        self.look("centre")
        self.page.goto(f"{self.shop.address}/m/polls/{poll}")
        self.look("poll-vote")
        self.click("button.option >> nth=1")
        self.wait("#results")
        self.look("poll-voted")


def drawn(place: int, colour: str) -> bytes:
    """The picture of a thing."""
    image = Image.new("RGB", (800, 800), "#f4efe6")
    pen = ImageDraw.Draw(image)
    if place == 1:
        pen.arc((250, 120, 550, 520), 180, 360, fill=colour, width=36)
        pen.rounded_rectangle((170, 310, 630, 700), 40, fill=colour)
    elif place == 2:
        pen.ellipse((480, 300, 700, 560), outline=colour, width=40)
        pen.rounded_rectangle((190, 210, 570, 660), 50, fill=colour)
    else:
        pen.rounded_rectangle((140, 200, 660, 620), 30, fill=colour)
        for line in range(230, 620, 80):
            pen.line((140, line, 660, line), fill="#f4efe6", width=14)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@contextmanager
def backend(shop: DemoShop, key: str) -> Iterator[httpx.Client]:
    """The shop's own server, or a member's telephone, as the API knows them."""
    at = urlsplit(shop.address)
    headers = {"Host": at.netloc, "Authorization": f"Bearer {key}"}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{at.port}/v1", headers=headers, trust_env=False, timeout=30
    ) as client:
        yield client


def joined(shop: DemoShop, name: str) -> str:
    """A new member's token."""
    with backend(shop, shop.key) as client:
        person: dict[str, Any] = (
            client.post("/members", json={"external_id": name, "locale": shop.language}).raise_for_status().json()
        )
        token: str = client.post(f"/members/{person['id']}/tokens").raise_for_status().json()["token"]
        return token


def balance(shop: DemoShop, token: str) -> int:
    """The member's points."""
    with backend(shop, token) as client:
        points: int = client.get("/me/points").raise_for_status().json()["balance"]
        return points


def expect(what: str, found: int, meant: int) -> None:
    """Stop where a number is another."""
    if found != meant:
        raise RuntimeError(f"{what}: {found}, not {meant}")


def walk(shop: DemoShop, page: Page, *, out: Path | None = None) -> tuple[Effort, list[str]]:
    """From nothing to what to stock. Returns what it took, and what a page shows that it should not."""
    began = time.monotonic()
    wide = page.viewport_size["width"] if page.viewport_size else 0
    browser = page.context.browser
    if browser is None:
        raise RuntimeError("the browser is gone")
    seller = Seller(shop, page, out=out, pictures=CONSOLE_PICTURES if wide == DESKTOP[0] else frozenset())
    phone = browser.new_context(
        locale={"zh": "zh-CN", "en": "en-US"}[shop.language], has_touch=True, is_mobile=True,
        viewport={"width": PHONE[0], "height": PHONE[1]})  # fmt: skip
    member = Member(shop, phone.new_page(), out=out, pictures=PHONE_PICTURES)
    member.page.set_default_timeout(WAIT_MS)
    token = joined(shop, f"walk-{wide}")
    before = balance(shop, token)
    member.page.goto(f"{shop.address}/m/enter?token={token}")
    seller.sign_in()
    link = seller.make_survey()
    survey = seller.page.url.rpartition("/")[2]
    made = seller.effort.clicks, seller.effort.fields
    expect("responses before", seller.figure(f"survey-results/{survey}", "survey-no-results"), 0)
    member.answer(link)
    expect("points for the survey", balance(shop, token) - before, SURVEY_POINTS)
    expect("responses after", seller.figure(f"survey-results/{survey}", "survey-first-result"), 1)
    poll = seller.make_poll()
    member.vote(poll)
    expect("points for both", balance(shop, token) - before, SURVEY_POINTS + POLL_POINTS)
    expect("votes", seller.figure(f"poll-results/{poll}", "poll-results"), 1)
    expect("members who voted", seller.figure(f"poll-stock/{poll}", "poll-first-stock"), 1)
    seller.effort.seconds = time.monotonic() - began
    if seller.effort.seconds > SECONDS_MAX:
        seller.note("all", f"took {seller.effort.seconds:.0f} seconds")
    told = seller.effort
    print(  # noqa: T201
        f"{shop.language} {wide}: survey {made[0]} presses, {made[1]} fields; poll {told.clicks - made[0]} presses, "
        f"{told.fields - made[1]} fields; {told.seconds:.0f} s with the members' part"
    )
    phone.close()
    return seller.effort, seller.findings + member.findings


def run(out: Path | None, *, everywhere: bool = False) -> list[str]:
    """The demo shops, each in its language. Returns what a page shows that it should not."""
    findings: list[str] = []
    with demo_shops() as shops:
        for language, size in ALL if everywhere or out else COMBINATIONS:
            shop = next(each for each in shops if each.language == language)
            with window(language, size) as page:
                findings += walk(shop, page, out=out)[1]
                if out is not None and size == DESKTOP:
                    demo = Seller(shop, page, out=out, pictures=CONSOLE_PICTURES)
                    demo.busy()
                    findings += demo.findings
    return findings


def main() -> int:
    """Walk through; exit code 1 if a page shows what it should not."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.walk", description=__doc__)
    parser.add_argument("--out", type=Path, help="write the pictures of the guides into this folder")
    parser.add_argument("--all", action="store_true", help="both languages on desktop and telephone")
    told = parser.parse_args()
    if told.out is not None:
        told.out.mkdir(parents=True, exist_ok=True)
    findings = run(told.out, everywhere=told.all)
    for finding in findings:
        print(finding)  # noqa: T201
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
