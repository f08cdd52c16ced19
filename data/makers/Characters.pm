# characters.tsv: every assigned code point, and how it gets its name.

package Characters;

use strict;
use warnings;
use Published;

# Neighbours that have all columns in common share a row. As names are unique,
# those have either no name or a pattern for a name.
sub rows {
    my ($ucd) = @_;
    my @ages = records("$ucd/DerivedAge.txt", 2);
    my $age_of = ascending_lookup(undef, @ages);
    my $script_of = ascending_lookup('Unknown', records("$ucd/Scripts.txt", 2));
    my $block_of = ascending_lookup('No_Block', records("$ucd/Blocks.txt", 2));

    my @runs;
    my $assigned = 0;
    for my $span (assigned_spans($ucd)) {
        for my $code ($span->{first} .. $span->{last}) {
            my $name = name_pattern($code, $span->{name_of}->($code));
            my $age = $age_of->($code) // refuse_mixed_versions($ucd);
            my $columns = join "\t",
                $name, $span->{category}, $script_of->($code), $block_of->($code), $age;
            my $run = $runs[-1];
            if ($run && $code == $run->{last} + 1 && $columns eq $run->{columns}) {
                $run->{last} = $code;
            } else {
                push @runs, { first => $code, last => $code, columns => $columns };
            }
            $assigned++;
        }
    }
    refuse_mixed_versions($ucd) if $assigned != (() = characters(@ages));
    return map { row($_) } @runs;
}

# Maps code points, asked for in ascending order, to the values of the records.
sub ascending_lookup {
    my ($default, @records) = @_;
    my @spans = sort { $a->[0] <=> $b->[0] } @records;
    return sub {
        my ($code) = @_;
        shift @spans while @spans && $spans[0][1] < $code;
        return @spans && $spans[0][0] <= $code ? $spans[0][2] : $default;
    };
}

sub refuse_mixed_versions {
    my ($ucd) = @_;
    fail("$ucd: UnicodeData.txt and DerivedAge.txt differ on which characters exist",
        'name a directory of one version');
}

# Noncharacters have an age, but are no characters.
sub characters {
    my (@ages) = @_;
    return grep { ($_ & 0xFFFE) != 0xFFFE && !($_ >= 0xFDD0 && $_ <= 0xFDEF) }
        map { $_->[0] .. $_->[1] } @ages;
}

# Tells which code points are in characters.tsv.
sub assigned {
    my ($ucd) = @_;
    my $assigned = '';
    vec($assigned, $_, 1) = 1 for characters(records("$ucd/DerivedAge.txt", 2));
    return sub { vec($assigned, $_[0], 1) };
}

sub name_pattern {
    my ($code, $name) = @_;
    my $hex = code_text($code);
    return $name =~ s/-$hex$/-*/r;
}

sub row {
    my ($run) = @_;
    my $hex = code_text($run->{first});
    return $run->{first} == $run->{last}
        ? "$hex\t" . $run->{columns} =~ s/\*/$hex/r
        : code_range($run->{first}, $run->{last}) . "\t$run->{columns}";
}

# ---- UnicodeData.txt and the rules for names --------------------------------

# A span is one code point, or a range given by its "First" and "Last" lines.
sub assigned_spans {
    my ($ucd) = @_;
    my $hangul_name_of = hangul_namer($ucd);
    my (@spans, $open_label);
    my $previous = -1;
    for my $record (records("$ucd/UnicodeData.txt", 15)) {
        my ($code, undef, $name, $category) = @$record;
        my $closes = defined $open_label && $name eq "<$open_label, Last>";
        fail("$ucd/UnicodeData.txt: U+" . code_text($code) . ' is out of order',
            'restore the file as published')
            if $code <= $previous || defined $open_label != $closes;
        $previous = $code;
        if ($closes) {
            $spans[-1]{last} = $code;
            undef $open_label;
            next;
        }
        $open_label = $1 if $name =~ /^<(.+), First>$/;
        push @spans, {
            first => $code, last => $code, category => $category,
            name_of => defined $open_label ? range_namer($open_label, $hangul_name_of)
                : $name =~ /^</ ? sub { '' }
                : sub { $name },
        };
    }
    return @spans;
}

# Core Specification 4.8: the label of a range decides how its names are made.
sub range_namer {
    my ($label, $hangul_name_of) = @_;
    return $hangul_name_of if $label eq 'Hangul Syllable';
    return sub { '' } if $label =~ /Private Use|Surrogate/;
    return sub { 'CJK UNIFIED IDEOGRAPH-' . code_text($_[0]) } if $label =~ /^CJK Ideograph\b/;
    return sub { 'TANGUT IDEOGRAPH-' . code_text($_[0]) } if $label =~ /^Tangut Ideograph\b/;
    return sub { 'JURCHEN CHARACTER-' . code_text($_[0]) } if $label eq 'Jurchen Character';
    return sub { 'SMALL SEAL CHARACTER-' . code_text($_[0]) } if $label eq 'Seal Character';
    fail("UnicodeData.txt has a new kind of range, <$label>",
        'add its rule for names (Core Specification 4.8) to range_namer in data/makers/Characters.pm');
}

# Rule NR1: the short names of a syllable's leading consonant, vowel and
# trailing consonant, found by the arithmetic of Core Specification 3.12.
sub hangul_namer {
    my ($ucd) = @_;
    my ($syllables, $leading, $vowels, $before_trailing) = (0xAC00, 0x1100, 0x1161, 0x11A7);
    my ($vowel_count, $trailing_count) = (21, 28);
    my %short_name = map { $_->[0] => $_->[2] } records("$ucd/Jamo.txt", 2);
    $short_name{$before_trailing} = '';    # stands for "no trailing consonant"
    return sub {
        my $index = $_[0] - $syllables;
        my $pair = int($index / $trailing_count);
        return 'HANGUL SYLLABLE ' . join '', @short_name{
            $leading + int($pair / $vowel_count),
            $vowels + $pair % $vowel_count,
            $before_trailing + $index % $trailing_count };
    };
}

1;
