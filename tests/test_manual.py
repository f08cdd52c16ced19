#!/usr/bin/env python3
"""--help, --version and the manual pages: each option of a program is in both, and every
option that the contract promises is there."""

import pathlib
import re

import programs
import suite

PROMISED = {
    'charfinderd': ('8', '--listen -l --http --http-base --dict --admin --trusted-proxy --index -i --synonyms --mode -m --workers -w --max-clients '
                         '--max-clients-per-address --max-rate-per-address --cache --idle-timeout --line-timeout '
                         '--answer-timeout --shutdown-timeout --user -u --log --verbose -v --probe --check --help -h '
                         '--version -V'),
    'charfinder': ('1', '--index -i --mode -m --lang -l --limit -n --from --json --tsv '
                        '--format --copy --summary --list --table '
                        '--all-forms -a --details --about --check --color --server -s --batch -b --connections -c '
                        '--pipeline -p --unordered --output -o --retries --timeout --rate --repeat --for '
                        '--fail-early --progress --quiet -q --verbose -v --help -h --version -V'),
    'mkcharindex': ('1', '--output -o --languages --synonyms --names --verify --dump --words '
                         '--help -h --version -V'),
}
OPTION = r'(?<![\w\-.<])(--[a-z][a-z-]+|-[a-zA-Z])(?![\w-])'


def page(name, section):
    """The page as a reader sees it: fonts, escapes and mdoc's macros undone, roughly."""
    for file in (f'{name}.{section}', f'{name}.{section}.in'):
        path = pathlib.Path(suite.source('doc', file))
        if path.exists():
            break
    else:
        raise AssertionError(f'there is no doc/{name}.{section}')
    text = path.read_text(encoding='utf-8')
    text = re.sub(r'(?m)^\.?\\".*$', '', text)
    text = re.sub(r'\\f(?:\[\w*\]|\(\w\w|\w)', '', text)
    text = text.replace(r'\-', '-').replace(r'\&', '').replace('\\|', '')
    text = re.sub(r'(?m)(?<![\w-])Fl +(-*\w[\w-]*)', r'-\1', text)  # mdoc: .Fl v, .Fl -verbose
    return text


class ManualTest(programs.ProgramTest):
    def help(self, name):
        return self.assertWell(self.run_program(name, '--help'))

    def test_help_has_every_promised_option(self):
        for name, (_, promised) in PROMISED.items():
            self.assertEqual(set(re.findall(OPTION, self.help(name))), set(promised.split()), name)

    def test_help_begins_with_the_usage_and_fits_a_terminal(self):
        for name in PROMISED:
            lines = self.help(name).splitlines()
            self.assertTrue(lines[0].startswith(f'Usage: {name} '), lines[0])
            for line in lines:
                if '/' not in line:  # a path of the installation may be of any length
                    self.assertLessEqual(len(line), 80, line)
                if line.lstrip().startswith('-'):
                    # An option and what is said of it do not run into each other.
                    self.assertRegex(line, r'^ +(-\w, )?--[a-z-]+(\[=\w+\]|=[A-Z:]+)?(  |$)')

    def test_version_is_the_name_and_a_number(self):
        for name in PROMISED:
            index = ['--index=' + suite.database()] if name == 'charfinderd' else []
            said = self.assertWell(self.run_program(name, *index, '--version'))
            self.assertRegex(said, rf'\A{name} \d+\.\d+')

    def test_the_manual_page_has_the_options_of_help_and_no_others(self):
        for name, (section, _) in PROMISED.items():
            with self.subTest(name):
                in_page = set(re.findall(OPTION, page(name, section)))
                in_help = set(re.findall(OPTION, self.help(name)))
                self.assertEqual(in_page, in_help)
                suite.checked(f'{name}({section}): {len(in_help)} options in --help and page')


if __name__ == '__main__':
    suite.main()
