#!/usr/bin/env python3
"""The page in a real browser: every view of it in every size, colour and direction, and every chip."""

import suite
from web import browser


class BrowserTest(browser.BrowserTest):
    def test_a_person_with_the_page(self):
        self.check_part('views')


if __name__ == '__main__':
    suite.main()
