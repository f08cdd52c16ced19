#!/usr/bin/env python3
"""The page in a real browser: types, copies, scrolls, uses the keyboard alone, has no scripts, is on a
phone and in the dark."""

import suite
from web import browser


class BrowserTest(browser.BrowserTest):
    def test_a_person_with_the_page(self):
        self.check_part('person')


if __name__ == '__main__':
    suite.main()
