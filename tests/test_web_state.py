#!/usr/bin/env python3
"""The page in a real browser: each chip gives the number that it shows; a state and its address are one."""

import suite
from web import browser


class BrowserTest(browser.BrowserTest):
    def test_a_person_with_the_page(self):
        self.check_part('state')


if __name__ == '__main__':
    suite.main()
