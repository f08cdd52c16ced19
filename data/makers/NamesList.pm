# aliases.tsv and references.tsv: what else a character is called, and which
# others to look at. The list of names is made for readers; only its lines of
# aliases (=) and cross references (x) are used.

package NamesList;

use strict;
use warnings;
use Characters;
use Published;

my @FORMAL_TYPES = qw(correction control abbreviation alternate figment);

# Each character's formal aliases, then its informal ones, as published.
sub alias_rows {
    my ($ucd) = @_;
    my (%rows_of, %known);
    for my $record (records("$ucd/NameAliases.txt", 3)) {
        my ($code, undef, $alias, $type) = @$record;
        fail("$ucd/NameAliases.txt has a new type of alias, $type",
            'add it to @FORMAL_TYPES in data/makers/NamesList.pm')
            unless grep { $_ eq $type } @FORMAL_TYPES;
        $known{$code}{lc $alias} = 1;
        push @{ $rows_of{$code} }, join "\t", code_text($code), $alias, $type;
    }
    for my $entry (entries($ucd)) {
        my $code = $entry->{code};
        $known{$code}{lc $entry->{name}} = 1;
        for my $alias (map { names($_) } @{ $entry->{'='} }) {
            push @{ $rows_of{$code} }, join "\t", code_text($code), $alias, 'informal'
                unless $known{$code}{folded($alias)}++;
        }
    }
    return map { @{ $rows_of{$_} } } sort { $a <=> $b } keys %rows_of;
}

sub folded {
    my ($text) = @_;
    utf8::decode($text);
    return lc $text;
}

# The names in one line: without the remarks in parentheses, which stand apart,
# as those that belong to a name do not: "syllabic wi(ya)".
sub names {
    my ($line) = @_;
    return () if $line eq 'the use as decimal or thousands separator is locale dependent';
    $line =~ s/(?:^|\s+)\([^()]*\)(?=[\s,;]|$)//g;
    return grep { $_ ne '' && $_ ne 'etc.' } map { s/^\s+|\s+$//gr } split /[,;]\s+/, $line;
}

# Noncharacters and reserved code points are left out, on both sides.
sub reference_rows {
    my ($ucd) = @_;
    my $assigned = Characters::assigned($ucd);
    my @rows;
    for my $entry (entries($ucd)) {
        my %seen;
        my @see = grep { $assigned->($_) && !$seen{$_}++ } map { referred($_) } @{ $entry->{x} };
        push @rows, code_text($entry->{code}) . "\t" . codes(@see)
            if @see && $assigned->($entry->{code});
    }
    return @rows;
}

sub referred {
    my ($line) = @_;
    return hex $1 if $line =~ /^([0-9A-F]{4,6})$/ || $line =~ / - ([0-9A-F]{4,6})\)$/;
    fail("NamesList.txt has a new kind of cross reference, $line",
        'add it to data/makers/NamesList.pm');
}

# The entries of single characters, with the text of their lines by mark.
sub entries {
    my ($ucd) = @_;
    my (@entries, $in_entry);
    for my $line (lines_to_end("$ucd/NamesList.txt")) {
        if ($line =~ /^([0-9A-F]{4,6})\t(.*)$/) {
            push @entries, { code => hex $1, name => $2, '=' => [], x => [] };
            $in_entry = 1;
        } elsif ($line =~ /^\t([=x]) (.*?)\s*$/) {
            push @{ $entries[-1]{$1} }, $2 if $in_entry;
        } elsif ($line =~ /^@/) {
            $in_entry = 0;    # a heading, with remarks of its own
        }
    }
    return @entries;
}

1;
