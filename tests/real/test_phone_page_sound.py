"""The page for a phone in a real browser: what is heard, what the buttons do, and what is asked.

One browser for all: it takes a second to start.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.export.phone_pages import page_with_clips, page_with_track
from tests.real.listening import Sink, Waking, until
from tests.real.speaking import Sinks
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Cues, Routine, Sides, Sound, Step
from uncramp.core.routine.points import Limb
from uncramp.export.rendition import PlacedSound, rendered
from uncramp.system.clocks import steady_ms

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZES = ((360, 640), (390, 844), (640, 360), (844, 390), (820, 1180), (1180, 820))
AWAY_MS = 30.0

PLAIN = Cues(halfway=None, tick=None, start=Sound("tick"), end=Sound("tick"), finish=Sound("tick"))
HEARD = make_plan(
    Routine("r", "Heard", tuple(Step(n, n, 1_500, cues=PLAIN) for n in "abc"), cues=PLAIN)
)
HANDLED = make_plan(
    Routine(
        "s",
        "Handled",
        (
            Step("a", "Rub", 60_000, get_ready_ms=5_000, sides=Sides.EACH, limb=Limb.LEG,
                 figure="calf-roll", how="Rub it."),
            Step("b", "Dry", 20_000, is_open=True),
            Step("d", "Dry more", 20_000, is_open=True, is_if_still=True),
            Step("c", "Roll", 60_000),
            Step("e", "Cover up", 10_000, is_open=True, ends_after_ms=30_000),
            Step("f", "Lie down", 60_000),
        ),
        cautions=("Stop if it hurts.",),
        sources=("A book",),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="uncramp-ci-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def browser(sinks: Sinks) -> Iterator[Browser]:
    """A browser that plays to the recorded sink."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        words = "no Chromium here: see the packages in .ci/run"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    sink = sinks("browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found,
            env=sink.environment,  # type: ignore[arg-type]
            args=["--disable-features=AudioServiceSandbox"],
            ignore_default_args=["--mute-audio"],
        )
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator["Opened"]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    yield Opened(context, folder)
    context.close()


