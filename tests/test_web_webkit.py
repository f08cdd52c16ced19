#!/usr/bin/env python3
"""The page in WebKit: what a person does with it most, and that typing never ends the search, though
WebKit lets a page write no more than a hundred addresses in ten seconds."""

import unittest

import suite
from web import walk, webkit


@unittest.skipUnless(webkit.find(), 'no WebKitWebDriver, MiniBrowser or Xvfb')
class WebKitTest(walk.Walk, unittest.TestCase):
    first_page = '?lang=fr'

    @classmethod
    def launch(cls):
        return webkit.WebKit()

    def test_types_more_than_a_hundred_letters(self):
        browser = self.browser
        self.open('?lang=en')
        browser.run('window.wrong = []; for (const name of ["error", "unhandledrejection"]) '
                    'addEventListener(name, (event) => window.wrong.push(String(event.message || event.reason)))')
        text = 'rook ' * 40
        browser.type('#query', text + 'chess')
        browser.until('return document.getElementById("status").textContent.includes(arguments[0])', 'rook chess')
        browser.until('return new URL(location.href).searchParams.get("query") === arguments[0]', text + 'chess')
        self.assertEqual(browser.run('return window.wrong'), [])

    def test_the_browser_has_this_limit(self):
        self.open('version')
        thrown = self.browser.run('''for (let n = 0; n < 300; n++)
            try { history.replaceState(null, "", "?" + n); } catch (error) { return error.name; }''')
        self.assertEqual(thrown, 'SecurityError')


if __name__ == '__main__':
    suite.main()
