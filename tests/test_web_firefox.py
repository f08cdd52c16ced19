#!/usr/bin/env python3
"""The page in Firefox: what a person does with it most, and that nothing of it is another browser's."""

import unittest

import daemon
import suite
from web import marionette

STATUS = 'return document.getElementById("status").textContent === arguments[0]'
ROWS = 'return document.querySelectorAll("#results [data-number]:not(.loading)").length'
ADDRESS = 'return location.pathname + location.search === arguments[0]'


@unittest.skipUnless(marionette.find(), 'no firefox')
class FirefoxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = daemon.Daemon('--http=127.0.0.1:0', '--mode=auto')
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.__enter__()
        cls.base = 'http://%s:%d/' % cls.daemon.http()
        cls.browser = marionette.Firefox('fr-CH,fr,en')
        cls.addClassCleanup(cls.browser.__exit__)

    def open(self, target):
        self.browser.open(self.base + target)

    def status(self, text):
        self.browser.until(STATUS, text)

    def test_types_narrows_and_goes_back(self):
        firefox = self.browser
        self.open('?lang=en')
        firefox.type('#query', 'chess rook')
        firefox.until('return /\'chess rook\'/.test(document.getElementById("status").textContent)')
        self.assertGreater(firefox.until(ROWS), 5)
        firefox.click('.chip')
        firefox.until('return document.querySelector(".chip[aria-current]") && /(cat|script|block|age)=/.test(location.search)')
        firefox.back()
        firefox.until('return !document.querySelector(".chip[aria-current]")')

    def test_shows_details_and_comes_back_from_them(self):
        firefox = self.browser
        self.open('?query=white+bishop&lang=en')
        firefox.until(ROWS)
        firefox.click('#results a')
        firefox.until('return document.querySelector("dialog[open] #details-name")?.textContent === "WHITE CHESS BISHOP"')
        firefox.back()
        firefox.until('return !document.querySelector("dialog[open]")')
        firefox.until(ADDRESS, '/?query=white+bishop&lang=en')

    def test_copies_and_says_so(self):
        firefox = self.browser
        self.open('?query=white+bishop&lang=en')
        firefox.until(ROWS)
        firefox.click('#results .glyph-button')
        firefox.until('return document.querySelector("#toast.shown")?.textContent === "Copied ♗ WHITE CHESS BISHOP"')
        self.assertEqual(firefox.run('return document.querySelector("#tray .glyph").textContent'), '♗')

    def test_scrolls_through_a_hundred_thousand_rows(self):
        firefox = self.browser
        self.open('?query=cjk&lang=en')
        firefox.until(ROWS)
        for part in (0.5, 1, 0.2):
            firefox.run('scrollTo(0, arguments[0] * document.documentElement.scrollHeight)', part)
            firefox.until('''const seen = [...document.querySelectorAll("#results [data-number]")].filter((row) => {
                const { top, bottom } = row.getBoundingClientRect();
                return bottom > 0 && top < innerHeight;
            });
            return seen.length > 3 && !seen.some((row) => row.classList.contains("loading"))''')
        self.assertLess(firefox.run('return document.querySelectorAll("#results [data-number]").length'), 80)

    def test_speaks_the_language_of_the_browser(self):
        firefox = self.browser
        self.open('')
        self.assertEqual(firefox.run('return document.documentElement.lang'), 'fr')
        firefox.type('#query', 'coeur')
        firefox.until('return /« coeur »/.test(document.getElementById("status").textContent)')
        firefox.until(ROWS)

    def test_is_no_wider_than_the_screen(self):
        firefox = self.browser
        try:
            firefox.do('WebDriver:SetWindowRect', width=500, height=800)
            for target in ('?lang=ar', '?query=heart&lang=ar', 'char/U+FDFD?lang=de', '?query=bismillah&view=grid'):
                self.open(target)
                self.assertLessEqual(firefox.run('return document.documentElement.scrollWidth - innerWidth'), 0, target)
        finally:
            firefox.do('WebDriver:SetWindowRect', width=1280, height=900)


if __name__ == '__main__':
    suite.main()
