# traits.tsv: further properties of code points that have values.

package Traits;

use strict;
use warnings;
use Published;

# Each reader gives [first, last, value], by the short name of the property. What a version does
# not have a file of is left out.
my %READER_OF = (
    bc => \&bidi_classes,
    ccc => \&combining_classes,
    ea => \&widths,
    kRSUnicode => \&radicals,
    kTotalStrokes => \&strokes,
    nv => \&numeric_values,
    scx => \&script_extensions,
);

sub rows {
    my ($ucd) = @_;
    my @runs = map {
        my $property = $_;
        map { [@$_[0, 1], $property, $_->[2]] } joined($READER_OF{$property}->($ucd));
    } sort keys %READER_OF;
    return map { code_range($_->[0], $_->[1]) . "\t$_->[2]\t$_->[3]" }
        sort { $a->[0] <=> $b->[0] } @runs;
}

# Neighbours with the same value are one.
sub joined {
    my @joined;
    for my $run (sort { $a->[0] <=> $b->[0] } @_) {
        my $before = $joined[-1];
        if ($before && $before->[1] + 1 == $run->[0] && $before->[2] eq $run->[2]) {
            $before->[1] = $run->[1];
        } else {
            push @joined, [@$run];
        }
    }
    return @joined;
}

# ---- of UnicodeData.txt ---------------------------------------------------------

# The field of all characters, as [first, last, value]; a range is of two lines.
sub unicode_data {
    my ($ucd, $field) = @_;
    my (@runs, $open);
    for my $record (records("$ucd/UnicodeData.txt", 15)) {
        my ($first, $last, $name) = @$record[0, 1, 2];
        if ($name =~ /, Last>$/) {
            $runs[-1][1] = $last;
        } else {
            push @runs, [$first, $last, $record->[$field + 1]];
        }
    }
    return @runs;
}

sub bidi_classes {
    my ($ucd) = @_;
    my $long_of = long_names($ucd, 'bc');
    return map { [@$_[0, 1], $long_of->{ $_->[2] }] } unicode_data($ucd, 4);
}

sub combining_classes {
    my ($ucd) = @_;
    return grep { $_->[2] ne '0' } unicode_data($ucd, 3);
}

# ---- of files of their own ------------------------------------------------------

sub widths {
    my ($ucd) = @_;
    my $long_of = long_names($ucd, 'ea');
    return map { [@$_[0, 1], $long_of->{ $_->[2] }] } grep { $_->[2] ne 'N' }
        records("$ucd/EastAsianWidth.txt", 2);
}

sub script_extensions {
    my ($ucd) = @_;
    my $long_of = long_names($ucd, 'sc');
    return map { [@$_[0, 1], join ' ', map { $long_of->{$_} } split / /, $_->[2]] }
        records("$ucd/ScriptExtensions.txt", 2);
}

# The last field is a whole number or a fraction.
sub numeric_values {
    my ($ucd) = @_;
    my $path = "$ucd/extracted/DerivedNumericValues.txt";
    return -e $path ? map { [@$_[0, 1, 4]] } records($path, 4) : ();
}

# Short to long names of a property's values.
sub long_names {
    my ($ucd, $property) = @_;
    return { map { $_->[0] eq $property ? ($_->[1] => $_->[2]) : () }
        fields("$ucd/PropertyValueAliases.txt", 3, 9) };
}

# ---- of Unihan ------------------------------------------------------------------

# The first number is that of simplified forms, where there are two.
sub strokes {
    my ($ucd) = @_;
    return map { [@$_[0, 1], $_->[2] =~ s/ .*//r] } unihan($ucd, 'kTotalStrokes');
}

# "120'.5 9.2": the numbers before the dots, without the marks of simplified forms.
sub radicals {
    my ($ucd) = @_;
    return map {
        my ($first, $last, $text) = @$_;
        my %seen;
        [$first, $last,
            join ' ', grep { !$seen{$_}++ } map { s/'*\..*//r } split / /, $text];
    } unihan($ucd, 'kRSUnicode');
}

1;