class Opened:
    """Opens pages, and keeps what they ask for and complain of."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.context = context
        self.folder = folder
        self.said: list[str] = []

    def page(self, plan: Plan, *, has_track: bool = True) -> Page:
        file = self.folder / f"{plan.routine.id}-{has_track}.html"
        if not file.exists():
            text = page_with_track(plan, self.folder) if has_track else page_with_clips(plan)
            file.write_text(text, encoding="utf-8")
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.said.append(request.url[:80]))
        page.goto(file.as_uri())
        assert self.said == [file.as_uri()]
        self.said.clear()
        return page


def position(page: Page) -> float:
    found = page.evaluate("document.getElementById('track').currentTime")
    assert isinstance(found, float | int)
    return float(found)


def wait(page: Page, condition: str) -> None:
    """Until the condition holds. The page's own policy forbids Playwright's way to wait."""
    assert until(lambda: bool(page.evaluate(condition))), condition


def text(page: Page, name: str) -> str:
    return page.locator(f"#{name}").inner_text()


def planned_onsets(plan: Plan) -> list[float]:
    return [one.at_ms for one in rendered(plan) if isinstance(one, PlacedSound)]


def onsets_of(page: Page, sink: Sink) -> list[float]:
    """Play the page to its end. When each sound began, from the first one."""
    began = steady_ms()
    page.click("#main")
    wait(page, "document.getElementById('name').textContent === 'Finished'")
    sink.wait_until(steady_ms() + 800)
    found = sink.heard(began).onsets()
    return [one - found[0] for one in found]


@pytest.mark.parametrize("has_track", [True, False], ids=["track", "clips"])
def test_a_page_is_heard_as_its_plan_has_it(
    opened: Opened, sinks: Sinks, waking: Waking, has_track: bool
) -> None:
    page = opened.page(HEARD, has_track=has_track)
    assert page.locator("#screen").is_visible() is not has_track
    began = steady_ms()
    heard, planned = onsets_of(page, sinks("browser")), planned_onsets(HEARD)
    assert len(heard) == len(planned), heard
    away = [a - (b - planned[0]) for a, b in zip(heard, planned, strict=True)]
    assert max(map(abs, away)) < AWAY_MS + waking.worst_ms(began), away
    assert opened.said == []


def test_the_buttons_move_the_sound_and_the_sound_the_page(opened: Opened) -> None:
    page = opened.page(HANDLED)
    wait(page, "document.getElementById('track').readyState > 0")
    assert page.locator("#about").is_visible() and "Stop if it hurts." in text(page, "about")
    page.click("#main")
    wait(page, "document.getElementById('track').currentTime > 1.2")
    assert text(page, "main") == "Pause" and text(page, "kind") == "Get ready"
    assert (text(page, "name"), text(page, "side")) == ("Rub", "left leg")
    assert page.locator("#pictures svg:not([hidden])").get_attribute("aria-label") != ""
    assert "(left)" in str(page.locator("#pictures svg:visible").get_attribute("aria-label"))

    page.click("#main")
    paused = position(page)
    assert text(page, "main") == "Go on"
    page.click("#forward")
    assert text(page, "side") == "right leg" and position(page) == pytest.approx(66, abs=0.1)
    assert "(right)" in str(page.locator("#pictures svg:visible").get_attribute("aria-label"))
    page.click("#back")
    assert position(page) == pytest.approx(1, abs=0.1) and paused > 1.2

    # Fifteen seconds more go back in the sound once there are so many to go back.
    page.evaluate("document.getElementById('track').currentTime = 1 + 5 + 20")
    wait(page, "document.getElementById('time').textContent === '0:40'")
    page.click("#more")
    assert text(page, "time") == "0:55"
    page.click("#main")
    wait(page, "document.getElementById('track').currentTime < 20")

    # An open step goes round until the button is pressed.
    page.click("#forward")
    page.click("#forward")
    assert (text(page, "name"), text(page, "main")) == ("Dry", "Done")
    begins = position(page)
    page.evaluate(f"document.getElementById('track').currentTime = {begins + 34}")
    wait(page, f"document.getElementById('track').currentTime < {begins + 5}")
    assert text(page, "name") == "Dry" and text(page, "time").startswith("0:3")
    assert text(page, "next") == "Next: Roll" and text(page, "more") == "Still tight"
    page.click("#more")
    assert (text(page, "name"), text(page, "main")) == ("Dry more", "Done")
    page.click("#back")
    assert text(page, "name") == "Dry"
    page.click("#main")
    wait(page, "document.getElementById('name').textContent === 'Roll'")

    # One that goes on by itself says so, and its words are there to read; Back returns to it.
    page.click("#forward")
    assert text(page, "name") == "Cover up"
    assert text(page, "kind") == "Until you are done \u00b7 goes on in 0:40"
    begins = position(page)
    page.evaluate(f"document.getElementById('track').currentTime = {begins + 31}")
    wait(page, "document.getElementById('note').textContent === 'Going on in ten seconds.'")
    page.evaluate(f"document.getElementById('track').currentTime = {begins + 39.5}")
    wait(page, "document.getElementById('name').textContent === 'Lie down'")
    assert text(page, "note") == "Went on by itself. Back returns to it."
    page.click("#back")
    assert (text(page, "name"), text(page, "main")) == ("Cover up", "Done")
    page.click("#main")
    wait(page, "document.getElementById('name').textContent === 'Lie down'")
    assert text(page, "note") == ""

    # In the dark the scripts stand still and the sound goes on; afterwards the page is right.
    page.evaluate("document.getElementById('track').currentTime = 70")
    wait(page, "document.getElementById('kind').textContent === 'Get ready'")
    phone = page.context.new_cdp_session(page)
    phone.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.wait_for_timeout(2_000)
    phone.send("Page.setWebLifecycleState", {"state": "active"})
    kept = position(page)
    assert kept > 71
    wait(page, "document.getElementById('kind').textContent === ''")
    assert (text(page, "name"), text(page, "side")) == ("Rub", "right leg")

    page.reload()
    assert (text(page, "name"), text(page, "main")) == ("Rub", "Go on")
    page.click("#main")
    wait(page, "!document.getElementById('track').paused")
    assert position(page) >= kept - 2.5
    # Nothing but the page itself was asked for, and nothing went wrong.
    assert {one for one in opened.said if not one.startswith("file:")} == set()


PHONE = """
window.isHeld = () => phone.locks.some((lock) => !lock.released);
window.phone = { acts: {}, asked: 0, refuses: false, locks: [] };
navigator.mediaSession.setActionHandler = (name, act) => { phone.acts[name] = act; };
navigator.wakeLock.request = async (kind) => {
  phone.asked += 1;
  if (phone.refuses || kind !== "screen") throw new DOMException("no", "NotAllowedError");
  const lock = new EventTarget();
  lock.released = false;
  lock.release = async () => { lock.released = true; lock.dispatchEvent(new Event("release")); };
  phone.locks.push(lock);
  return lock;
};
window.hide = (isHidden) => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  if (isHidden) phone.locks.forEach((lock) => lock.release());
  document.dispatchEvent(new Event("visibilitychange"));
};
"""
"""A phone's lock screen, its screen that goes dark, and what the page asks of them."""


