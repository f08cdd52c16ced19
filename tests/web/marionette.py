"""Firefox, led by Marionette, which is part of it: lines of JSON over TCP, each with its length in front."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

import suite
from web import webdriver

PREFERENCES = {
    'marionette.port': 0,  # any that is free: it stands in the profile then
    'intl.accept_languages': 'en',
    'browser.shell.checkDefaultBrowser': False,
    'browser.startup.homepage_override.mstone': 'ignore',
    'datareporting.policy.dataSubmissionEnabled': False,
    'app.update.enabled': False,
    'network.captive-portal-service.enabled': False,
    'network.connectivity-service.enabled': False,
    'dom.events.testing.asyncClipboard': True,
}


def find():
    """The program, or None."""
    return os.environ.get('FIREFOX') or shutil.which('firefox-esr') or shutil.which('firefox')


class Firefox(webdriver.Browser):
    """With a profile of its own, which ends with it. `languages` is what it accepts."""

    def __init__(self, languages='en'):
        self.profile = tempfile.mkdtemp(prefix='charfinder-firefox-')
        preferences = {**PREFERENCES, 'intl.accept_languages': languages}
        with open(os.path.join(self.profile, 'user.js'), 'w', encoding='ascii') as f:
            for name, value in preferences.items():
                f.write(f'user_pref({json.dumps(name)}, {json.dumps(value)});\n')
        self.process = subprocess.Popen(
            [find(), '--headless', '--marionette', '--no-remote', '--profile', self.profile],
            env={**os.environ, 'HOME': self.profile, 'MOZ_DISABLE_CONTENT_SANDBOX': '1'},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.socket = socket.create_connection(('127.0.0.1', self.port()), timeout=suite.patience(60))
            self.input = self.socket.makefile('rb')
            self.number = 0
            self.read()  # it introduces itself
            self.do('NewSession')
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(suite.patience(20))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def port(self):
        """Where it listens, once it has said so."""
        path = os.path.join(self.profile, 'MarionetteActivePort')
        end = time.monotonic() + suite.patience(60)
        while time.monotonic() < end and self.process.poll() is None:
            if os.path.exists(path):
                with open(path, encoding='ascii') as f:
                    text = f.read()
                if text:
                    return int(text)
            time.sleep(0.05)
        raise OSError('firefox does not listen')

    def read(self):
        length = b''
        while not length.endswith(b':'):
            byte = self.input.read(1)
            if not byte:
                raise OSError('firefox has ended')
            length += byte
        return json.loads(self.input.read(int(length[:-1])))

    def do(self, command, **parameters):
        self.number += 1
        if command == 'ExecuteScript':
            parameters['sandbox'] = None  # the page itself
        message = json.dumps([0, self.number, f'WebDriver:{command}', parameters]).encode()
        self.socket.sendall(b'%d:%s' % (len(message), message))
        _, number, error, result = self.read()
        assert number == self.number
        if error:
            raise AssertionError(f'{command}: {error["error"]}: {error["message"]}')
        return result.get('value') if isinstance(result, dict) else result
