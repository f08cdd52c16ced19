# ideographs.tsv: what Han characters mean and how they are read.

package Ideographs;

use strict;
use warnings;
use Published;

my @READINGS = qw(kDefinition kMandarin kCantonese kJapaneseOn kJapaneseKun kHangul kVietnamese);

sub rows {
    my ($ucd, $version) = @_;
    my @readings = -d "$ucd/Unihan" ? split_readings($ucd) : packed_readings($ucd, $version);
    my %readings_of;
    for my $reading (@readings) {
        my ($code, $field, $text) = @$reading;
        $readings_of{$code}{$field} = $field eq 'kHangul' ? without_sources($text) : $text;
    }
    return map { join "\t", code_text($_), map { $_ // '' } @{ $readings_of{$_} }{@READINGS} }
        sort { $a <=> $b } keys %readings_of;
}

# The readings, as [code point, field, text], from the one file with all of them.
sub packed_readings {
    my ($ucd, $version) = @_;
    my $path = "$ucd/Unihan_Readings.txt.bz2";
    my %wanted = map { $_ => 1 } @READINGS;
    my (@found, $of);
    for my $line (lines_to_end($path)) {
        $of //= $1 if $line =~ /^# Unicode Version (\S+)/;
        push @found, [hex $1, $2, $3]
            if $line =~ /^U\+([0-9A-F]{4,6})\t(\w+)\t(.*?)\s*$/ && $wanted{$2};
    }
    $of //= 'no version';
    fail("$path is of $of, not Unicode $version", 'name a directory of one version')
        if $of ne $version;
    return @found;
}

# The same, from files of one field each.
sub split_readings {
    my ($ucd) = @_;
    my @found;
    for my $field (@READINGS) {
        for my $record (unihan($ucd, $field)) {
            my ($first, $last, $text) = @$record;
            push @found, map { [$_, $field, $text] } $first .. $last;
        }
    }
    return @found;
}

# Each syllable is followed by a colon and the lists that have it.
sub without_sources {
    my ($text) = @_;
    my %seen;
    return join ' ', grep { !$seen{$_}++ } map { s/:.*//r } split / /, $text;
}

1;
