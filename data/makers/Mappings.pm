# mappings.tsv: which characters belong to a character: other case, mirror image, variants, and
# what it looks like.

package Mappings;

use strict;
use warnings;
use Published;

# Each maker gives [code, [codes]], by kind. What a version does not have a file of is left out.
my %MAKER_OF = (
    looks => \&looks,
    lower => sub { cases($_[0], 1) },
    mirror => \&mirrors,
    simplified => sub { unihan_mappings($_[0], 'kSimplifiedVariant') },
    title => sub { cases($_[0], 2) },
    traditional => sub { unihan_mappings($_[0], 'kTraditionalVariant') },
    upper => sub { cases($_[0], 3) },
    variant => sub { unihan_mappings($_[0], 'kSemanticVariant', 'kZVariant') },
);

sub rows {
    my ($ucd) = @_;
    my @mappings = map {
        my $kind = $_;
        map { [$_->[0], $kind, $_->[1]] } $MAKER_OF{$kind}->($ucd);
    } sort keys %MAKER_OF;
    return map { join "\t", code_text($_->[0]), $_->[1], codes(@{ $_->[2] }) }
        sort { $a->[0] <=> $b->[0] } @mappings;
}

# ---- case -----------------------------------------------------------------------

# Fields of UnicodeData.txt by the number that the mapping has in SpecialCasing.txt.
my %SIMPLE_FIELD_OF = (1 => 13, 2 => 14, 3 => 12);

# Full mappings, without conditions, to another text. Titlecase is there where it is not uppercase.
sub cases {
    my ($ucd, $number) = @_;
    my %mapped = %{ all_cases($ucd, $number) };
    my $upper = $number == 2 ? all_cases($ucd, 3) : {};
    return map { [$_, [map { hex } split / /, $mapped{$_}]] }
        grep { $mapped{$_} ne code_text($_) && $mapped{$_} ne ($upper->{$_} // '') }
        keys %mapped;
}

sub all_cases {
    my ($ucd, $number) = @_;
    my %mapped;
    for my $record (fields("$ucd/UnicodeData.txt", 15)) {
        my $simple = $record->[$SIMPLE_FIELD_OF{$number}];
        $mapped{ hex $record->[0] } = $simple if $simple ne '';
    }
    return \%mapped unless -e "$ucd/SpecialCasing.txt";
    for my $record (fields("$ucd/SpecialCasing.txt", 5, 6)) {
        my $condition = $record->[4];
        $mapped{ hex $record->[0] } = $record->[$number] if $condition eq '';
    }
    return \%mapped;
}

# ---- others ---------------------------------------------------------------------

sub mirrors {
    my ($ucd) = @_;
    my $path = "$ucd/BidiMirroring.txt";
    return -e $path ? map { [hex $_->[0], [hex $_->[1]]] } fields($path, 2) : ();
}

# "U+4E94<kMatthews U+5F0D": what is after a < are the sources.
sub unihan_mappings {
    my ($ucd, @fields) = @_;
    my %codes_of;
    for my $record (map { unihan($ucd, $_) } @fields) {
        my ($first, $last, $text) = @$record;
        for my $code ($first .. $last) {
            my @codes = grep { $_ != $code } map { hex } $text =~ /U\+([0-9A-F]+)/g;
            $codes_of{$code}{$_} = 1 for @codes;
        }
    }
    return map { [$_, [sort { $a <=> $b } keys %{ $codes_of{$_} }]] } keys %codes_of;
}

# ---- look-alikes ----------------------------------------------------------------

# The skeleton (UTS #39, 4) of each character that it is another text for: decomposed, each part
# replaced by what it looks like, and in canonical order. Hangul syllables are left out.
sub looks {
    my ($ucd) = @_;
    my $path = "$ucd/security/confusables.txt";
    return () unless -e $path;
    my %prototype_of = map { hex $_->[0] => [map { hex } split / /, $_->[1]] } fields($path, 3);
    my (%parts_of, %class_of);
    for my $record (fields("$ucd/UnicodeData.txt", 15)) {
        my $code = hex $record->[0];
        $class_of{$code} = $record->[3] if $record->[3] ne '0';
        $parts_of{$code} = [map { hex } split / /, $record->[5]]
            if $record->[5] ne '' && $record->[5] !~ /</;
    }
    my $decomposed;
    $decomposed = sub {
        map { my $parts = $parts_of{$_}; $parts ? $decomposed->(@$parts) : $_ } @_;
    };
    return map {
        my @mapped = map { my $to = $prototype_of{$_}; $to ? @$to : $_ } $decomposed->($_);
        my @skeleton = in_canonical_order(\%class_of, $decomposed->(@mapped));
        "@skeleton" eq "$_" ? () : [$_, \@skeleton];
    } keys %{ { %prototype_of, %parts_of } };
}

# Core Specification 3.11, D109: neighbours that combine are sorted by their classes.
sub in_canonical_order {
    my ($class_of, @codes) = @_;
    for my $end (1 .. $#codes) {
        for (my $i = $end; $i > 0; $i--) {
            my ($before, $class) = map { $class_of->{ $codes[$_] } // 0 } $i - 1, $i;
            last unless $class > 0 && $before > $class;
            @codes[$i - 1, $i] = @codes[$i, $i - 1];
        }
    }
    return @codes;
}

1;
