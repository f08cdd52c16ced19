"""WebKit in its MiniBrowser, led by WebKitWebDriver over HTTP, on a screen of Xvfb that nobody looks at."""

import contextlib
import glob
import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

import proxies
import suite
from web import webdriver

COMMANDS = {  # method and path behind that of the session; what parameters the path takes are not sent
    'Navigate': ('POST', '/url'),
    'ExecuteScript': ('POST', '/execute/sync'),
    'FindElement': ('POST', '/element'),
    'ElementSendKeys': ('POST', '/element/{id}/value'),
    'ElementClick': ('POST', '/element/{id}/click'),
    'Back': ('POST', '/back'),
    'SetWindowRect': ('POST', '/window/rect'),
}

PLACES = ('/usr/lib/*/webkit2gtk-4.1', '/usr/libexec/webkit2gtk-4.1')


def find():
    """The programs: driver, browser and screen; or None."""
    driver, screen = shutil.which('WebKitWebDriver'), shutil.which('Xvfb')
    browsers = [path for place in PLACES for path in sorted(glob.glob(place + '/MiniBrowser'))]
    return (driver, browsers[-1], screen) if driver and browsers and screen else None


class WebKit(webdriver.Browser):
    """With a home of its own, which ends with it. It asks for English, as its locale is C."""

    def __init__(self):
        driver, browser, screen = find()
        self.home = tempfile.mkdtemp(prefix='charfinder-webkit-')
        self.processes, self.session = [], None
        try:
            display = self.start_screen(screen)
            self.port = proxies.free_port()
            env = {**os.environ, 'HOME': self.home, 'DISPLAY': f':{display}', 'LC_ALL': 'C.UTF-8',
                   'GDK_BACKEND': 'x11', 'NO_AT_BRIDGE': '1'}
            for name in ('XDG_RUNTIME_DIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'):
                env[name] = os.path.join(self.home, name)
                os.mkdir(env[name], 0o700)
            self.start([driver, f'--port={self.port}', '--host=127.0.0.1'], env=env)
            self.wait_for_driver()
            options = {'binary': browser, 'args': ['--automation']}
            asked = {'capabilities': {'alwaysMatch': {'webkitgtk:browserOptions': options}}}
            self.session = '/session/' + self.ask('POST', '/session', asked)['sessionId']
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, command, **options):
        # in a group of its own, for the browser has children
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True, **options)
        self.processes.append(process)

    def start_screen(self, screen):
        """Its number, which it says when it is there."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as number:
            with os.fdopen(writing, 'w'):
                self.start([screen, '-displayfd', str(writing), '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
                           pass_fds=[writing])
            return int(number.readline())

    def wait_for_driver(self):
        end = time.monotonic() + suite.patience(60)
        while True:
            try:
                self.ask('GET', '/status')
                return
            except ConnectionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def stop(self):
        if self.session:
            with contextlib.suppress(OSError, AssertionError, http.client.HTTPException):
                self.ask('DELETE', self.session)
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(suite.patience(20))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=suite.patience(60))
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(body) if body is not None else None)
            value = json.loads(connection.getresponse().read())['value']
        if isinstance(value, dict) and 'error' in value:
            raise AssertionError(f'{path}: {value["error"]}: {value["message"]}')
        return value

    def do(self, command, **parameters):
        method, path = COMMANDS[command]
        return self.ask(method, self.session + path.format(**parameters), parameters)
