#!/usr/bin/perl
# Prints src/text/script_table.h: the letters of each script that text/script.h
# names, as ranges, from the Unicode tables that come with perl.
#	tools/script-table.pl > src/text/script_table.h
use strict;
use warnings;
use Unicode::UCD;

my @scripts = qw(Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Thaana Nko
    Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam
    Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic Khmer Mongolian
    Hiragana Katakana Bopomofo Han Cherokee Tifinagh);
my %name = map { $_ => 'SCRIPT_' . uc($_) } @scripts;
my @ranges;
my $last_seen = '';

# What a character is to us: script and whether it builds words.
sub class_of {
	my ($c) = @_;
	my $char = chr($c);
	return undef if $char =~ /\p{Cn}|\p{Co}|\p{Cs}/; # joins its neighbours
	return '' unless $char =~ /[\p{L}\p{M}\p{Nd}\p{Nl}]/;
	my $mark = $char =~ /\p{M}/ ? 'MARK' : $char =~ /\p{Nd}/ ? 'DIGIT' :
	    'LETTER';
	for my $script (@scripts) {
		return "$name{$script}, $mark" if $char =~ /\p{Script=$script}/;
	}
	return "SCRIPT_COMMON, $mark" if $char =~ /\p{Script=Zyyy}|\p{Script=Zinh}/;
	return "SCRIPT_OTHER, $mark";
}

for my $c (0x80 .. 0x323AF, 0xE0100 .. 0xE01EF) {
	my $class = class_of($c);
	next unless defined $class;
	if ($class eq $last_seen) {
		$ranges[-1][1] = $c if $class ne '';
		next;
	}
	push @ranges, [$c, $c, $class] if $class ne '';
	$last_seen = $class;
}

print "/* SPDX-License-Identifier: MIT\n *\n",
    " * Letters, marks and digits above ASCII: made by tools/script-table.pl from\n",
    " * Unicode ", Unicode::UCD::UnicodeVersion(), ". Sorted; ranges run over unassigned places.\n",
    " */\n#ifndef TEXT_SCRIPT_TABLE_H\n#define TEXT_SCRIPT_TABLE_H\n\n",
    "/* clang-format off */\nstatic const struct script_range script_ranges[] = {\n";
my $line = "\t";
for (@ranges) {
	my $script = $_->[2];
	$script =~ s/SCRIPT_/S(/;
	$script =~ s/, LETTER/, L)/;
	$script =~ s/, MARK/, M)/;
	$script =~ s/, DIGIT/, D)/;
	my $item = sprintf('{0x%X, 0x%X, %s},', $_->[0], $_->[1], $script);
	if (length($line) + length($item) > 71) {
		print "$line\n";
		$line = "\t";
	}
	$line .= ' ' if $line ne "\t";
	$line .= $item;
}
print "$line\n};\n/* clang-format on */\n\n#endif\n";
