#!/usr/bin/perl
# The table of src/text/fold_table.h: how composed letters fall apart.
#	tools/fold-table.pl > src/text/fold_table.h
use strict;
use warnings;
use Unicode::UCD qw(charinfo);

my @parts;
for my $c (0xC0 .. 0x33FF, 0xA000 .. 0xABFF) {
	my $info = charinfo($c) or next;
	my $to = $info->{decomposition};
	next if $to eq '' || $to =~ /</; # none, or it only looks alike
	my @to = map { hex } split ' ', $to;
	next if $info->{lower} ne '' && @to > 1; # capitals are folded before
	push @parts, [$c, @to, (0) x (2 - @to)];
}

print "/* SPDX-License-Identifier: MIT\n *\n",
    " * The two parts of letters that Unicode ", Unicode::UCD::UnicodeVersion(),
    " also spells so (0: it is another\n * letter): made by ",
    "tools/fold-table.pl. Sorted; no capitals, no Hangul.\n",
    " */\n#ifndef TEXT_FOLD_TABLE_H\n#define TEXT_FOLD_TABLE_H\n\n",
    "/* clang-format off */\nstatic const struct fold_parts fold_parts[] = {\n";
my $line = "\t";
for (@parts) {
	my $item = sprintf('{0x%X, 0x%X, 0x%X},', @$_);
	if (length($line) + length($item) > 71) {
		print "$line\n";
		$line = "\t";
	}
	$line .= ' ' if $line ne "\t";
	$line .= $item;
}
print "$line\n};\n/* clang-format on */\n\n#endif\n";
