# ideographs.tsv: what Han characters mean and how they are read.

package Ideographs;

use strict;
use warnings;
use Published;

my @READINGS = qw(kDefinition kMandarin kCantonese kJapaneseOn kJapaneseKun kHangul kVietnamese);

sub rows {
    my ($ucd, $version) = @_;
    my $path = "$ucd/Unihan_Readings.txt.bz2";
    my %wanted = map { $_ => 1 } @READINGS;
    my (%readings_of, $found);
    for my $line (lines_to_end($path)) {
        $found //= $1 if $line =~ /^# Unicode Version (\S+)/;
        next unless $line =~ /^U\+([0-9A-F]{4,6})\t(\w+)\t(.*?)\s*$/ && $wanted{$2};
        my ($code, $reading, $text) = (hex $1, $2, $3);
        $readings_of{$code}{$reading} = $reading eq 'kHangul' ? without_sources($text) : $text;
    }
    $found //= 'no version';
    fail("$path is of $found, not Unicode $version", 'name a directory of one version')
        if $found ne $version;
    return map { join "\t", code_text($_), map { $_ // '' } @{ $readings_of{$_} }{@READINGS} }
        sort { $a <=> $b } keys %readings_of;
}

# Each syllable is followed by a colon and the lists that have it.
sub without_sources {
    my ($text) = @_;
    my %seen;
    return join ' ', grep { !$seen{$_}++ } map { s/:.*//r } split / /, $text;
}

1;
