# Calls that are banned, and calls that belong to one folder. Text inside
# comments and string literals is taken out first.

function fault(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
}

function strip(s,   out) {
	gsub(/\\./, "", s)
	gsub(/"[^"]*"/, "\"\"", s)
	gsub(/'[^']*'/, "' '", s)
	gsub(/\/\*.*\*\//, "", s)
	return s
}

FNR == 1 {
	split(FILENAME, part, "/")
	folder = part[2]
	in_comment = 0
}

{
	code = strip($0)
	if (in_comment) {
		if (code !~ /\*\//)
			next
		sub(/.*\*\//, "", code)
		in_comment = 0
	}
	if (code ~ /\/\*/) {
		sub(/\/\*.*/, "", code)
		in_comment = 1
	}
}

# Each of these has overrun a buffer or lost an error in somebody's server.
code ~ /(^|[^a-z_0-9])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|sscanf|scanf|fscanf|alloca|localtime|gmtime|rand|srand|popen|system|setjmp|tmpnam|strtol|strtoul|strtoll|strtoull)[ ]*\(/ {
	fault("banned call")
}

# Clocks and chance come from sys/, so that tests can set them.
folder != "sys" && code ~ /(^|[^a-z_0-9])(time|clock_gettime|gettimeofday|getrandom|randombytes_buf|getentropy)[ ]*\(/ {
	fault("clock and random belong to sys/")
}

# What is particular to a database stays in its driver.
FILENAME !~ /^src\/store\/sqlite/ && code ~ /sqlite3_/ {
	fault("SQLite belongs to src/store/sqlite*.c")
}

# SQL is static text: nothing a reader sends can become a part of it.
folder == "paper" && code ~ /SQL\([^"]/ {
	fault("SQL() takes a string literal")
}

# Markup is made in one place, where text is escaped.
FILENAME !~ /^src\/page\/html\.[ch]$/ && code ~ /\(struct html\)/ {
	fault("only page/html.c makes struct html")
}

# Money is integers, and its fields are touched in one file.
(folder == "coin" || folder == "ledger") && code ~ /(^|[^a-z_0-9])(float|double)[^a-z_0-9]/ {
	fault("no floating point where money is counted")
}
FILENAME !~ /^src\/coin\/amount\.[ch]$/ && code ~ /(\.|->)(sats|msats|piconeros|weis|cents)([^a-z_0-9]|$)/ && $0 !~ /Raw: / {
	fault("raw money: use coin/amount.h")
}

# A mutable global is shared by all and owned by none. One that must be says
# why, in a comment "Global: ..." on its line.
folder != "app" && code ~ /^static [^(]*[a-z_0-9](\[[^]]*\])*( *=.*|;)$/ && code !~ /const/ && $0 !~ /Global: / {
	fault("mutable file-scope data")
}
