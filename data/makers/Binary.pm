# binary.tsv: which binary properties code points have.

package Binary;

use strict;
use warnings;
use Published;

# Neighbours that have the same ones share a row. Properties that only serve to derive others
# are left out. DerivedCoreProperties.txt may be missing, as Debian's package has it elsewhere.
sub rows {
    my ($ucd, $version) = @_;
    emoji_of_version("$ucd/emoji/emoji-data.txt", $version);
    my $short_of = short_names($ucd);
    my @changes;
    for my $record (all($ucd)) {
        my ($first, $last, $long) = @$record;
        my $short = $short_of->{$long}
            // fail("PropertyAliases.txt has no $long", 'name a directory of one version');
        push @changes, [$first, 1, $short], [$last + 1, 0, $short];
    }
    return runs(sort { $a->[0] <=> $b->[0] } @changes);
}

sub all {
    my ($ucd) = @_;
    return mirrored($ucd), grep { $_->[2] !~ /^Other_/ }
        map { -e "$ucd/$_" ? published("$ucd/$_") : () }
        qw(PropList.txt emoji/emoji-data.txt DerivedCoreProperties.txt);
}

# The one that is a field of UnicodeData.txt, which every directory has.
sub mirrored {
    my ($ucd) = @_;
    return map { [hex $_->[0], hex $_->[0], 'Bidi_Mirrored'] }
        grep { $_->[9] eq 'Y' } fields("$ucd/UnicodeData.txt", 15);
}

# Their names, as [short, long], in the order of the short ones.
sub names {
    my ($ucd) = @_;
    my $short_of = short_names($ucd);
    my %long_of = map { $short_of->{ $_->[2] } => $_->[2] } all($ucd);
    return map { [$_, $long_of{$_}] } sort keys %long_of;
}

# The properties of a file, as [first, last, name]; those with other values than yes have a
# field more.
sub published {
    my ($path) = @_;
    return map {
        my ($codes, $name) = @$_;
        my ($first, $last) = $codes =~ /^([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?$/
            or fail("$path: $codes is no code point or range", 'restore the file as published');
        [hex $first, hex($last // $first), $name];
    } grep { @$_ == 2 } fields($path, 2, 3);
}

sub short_names {
    my ($ucd) = @_;
    return { map { $_->[1] => $_->[0] } fields("$ucd/PropertyAliases.txt", 2, 4) };
}

sub runs {
    my (@changes) = @_;
    my (%held, @rows);
    my $from = 0;
    while (@changes) {
        my $at = $changes[0][0];
        push @rows, row($from, $at - 1, sort keys %held) if %held;
        while (@changes && $changes[0][0] == $at) {
            my (undef, $begins, $name) = @{ shift @changes };
            $held{$name} += $begins ? 1 : -1;
            delete $held{$name} unless $held{$name};
        }
        $from = $at;
    }
    return joined(@rows);
}

sub row {
    my ($first, $last, @names) = @_;
    return [$first, $last, "@names"];
}

# Two files can say the same of neighbours in different pieces.
sub joined {
    my @joined;
    for my $row (@_) {
        my $before = $joined[-1];
        if ($before && $before->[1] + 1 == $row->[0] && $before->[2] eq $row->[2]) {
            $before->[1] = $row->[1];
        } else {
            push @joined, $row;
        }
    }
    return map { code_range($_->[0], $_->[1]) . "\t$_->[2]" } @joined;
}

1;
