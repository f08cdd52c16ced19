# Hides how the published files are read: their versions, their lines, and what
# to say when one is damaged.

package Published;

use strict;
use warnings;
use feature qw(state);
use Exporter qw(import);

our @EXPORT = qw(fail ucd_version cldr_version emoji_of_version lines_to_end fields
    records unihan code_text code_range codes sort_key);

sub fail {
    my ($what, $remedy) = @_;
    print STDERR "update: $what; $remedy\n";
    exit 1;
}

# ---- versions ---------------------------------------------------------------

# The version on which all headers in the directory agree. UnicodeData.txt has
# no header: Characters holds it against DerivedAge.txt instead.
sub ucd_version {
    my ($ucd) = @_;
    my $remedy = 'name a directory of the Unicode Character Database';
    opendir my $dir, $ucd or fail("cannot read $ucd: $!", $remedy);
    my ($version, $witness);
    for my $file (sort grep { /\.txt$/ } readdir $dir) {
        my $found = header_version("$ucd/$file") // next;
        ($version, $witness) = ($found, $file) unless defined $version;
        fail("$ucd: $witness is of Unicode $version but $file of $found",
            'name a directory of one version') if $found ne $version;
    }
    return $version // fail("$ucd: no file states its Unicode version", $remedy);
}

# The list of names states its version on a line of its own.
sub header_version {
    my ($path) = @_;
    open my $in, '<', $path or fail("cannot read $path: $!", 'make it readable');
    while (my $line = <$in>) {
        return $1 if $line =~ /^(?:# \w+-|\@\@\@\tThe Unicode Standard )(\d+\.\d+\.\d+)(?:\.txt)?\s*$/;
        last unless $line =~ /^;/;
    }
    return undef;
}

# Emoji files state the first two numbers of their version.
sub emoji_of_version {
    my ($path, $version) = @_;
    open my $in, '<', $path or fail("cannot read $path: $!", 'restore the file as published');
    while (my $line = <$in>) {
        next unless $line =~ /^# Version: (\S+)/;
        return if $version =~ /^\Q$1\E\b/;
        fail("$path is of version $1, not $version", 'name a directory of one version');
    }
    fail("$path states no version", 'restore the file as published');
}

# Annotations do not state their version: it is in the DTD, where that is
# installed, else in the name of the directory.
sub cldr_version {
    my ($cldr) = @_;
    for my $dtd ("$cldr/dtd/ldml.dtd", "$cldr/common/dtd/ldml.dtd") {
        open my $in, '<', $dtd or next;
        while (my $line = <$in>) {
            return $1 if $line =~ /\bcldrVersion\b.*"(\d+(?:\.\d+)*)"/;
        }
    }
    return $1 if $cldr =~ m{cldr\w*-(\d+(?:\.\d+)*)[^/]*/*$};
    fail("$cldr does not state its version", 'name a directory called cldr- and the version');
}

# ---- lines ------------------------------------------------------------------

# The lines of a file, unpacked, to the mark at its end. UnicodeData.txt has none but its last
# line, and the files of Unihan's fields not even that: they end with a whole line.
sub lines_to_end {
    my ($path) = @_;
    my $remedy = 'restore the file as published';
    open my $in, '<', $path or fail("cannot read $path: $!", $remedy);
    $in = unpacked($path) if $path =~ /\.bz2$/;
    my $marked = $path !~ m{/Unihan/\w+\.txt$};
    my $ended = $path =~ /UnicodeData\.txt$/;
    my @lines;
    while (my $line = <$in>) {
        $ended = $marked ? $ended || $line =~ /^(?:# ?EOF|# total: |10FFFF\t)/ : $line =~ /\n\z/;
        push @lines, $line;
    }
    close $in or fail("cannot read $path: " . ($! || 'bzip2 failed'), $remedy);
    fail("$path: the end of the file is missing", $remedy) unless $ended;
    return @lines;
}

sub unpacked {
    my ($path) = @_;
    no warnings 'exec';    # the failure is told once
    open my $in, '-|', 'bzip2', '-dc', $path
        or fail("cannot run bzip2 to unpack $path: $!", 'install it');
    return $in;
}

# The data lines of a UCD file, as [fields...].
sub fields {
    my ($path, $least, $most) = @_;
    my @fields;
    my $number = 0;
    for my $line (lines_to_end($path)) {
        $number++;
        $line =~ s/#.*//s;
        $line =~ s/\s+$//;
        next if $line eq '';
        my @found = split /\s*;\s*/, $line, -1;
        malformed($path, $number) if @found < $least || @found > ($most // $least);
        push @fields, \@found;
    }
    return @fields;
}

sub malformed {
    my ($path, $number) = @_;
    fail("$path: line $number is malformed", 'restore the file as published');
}

# The data lines of a UCD file, as [first, last, further fields...].
sub records {
    my ($path, $field_count) = @_;
    return map {
        my ($codes, @rest) = @$_;
        my ($first, $last) = $codes =~ /^([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?$/;
        fail("$path: $codes is no code point or range", 'restore the file as published')
            unless defined $first;
        [hex $first, hex($last // $first), @rest];
    } fields($path, $field_count);
}

# A field of Unihan, which has a file of its own, as [first, last, text]. None, if the version has
# it in one file with others. They state no version.
sub unihan {
    my ($ucd, $field) = @_;
    my $path = "$ucd/Unihan/$field.txt";
    return () unless -e $path;
    return map {
        /^([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?\t(.*?)\s*$/ ? [hex $1, hex($2 // $1), $3] : ();
    } lines_to_end($path);
}

# ---- code points ------------------------------------------------------------

sub code_text {
    my ($code) = @_;
    return sprintf '%04X', $code;
}

# A code point or a range, as the tables that have ranges write them.
sub code_range {
    my ($first, $last) = @_;
    return code_text($first) . ($first == $last ? '' : '..' . code_text($last));
}

# Code points as a column has them.
sub codes {
    return join ' ', map { code_text($_) } @_;
}

# Columns of code points, compared as lists of numbers, are in the order of what this makes of them.
sub sort_key {
    my ($codes) = @_;
    state %key_of;
    return $key_of{$codes} //= pack 'N*', map { hex } split / /, $codes;
}

1;
