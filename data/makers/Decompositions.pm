# decompositions.tsv: which characters stand for others, and how.

package Decompositions;

use strict;
use warnings;
use Published;

# Hangul syllables are left out: theirs are arithmetic (Core Specification 3.12).
sub rows {
    my ($ucd) = @_;
    my @rows;
    for my $record (fields("$ucd/UnicodeData.txt", 15)) {
        my ($code, $mapping) = @$record[0, 5];
        next if $mapping eq '';
        my ($type, $codes) = $mapping =~ /^(?:<(\w+)> )?([0-9A-F]{4,6}(?: [0-9A-F]{4,6})*)$/
            or fail("$ucd/UnicodeData.txt: $mapping is no decomposition",
                'restore the file as published');
        push @rows, join "\t", $code, $type // 'canonical', $codes;
    }
    return @rows;
}

1;
