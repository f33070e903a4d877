"""How somebody gets into the rooms of a full day."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browser.conftest import Window


class Rooms:
    """The ways to the rooms of a day; `desk` is the address of the desk once it is begun."""

    window: Window
    desk: str

    def _day(self, key: str = "zakwas-evening") -> None:
        self.window.opens("/practice")
        self.window.page.click(f"form[action$='{key}'] button[type=submit]")
        self.window.page.wait_for_selector(".room-tabs")
        self.desk = urlsplit(self.window.page.url).path

    def _news_item(self) -> None:
        self._day()
        self.window.opens(f"{self.desk}?room=news")
        self.window.page.locator("button[value=open_news]").first.click()
        self.window.page.locator("input[value=leave_news]").check(force=True)

    def _idea(self) -> None:
        self._day()
        self.window.opens(f"{self.desk}?room=calendar&item=guest_reel")
        self.window.page.click("button[value=publish]")
        self.window.page.wait_for_selector(".notice[role=alert]")
        self.window.errors.clear()

    def _audience(self) -> None:
        self._day()
        self.window.opens(f"{self.desk}?room=audience")
        self.window.page.locator("input[inputmode=decimal]").first.fill("100")
        self.window.page.click("button[value=set_targeting]")
        self.window.page.wait_for_selector(".day-figures", state="attached")

    def _request(self) -> None:
        self._day()
        self.window.opens(f"{self.desk}?room=requests")
        while not self.window.page.locator(".message-list a").count():
            with self.window.page.expect_navigation():
                self.window.page.click("button[value=wait]")
        self.window.page.locator(".message-list a").first.click()
        self.window.page.locator("input[value=refuse_request]").check(force=True)

    def _day_report(self) -> None:
        self._day()
        self.window.opens(f"{self.desk}?room=report")

    def _alarm(self) -> None:
        self._day("nitka-outage")
        while not self.window.page.locator(".alarm").count():
            with self.window.page.expect_navigation():
                self.window.page.click("button[value=wait]")
        self.window.opens(f"{self.desk}?room=calendar&item=statement")

    def _day_debrief(self) -> None:
        self._news_item()
        self.window.opens(f"{self.desk}/finish")
        self.window.page.click("form[action$='/finish'] button[type=submit]")
        self.window.page.wait_for_url("**/debrief")
        self.window.page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true })"
        )
