"""Runs crowd.c: clients that ask the same questions over and over and compare every byte
of the answers, faster than Python could."""

import contextlib
import os
import re
import signal
import subprocess
import tempfile

import daemon
import oracle

PROGRAM = os.path.abspath(os.environ.get('CROWD', 'tests/load/crowd'))


class Crowd:
    """A crowd that asks the daemon at `address`, as a context in which it is at work.

    `questions` is {query: answers}, with the answers as oracle.answer() gives them: one,
    or a list of those that are right. Options: see crowd.c."""

    def __init__(self, address, questions, **options):
        self.address = address
        self.questions = questions
        self.options = [f'--{name}' if value is True else f'--{name}={value}'
                        for name, value in options.items()]

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            directory = stack.enter_context(tempfile.TemporaryDirectory())
            self._stderr = stack.enter_context(tempfile.TemporaryFile())
            host, port = self.address
            self.process = stack.enter_context(subprocess.Popen(
                [PROGRAM, *self.options, host, str(port), *write_answers(self.questions, directory)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._stderr, text=True))
            stack.callback(self.process.kill)
            self._last_line = ''
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def complaints(self):
        return daemon.contents(self._stderr)

    def reports(self):
        """A value each time that it has got --report=N answers more, up to its end."""
        for line in self.process.stdout:
            if line.endswith(' answers\n'):
                yield int(line.split()[0])
            else:
                self._last_line = line

    def counts(self):
        """Waits for its end: {name: count}, as crowd.c prints them. None of the answers
        was wrong or cut short; unless it was to come again, no connection has ended before
        it had all its answers."""
        for _ in self.reports():
            pass
        status = self.process.wait(daemon.DEADLINE)
        assert status == 0, f'{self._last_line}{self.complaints()}'
        return {name: int(value) for name, value in re.findall(r'(\w+)=(\d+)', self._last_line)}

    def stop(self):
        """Tells it to end; returns counts()."""
        self.process.send_signal(signal.SIGTERM)
        return self.counts()


def write_answers(questions, directory):
    """The operands of crowd.c, with a file for each answer."""
    operands = []
    for number, (query, answers) in enumerate(questions.items()):
        paths = []
        for choice, answer in enumerate([answers] if isinstance(answers, bytes) else answers):
            paths.append(os.path.join(directory, f'{number}-{choice}'))
            with open(paths[-1], 'wb') as file:
                file.write(answer + oracle.PROMPT)
        operands += [query, ','.join(paths)]
    return operands
