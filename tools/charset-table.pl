#!/usr/bin/perl
# The table of src/text/charset_table.h: the upper halves of encodings with one
# byte for a character, as iconv(1) reads them.
#	tools/charset-table.pl > src/text/charset_table.h
use strict;
use warnings;
use IPC::Open2;

my @names = qw(ISO-8859-1 WINDOWS-1252 ISO-8859-15 ISO-8859-2 WINDOWS-1250
    WINDOWS-1251 KOI8-R ISO-8859-5 IBM866 KOI8-U ISO-8859-7 WINDOWS-1253
    ISO-8859-9 WINDOWS-1254 WINDOWS-1256 ISO-8859-6 ISO-8859-8 WINDOWS-1255);

sub character_of {
	my ($name, $byte) = @_;
	my $pid = open2(my $out, my $in, "iconv -f $name -t UTF-32LE 2>&-");
	print $in chr $byte;
	close $in;
	my $got = do { local $/; <$out> };
	waitpid $pid, 0;
	return $? ? 0 : unpack 'V', $got;
}

print "/* SPDX-License-Identifier: MIT\n *\n",
    " * The bytes from 0x80 in the encodings of which each is a character; 0: ",
    "it has\n * no meaning. Made by tools/charset-table.pl.\n",
    " */\n#ifndef TEXT_CHARSET_TABLE_H\n#define TEXT_CHARSET_TABLE_H\n\n",
    "#include <stdint.h>\n\n",
    "/* clang-format off */\nstatic const struct {\n\tconst char *name;\n",
    "\tuint16_t upper[128];\n} charset_tables[] = {\n";
for my $name (@names) {
	print "\t{\"$name\", {\n";
	for my $row (0 .. 15) {
		print "\t\t", join(' ', map { sprintf '0x%X,',
		    character_of($name, 0x80 + $row * 8 + $_) } 0 .. 7), "\n";
	}
	print "\t}},\n";
}
print "};\n/* clang-format on */\n\n#endif\n";
