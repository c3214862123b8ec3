#!/bin/sh
# Checks HTML and CSS files with the Nu HTML checker; any error or warning is a
# failure. Usage: test/web/nu-check.sh FILE...
# Needs java (openjdk-17-jre-headless) and `npm ci` in test/web.
set -eu
here=$(dirname "$0")
jar=$here/node_modules/vnu-jar/build/dist/vnu.jar
[ -f "$jar" ] || { echo "nu-check: run npm ci in $here first" >&2; exit 2; }
[ $# -gt 0 ] || { echo "usage: $0 FILE..." >&2; exit 2; }
exec java -Xss4m -jar "$jar" --Werror --also-check-css "$@"
