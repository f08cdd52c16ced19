# sequences.tsv and emoji.tsv: what has a name but more than one code point, and
# the emoji in the order of keyboards.

package Emoji;

use strict;
use warnings;
use Published;

my $PRESENTATION = 0xFE0F;
my $MODIFIERS = qr/ 1F3F[B-F]\b/;

my %TYPE_OF = (
    Emoji_Keycap_Sequence       => 'keycap',
    RGI_Emoji_Flag_Sequence     => 'flag',
    RGI_Emoji_Tag_Sequence      => 'tag',
    RGI_Emoji_Modifier_Sequence => 'tone',
    RGI_Emoji_ZWJ_Sequence      => 'zwj',
);

sub sequence_rows {
    my ($ucd, $version) = @_;
    my @rows = map { [$_->[1], $_->[0], 'named', ''] } fields("$ucd/NamedSequences.txt", 2);
    my $base_of = base_finder($ucd, $version);
    for my $sequence (emoji_sequences($ucd, $version)) {
        my ($codes, $type, $name) = @$sequence;
        $type = $codes =~ $MODIFIERS ? 'tone' : $TYPE_OF{$type};
        push @rows, [$codes, $name, $type, $type eq 'tone' ? $base_of->($codes, $name) : ''];
    }
    return map { join "\t", @$_ } sort { sort_key($a->[0]) cmp sort_key($b->[0]) || $a->[2] cmp $b->[2] } @rows;
}

# The sequences, as [codes, type_field, name].
sub emoji_sequences {
    my ($ucd, $version) = @_;
    my @sequences;
    for my $file (qw(emoji-sequences.txt emoji-zwj-sequences.txt)) {
        my $path = "$ucd/emoji/$file";
        emoji_of_version($path, $version);
        for my $record (fields($path, 3)) {
            my ($codes, $type, $name) = @$record;
            next if $type eq 'Basic_Emoji';
            fail("$path has a new type of sequence, $type", 'add it to data/makers/Emoji.pm')
                unless $TYPE_OF{$type};
            $name =~ s/\\x\{([0-9A-F]+)\}/chr hex $1/ge;
            push @sequences, [$codes, $type, $name];
        }
    }
    return @sequences;
}

# ---- what a sequence with skin tones is a variant of --------------------------

# The same sequence without the modifiers if that is an emoji, or else the emoji
# whose name that of the sequence begins with: two people holding hands, each
# with a tone of their own, are a sequence, and without tones one character.
sub base_finder {
    my ($ucd, $version) = @_;
    my (%by_codes, %by_name);
    for my $emoji (emoji_in_order($ucd, $version)) {
        next if $emoji->{codes} =~ $MODIFIERS;
        my $base = plain_if_single($emoji->{codes});
        $by_codes{plain($emoji->{codes})} = $base;
        $by_name{$emoji->{name}} = $base;
    }
    return sub {
        my ($codes, $name) = @_;
        my $without_tones = $name =~ s/[:,] [^:,]*skin tone\b.*//r;
        return $by_codes{plain($codes =~ s/$MODIFIERS//gr)}
            // $by_name{$without_tones} // $by_name{$without_tones =~ s/:.*//r}
            // fail("emoji-test.txt has no $without_tones", 'add a rule to data/makers/Emoji.pm');
    };
}

sub plain {
    my ($codes) = @_;
    return join ' ', grep { hex $_ != $PRESENTATION } split / /, $codes;
}

sub plain_if_single {
    my ($codes) = @_;
    my $plain = plain($codes);
    return $plain =~ / / ? $codes : $plain;
}

# ---- emoji-test.txt -----------------------------------------------------------

sub emoji_rows {
    my ($ucd, $version) = @_;
    my %emoji_of = map { $_->{codes} => $_ } emoji_in_order($ucd, $version);
    my @rows;
    for my $record (fields("$ucd/emoji/emoji-sequences.txt", 3)) {
        my ($codes, $type) = @$record;
        next if $type ne 'Basic_Emoji';
        my ($first, $last) = $codes =~ /^([0-9A-F]+)\.\.([0-9A-F]+)$/;
        for my $emoji (defined $first ? map { code_text($_) } hex $first .. hex $last : $codes) {
            my $found = $emoji_of{$emoji} // fail("emoji-test.txt has no $emoji",
                'name a directory of one version');
            push @rows, join "\t", plain($emoji), $emoji =~ / / ? 'text' : 'emoji',
                @$found{qw(group subgroup order)};
        }
    }
    return sort { sort_key($a =~ /(.*?)\t/) cmp sort_key($b =~ /(.*?)\t/) } @rows;
}

# The emoji that are fully qualified or components, counted from 1.
sub emoji_in_order {
    my ($ucd, $version) = @_;
    my $path = "$ucd/emoji/emoji-test.txt";
    emoji_of_version($path, $version);
    my ($group, $subgroup, @emoji);
    for my $line (lines_to_end($path)) {
        if ($line =~ /^# (sub)?group: (.*?)\s*$/) {
            ($1 ? $subgroup : $group) = $2;
        } elsif ($line =~ /^([0-9A-F ]+?) *; (?:fully-qualified|component) +# \S+ E\d+\.\d+ (.*?)\s*$/) {
            push @emoji, { codes => $1, name => $2, group => $group, subgroup => $subgroup,
                order => @emoji + 1 };
        }
    }
    return @emoji;
}

1;
