# keywords/LANG.tsv: what characters and emoji are called in each language, from
# the annotations of CLDR.

package Keywords;

use strict;
use warnings;
use feature qw(state);
use Emoji;
use Published;

my $MODIFIER = qr/\b1F3F[B-F]\b/;
my %CHARACTER_OF = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'");

# The languages, and for each the rows of its table.
sub rows_by_language {
    my ($cldr, $ucd, $version) = @_;
    my $root = -d "$cldr/common/annotations" ? "$cldr/common" : $cldr;
    my %qualified = map { Emoji::plain($_->[0]) => $_->[0] } Emoji::emoji_sequences($ucd, $version);
    my $remedy = 'name a CLDR directory';
    opendir my $dir, "$root/annotations"
        or fail("$cldr has neither annotations/ nor common/annotations/", $remedy);
    my @languages = sort map { /^(\w+)\.xml$/ ? $1 : () } readdir $dir;
    fail("$root/annotations has no languages", $remedy) unless @languages;
    return map { $_ => [rows($root, $_, \%qualified)] } @languages;
}

sub rows {
    my ($root, $language, $qualified) = @_;
    my %found;
    for my $kind (qw(annotations annotationsDerived)) {
        for my $annotation (annotations("$root/$kind/$language.xml")) {
            my ($codes, $is_name, $text) = @$annotation;
            $codes = $qualified->{$codes}
                // fail("$language.xml annotates $codes, which is no sequence of emoji",
                    'name directories of corresponding versions') if $codes =~ / /;
            $found{$codes}{$is_name ? 'name' : 'keywords'} //= $text;
        }
    }
    my %key_of = map { $_ => sort_key($_) } keys %found;
    return map { row($_, $found{$_}{name} // '', $found{$_}{keywords} // '') }
        sort { $key_of{$a} cmp $key_of{$b} } keys %found;
}

# Skin tones by themselves do not count.
sub has_skin_tone {
    my ($codes) = @_;
    return $codes =~ / / && $codes =~ $MODIFIER;
}

sub row {
    my ($codes, $name, $keywords) = @_;
    my %seen = ($name => 1);
    return join "\t", $codes, $name,
        join '|', grep { $_ ne '' && !$seen{$_}++ } split /\s*\|\s*/, $keywords;
}

# The annotations in a file but those of skin tones, as [codes without U+FE0F, whether it is the
# name, text].
sub annotations {
    my ($path) = @_;
    open my $in, '<', $path or fail("cannot read $path: $!", 'name a complete CLDR directory');
    my $xml = do { local $/; <$in> } // '';
    fail("$path: the end of the file is missing", 'restore the file as published')
        unless $xml =~ m{</ldml>\s*\z};
    my @annotations;
    while ($xml =~ m{<annotation\b([^>]*)>([^<]*)</annotation>}g) {
        my ($attributes, $text) = ($1, $2);
        my ($characters) = $attributes =~ /\bcp="([^"]*)"/
            or fail("$path has an annotation of nothing", 'restore the file as published');
        next if $characters eq '';    # English has one such, of a space that was lost
        my $codes = codes_of($characters);
        next if has_skin_tone($codes);
        push @annotations, [$codes, scalar($attributes =~ /\btype="tts"/), one_line(decoded($text))];
    }
    return @annotations;
}

# The same characters are annotated in each language.
sub codes_of {
    my ($text) = @_;
    state %codes_of;
    return $codes_of{$text} //= do {
        my $characters = decoded($text);
        utf8::decode($characters);
        Emoji::plain(codes(map { ord } split //, $characters));
    };
}

sub decoded {
    my ($text) = @_;
    return $text if index($text, '&') < 0;
    $text =~ s/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));/
        defined $3 ? $CHARACTER_OF{$3} : character($1 ? hex $1 : $2)/ge;
    return $text;
}

sub character {
    my $character = chr $_[0];
    utf8::encode($character);
    return $character;
}

sub one_line {
    my ($text) = @_;
    return $text =~ s/\s+/ /gr =~ s/^ | $//gr;
}

1;
