# Layout of C files: 80 columns, tabs, no trailing space, no line comments,
# the licence's line, files under 800 lines, functions under 60. Long lines
# that are one string or one address cannot be broken and are let through.

function fault(line, what) {
	printf "%s:%d: %s\n", FILENAME, line, what
}

function columns(s,   i, n, c) {
	n = 0
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		n = c == "\t" ? n + 8 - n % 8 : n + 1
	}
	return n
}

FNR == 1 {
	if (last_name != "" && last_lines > 800)
		printf "%s:%d: file has over 800 lines\n", last_name, last_lines
	if ($0 !~ /SPDX-License-Identifier: MIT/)
		fault(1, "no SPDX line at the top")
	start = 0
}

{
	last_name = FILENAME
	last_lines = FNR
	if ($0 ~ /[ \t]$/)
		fault(FNR, "trailing space")
	if ($0 ~ /^ +\t/)
		fault(FNR, "space before tab")
	if (length($0) > 40 && columns($0) > 80 && $0 !~ /^[^"]*"[^"]*"[^"]*$/ && $0 !~ /https?:/ && $0 !~ /[^\x01-\x7f]/)
		fault(FNR, "over 80 columns")
	if ($0 ~ /^[ \t]*\/\//)
		fault(FNR, "line comments are for uncommitted debugging")
}

/^\{$/ && FILENAME ~ /\.c$/ {
	start = FNR
}

/^\}$/ && start {
	if (FNR - start - 1 > 60)
		fault(start, "function of " FNR - start - 1 " lines, 60 is the most")
	start = 0
}

END {
	if (last_lines > 800)
		printf "%s:%d: file has over 800 lines\n", last_name, last_lines
}
