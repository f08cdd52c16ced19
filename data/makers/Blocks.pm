# blocks.tsv: which code points a block has, assigned or not.

package Blocks;

use strict;
use warnings;
use Published;

sub rows {
    my ($ucd) = @_;
    return map {
        my ($first, $last, $name) = @$_;
        code_range($first, $last) . "\t$name";
    } sort { $a->[0] <=> $b->[0] } records("$ucd/Blocks.txt", 2);
}

1;
