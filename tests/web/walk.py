"""What a person does most with the page, in whatever browser: tests for a unittest.TestCase."""

import daemon

STATUS = 'return document.getElementById("status").textContent === arguments[0]'
ROWS = 'return document.querySelectorAll("#results [data-number]:not(.loading)").length'
ADDRESS = 'return location.pathname + location.search === arguments[0]'


class Walk:
    """`launch()` is a subclass's: it starts the browser."""

    first_page = ''  # in French; as it is if the browser asks for that

    @classmethod
    def setUpClass(cls):
        cls.daemon = daemon.Daemon('--http=127.0.0.1:0', '--mode=auto')
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.__enter__()
        cls.base = 'http://%s:%d/' % cls.daemon.http()
        cls.browser = cls.launch()
        cls.addClassCleanup(cls.browser.__exit__)

    def open(self, target):
        self.browser.open(self.base + target)

    def status(self, text):
        self.browser.until(STATUS, text)

    def test_types_narrows_and_goes_back(self):
        browser = self.browser
        self.open('?lang=en')
        browser.type('#query', 'chess rook')
        browser.until('return /\'chess rook\'/.test(document.getElementById("status").textContent)')
        self.assertGreater(browser.until(ROWS), 5)
        browser.click('.chip')
        browser.until('return document.querySelector(".chip[aria-current]") && /(cat|script|block|age)=/.test(location.search)')
        browser.back()
        browser.until('return !document.querySelector(".chip[aria-current]")')

    def test_shows_details_and_comes_back_from_them(self):
        browser = self.browser
        self.open('?query=white+bishop&lang=en')
        browser.until(ROWS)
        browser.click('#results a')
        browser.until('return document.querySelector("dialog[open] #details-name")?.textContent === "WHITE CHESS BISHOP"')
        browser.back()
        browser.until('return !document.querySelector("dialog[open]")')
        browser.until(ADDRESS, '/?query=white+bishop&lang=en')

    def test_copies_and_says_so(self):
        browser = self.browser
        self.open('?query=white+bishop&lang=en')
        browser.until(ROWS)
        browser.click('#results .glyph-button')
        # it is shown for a moment; its words stay
        browser.until('return document.getElementById("toast")?.textContent === "Copied ♗ WHITE CHESS BISHOP"')
        self.assertEqual(browser.run('return document.querySelector("#tray .glyph").textContent'), '♗')

    def test_scrolls_through_a_hundred_thousand_rows(self):
        browser = self.browser
        self.open('?query=cjk&lang=en')
        browser.until(ROWS)
        for part in (0.5, 1, 0.2):
            browser.run('scrollTo(0, arguments[0] * document.documentElement.scrollHeight)', part)
            browser.until('''const seen = [...document.querySelectorAll("#results [data-number]")].filter((row) => {
                const { top, bottom } = row.getBoundingClientRect();
                return bottom > 0 && top < innerHeight;
            });
            return seen.length > 3 && !seen.some((row) => row.classList.contains("loading"))''')
        self.assertLess(browser.run('return document.querySelectorAll("#results [data-number]").length'), 80)

    def test_speaks_the_language_of_the_browser(self):
        browser = self.browser
        self.open(self.first_page)
        self.assertEqual(browser.run('return document.documentElement.lang'), 'fr')
        browser.type('#query', 'coeur')
        browser.until('return /« coeur »/.test(document.getElementById("status").textContent)')
        browser.until(ROWS)

    def test_is_no_wider_than_the_screen(self):
        browser = self.browser
        try:
            browser.resize(500, 800)
            for target in ('?lang=ar', '?query=heart&lang=ar', 'char/U+FDFD?lang=de', '?query=bismillah&view=grid'):
                self.open(target)
                self.assertLessEqual(browser.run('return document.documentElement.scrollWidth - innerWidth'), 0, target)
        finally:
            browser.resize(1280, 900)
