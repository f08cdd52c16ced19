"""A browser that is led by the commands of WebDriver, whatever way they take: what a person does with it."""

import time

import suite

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'  # what the standard calls a reference to one


class Browser:
    """`do(command, **parameters)` is a subclass's: it runs a command, and gives its value."""

    def open(self, url):
        self.do('Navigate', url=url)

    def run(self, script, *args):
        """What the body of a function gives."""
        return self.do('ExecuteScript', script=script, args=args)

    def until(self, script, *args):
        end = time.monotonic() + suite.patience(30)
        while not (value := self.run(script, *args)):
            if time.monotonic() > end:
                raise AssertionError(f'it did not come to be: {script} {args}')
            time.sleep(0.02)
        return value

    def find(self, selector):
        return self.do('FindElement', using='css selector', value=selector)[ELEMENT]

    def type(self, selector, text):
        self.do('ElementSendKeys', id=self.find(selector), text=text)

    def click(self, selector):
        self.do('ElementClick', id=self.find(selector))

    def back(self):
        self.do('Back')

    def resize(self, width, height):
        self.do('SetWindowRect', width=width, height=height)
