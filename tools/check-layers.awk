# Includes go only along the table of folders. First file: tools/layers.txt.
# A .c file names its own header first.

FILENAME == ARGV[1] {
	if ($0 ~ /^#/ || NF < 3)
		next
	if ($1 == "c") {
		for (i = 3; i <= NF; i++)
			of_c[$i] = 1
		next
	}
	known[$1] = 1
	n = split($2, to, ",")
	for (i = 1; i <= n; i++)
		edge[$1, to[i]] = 1
	for (i = 3; i <= NF; i++)
		system_header[$1, $i] = 1
	next
}

FNR == 1 {
	split(FILENAME, part, "/")
	folder = part[2]
	is_first = 1
	own = FILENAME
	sub(/^src\//, "", own)
	sub(/\.c$/, ".h", own)
	is_body = FILENAME ~ /\.c$/
	if (!(folder in known))
		printf "%s:1: folder src/%s is not in tools/layers.txt\n", FILENAME, folder
}

/^#[ \t]*include[ \t]+"/ {
	split($0, quoted, "\"")
	target = quoted[2]
	split(target, part, "/")
	if (is_body && is_first && target != own && (getline line < ("src/" own)) > 0)
		printf "%s:%d: own header %s goes first\n", FILENAME, FNR, own
	close("src/" own)
	is_first = 0
	if (part[1] != folder && !((folder, part[1]) in edge))
		printf "%s:%d: src/%s may not include %s\n", FILENAME, FNR, folder, target
}

/^#[ \t]*include[ \t]+</ {
	name = $0
	sub(/^[^<]*</, "", name)
	sub(/>.*/, "", name)
	if (!(name in of_c) && !((folder, name) in system_header) && !((folder, "posix") in system_header))
		printf "%s:%d: src/%s may not include <%s>\n", FILENAME, FNR, folder, name
	is_first = is_first && is_body ? is_first : 0
}
