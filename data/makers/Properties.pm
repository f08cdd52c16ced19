# properties.tsv: what the values of properties are called, and binary properties themselves.

package Properties;

use strict;
use warnings;
use Binary;
use Published;

my @PROPERTIES = qw(age bc blk ea gc sc);

# Binary properties come as values of one that is called `is`, combining classes and radicals by
# their numbers.
sub rows {
    my ($ucd) = @_;
    my %rows_of = map { $_ => [] } @PROPERTIES, qw(ccc is kRSUnicode);
    for my $record (fields("$ucd/PropertyValueAliases.txt", 3, 9)) {
        my ($property, $short, $long, @other) = @$record;
        push @{ $rows_of{$property} }, join "\t", $property, $short, $long, "@other"
            if grep { $_ eq $property } @PROPERTIES;
        push @{ $rows_of{ccc} }, join "\t", 'ccc', $short, $other[0], $long
            if $property eq 'ccc' && $short ne '0' && $long !~ /^CCC/;
    }
    push @{ $rows_of{is} }, map { join "\t", 'is', @$_, '' } Binary::names($ucd);
    push @{ $rows_of{kRSUnicode} }, radicals($ucd);
    return map { @{ $rows_of{$_} } } sort keys %rows_of;
}

# The ideograph of a radical, and the sign for it. Those of simplified forms, "90'", have others.
sub radicals {
    my ($ucd) = @_;
    return map {
        my ($number, $sign, $ideograph) = @$_;
        utf8::encode(my $long = chr hex $ideograph);
        utf8::encode(my $other = $sign eq '' ? '' : chr hex $sign);
        $number =~ /'/ ? () : join "\t", 'kRSUnicode', $number, $long, $other;
    } fields("$ucd/CJKRadicals.txt", 3);
}

1;
