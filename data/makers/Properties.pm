# properties.tsv: what the values of the properties in characters.tsv are called.

package Properties;

use strict;
use warnings;
use Published;

my @PROPERTIES = qw(age blk gc sc);

sub rows {
    my ($ucd) = @_;
    my %rows_of = map { $_ => [] } @PROPERTIES;
    for my $record (fields("$ucd/PropertyValueAliases.txt", 3, 9)) {
        my ($property, $short, $long, @other) = @$record;
        push @{ $rows_of{$property} }, join "\t", $property, $short, $long, "@other"
            if $rows_of{$property};
    }
    return map { @{ $rows_of{$_} } } @PROPERTIES;
}

1;
