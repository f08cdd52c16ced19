# historic.tsv: radicals, strokes and readings of the characters of scripts that have files of
# sources: Small Seal and Jurchen (UAX #60).

package Sources;

use strict;
use warnings;
use Published;

my @COLUMNS = qw(radical strokes reading modern number);

sub rows {
    my ($ucd) = @_;
    my %row_of;
    for my $entry (tagged("$ucd/SealSources.txt")) {
        my ($code, $tag, $value) = @$entry;
        # "1.3D000": the number of the radical, and the radical itself
        $row_of{$code}{radical} = join ' ', map { s/\..*//r } split / /, $value
            if $tag eq 'kSEAL_Rad';
        $row_of{$code}{modern} = join ' ', $value =~ /\b[0-9A-F]{4,6}\b/g if $tag eq 'kSEAL_MCJK';
    }
    for my $entry (tagged("$ucd/JurchenSources.txt")) {
        my ($code, $tag, $value) = @$entry;
        @{ $row_of{$code} }{qw(radical strokes)} = split /\./, $value
            if $tag eq 'kJURC_RSUnicode';
        $row_of{$code}{reading} = $value if $tag eq 'kJURC_NCReading';
        $row_of{$code}{number} = $value if $tag eq 'kJURC_Numeric';
    }
    return map { join "\t", code_text($_), map { $_ // '' } @{ $row_of{$_} }{@COLUMNS} }
        sort { $a <=> $b } keys %row_of;
}

# The lines "U+3D000 kSEAL_Rad 1.3D000" of a file, as [code point, tag, value]. None, if the
# version has no such file.
sub tagged {
    my ($path) = @_;
    return () unless -e $path;
    return map { /^U\+([0-9A-F]{4,6})\t(\w+)\t(.*?)\s*$/ ? [hex $1, $2, $3] : () }
        lines_to_end($path);
}

1;