@pytest.mark.parametrize("has_track", [True, False], ids=["track", "clips"])
def test_the_screen_is_kept_on_while_it_plays_where_that_is_allowed(
    opened: Opened, has_track: bool
) -> None:
    opened.context.add_init_script(PHONE)
    page = opened.page(HANDLED, has_track=has_track)
    assert page.evaluate("phone.asked") == 0
    # It may be refused: nothing comes of it, and it is asked again when the page is seen again.
    page.evaluate("phone.refuses = true")
    page.click("#main")
    wait(page, "phone.asked > 0")
    assert until(lambda: text(page, "main") == "Pause", 5)
    page.evaluate("phone.refuses = false; hide(true)")
    assert not page.evaluate("isHeld()")
    page.evaluate("hide(false)")
    wait(page, "isHeld()")
    # The phone takes it back in the dark.
    page.evaluate("hide(true)")
    asked = page.evaluate("phone.asked")
    # One that nobody knows of would keep the screen on after a pause.
    page.evaluate("hide(false); hide(false)")
    wait(page, "isHeld()")
    assert page.evaluate("phone.asked") == asked + 1
    page.click("#main")
    wait(page, "!isHeld()")
    page.click("#main")
    wait(page, "isHeld()")
    assert opened.said == []


def test_the_lock_screen_shows_the_step_and_its_buttons_work(opened: Opened) -> None:
    opened.context.add_init_script(PHONE)
    page = opened.page(HANDLED)
    acts = "Object.keys(phone.acts).sort().join()"
    assert page.evaluate(acts) == "nexttrack,pause,play,previoustrack"
    page.evaluate("phone.acts.play()")
    wait(page, "!document.getElementById('track').paused")
    shown = "[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]"
    assert page.evaluate(shown) == ["Rub, left leg", "Handled"]
    page.evaluate("phone.acts.nexttrack()")
    assert page.evaluate(shown) == ["Rub, right leg", "Handled"]
    assert position(page) == pytest.approx(66, abs=0.5)
    page.evaluate("phone.acts.previoustrack()")
    assert page.evaluate(shown) == ["Rub, left leg", "Handled"]
    page.evaluate("phone.acts.pause()")
    assert text(page, "main") == "Go on"
    page.evaluate("phone.acts.nexttrack(); phone.acts.nexttrack()")
    assert text(page, "name") == "Dry"
    # Of a step that waits, the next one is Done: what comes only on "still" is not in the way.
    page.evaluate("phone.acts.play(); phone.acts.nexttrack()")
    wait(page, "document.getElementById('name').textContent === 'Roll'")
    assert opened.said == []


def test_a_sound_that_is_refused_is_tried_another_way_and_then_told(opened: Opened) -> None:
    page = opened.page(HANDLED)
    page.click("#main")
    wait(page, "document.getElementById('track').currentTime > 0.2")
    page.click("#forward")
    refused = "document.getElementById('track').dispatchEvent(new Event('error'))"
    page.evaluate(refused)
    wait(page, "!document.getElementById('track').paused")
    wait(page, "document.getElementById('track').currentTime > 66.1")
    assert page.evaluate("document.getElementById('track').src").startswith("blob:")
    assert not page.locator("#screen").is_visible()
    page.evaluate(refused)
    assert page.locator("#screen").is_visible()
    assert text(page, "screen").startswith("This browser cannot play the sound of this page.")


def test_it_can_be_read_and_reached_at_every_size(opened: Opened) -> None:
    page = opened.page(HANDLED)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for is_begun in (False, True):
            if is_begun:
                page.click("#main")
                wait(page, "!document.getElementById('track').paused")
            wide = page.evaluate("document.documentElement.scrollWidth")
            high = page.evaluate("document.documentElement.scrollHeight")
            assert wide <= width and high <= height
            for name in ("main", "back", "more", "forward", "night"):
                box = page.locator(f"#{name}").bounding_box()
                assert box is not None, name
                assert min(box["width"], box["height"]) >= 44
                assert box["y"] + box["height"] <= height and box["x"] + box["width"] <= width
            if is_begun:
                page.click("#main")
                page.click("#over")
    check_accessible(page, "color-contrast-enhanced")
    page.click("#main")
    page.click("#main")
    check_accessible(page, "color-contrast-enhanced")
    page.click("#night")
    check_accessible(page, "color-contrast")
    # By keyboard alone.
    page.keyboard.press("Tab")
    page.locator("#main").focus()
    page.keyboard.press("Enter")
    assert until(lambda: text(page, "main") == "Pause")


def check_accessible(page: Page, contrast: str) -> None:
    """axe finds nothing; `contrast` is the rule of 7 to 1, or by night that of 4.5 to 1."""
    others = {"color-contrast", "color-contrast-enhanced"} - {contrast}
    rules = {contrast: {"enabled": True}} | {other: {"enabled": False} for other in others}
    found = Axe().run(page, options={"rules": rules})
    assert found.violations_count == 0, found.generate_report()
    assert contrast in {one["id"] for one in found.response["passes"]}
