#!/usr/bin/env python3
"""The page in a real browser: rows of one height, that are copied, and that stay while the server fails."""

import suite
from web import browser


class BrowserTest(browser.BrowserTest):
    def test_a_person_with_the_page(self):
        self.check_part('rows')


if __name__ == '__main__':
    suite.main()
