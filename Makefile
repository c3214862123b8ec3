# Farthing: one Makefile, no recursion. `make help` lists what it can do.
#
# Variants live side by side in build/VARIANT:
#	release	what is run and measured (hardened, -O2)
#	debug	what is tested: assertions that cost, arenas of single objects,
#		address and undefined-behaviour sanitizers
#	fuzz	clang with libFuzzer, for tools/fuzz
# `make CC=clang` builds with clang into build/VARIANT-clang.

V ?= release
CC = gcc
CCNAME := $(notdir $(firstword $(CC)))
B := build/$(V)$(if $(filter gcc,$(CCNAME)),,-$(CCNAME))
GEN := build/gen

LIBS := libcmark-gfm yaml-0.1 libsodium libdeflate libbrotlienc sqlite3 \
	libseccomp jansson libsecp256k1 libcrypto libqrencode libfido2
# Loaded by the processes that call them; see src/sys/late.h.
LATE_LIBS := libcurl libxml-2.0
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Werror

# The version comes from git where there is a checkout.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || \
	echo unknown)

# -iquote, for src/sys/ has names that the C library has, too: <sys/socket.h>.
CPPFLAGS = -iquote src -I$(GEN) -D_GNU_SOURCE $(LIB_CFLAGS) $(CPPFLAGS_$(V))
CFLAGS = -std=c17 -g $(WARN) -MMD -MP -fno-strict-aliasing \
	'-ffile-prefix-map=$(CURDIR)/=' $(CFLAGS_$(V))
# By its build id a binary knows itself from another (process_build).
LDFLAGS = $(LDFLAGS_$(V)) -Wl,--build-id
LDLIBS = $(LIB_LIBS) -lm

# Not with clang: version 14 puts the probe's subtraction between a comparison
# and the move that depends on it (str_ends in base/str.c then fails).
STACK_CLASH := $(if $(findstring clang,$(CCNAME)),,-fstack-clash-protection)

CPPFLAGS_release = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
CFLAGS_release = -O2 -fPIE -fstack-protector-strong $(STACK_CLASH) \
	-fcf-protection=full -fno-delete-null-pointer-checks
LDFLAGS_release = -pie -Wl,-z,relro,-z,now,-z,noexecstack

CPPFLAGS_debug = -DFARTHING_DEBUG
CFLAGS_debug = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
LDFLAGS_debug = -fsanitize=address,undefined

CPPFLAGS_fuzz = -DFARTHING_DEBUG
CFLAGS_fuzz = -O1 -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_fuzz = -fsanitize=fuzzer,address,undefined

ifneq ($(filter-out help clean check-source format,$(or $(MAKECMDGOALS),all)),)
LIB_CFLAGS := $(shell pkg-config --cflags $(LIBS) $(LATE_LIBS))
LIB_LIBS := $(shell pkg-config --libs $(LIBS)) -lcmark-gfm-extensions
endif

SRC := $(sort $(wildcard src/*/*.c))
APP_SRC := $(filter src/app/%,$(SRC))
LIB_SRC := $(filter-out src/app/%,$(SRC))
WEB := $(sort $(filter %.css %.js %.svg %.html %.txt,$(wildcard web/*))) \
	$(GEN)/editor.js $(GEN)/editor.css $(GEN)/copies.js
EDITOR_SRC := $(sort $(wildcard web/editor/*.js web/editor/*.mjs \
	web/editor/*.css web/editor/*.json)) web/editor/build
UNIT_SRC := $(sort $(wildcard src/*/test/test_*.c))
FUZZ_SRC := $(sort $(wildcard test/fuzz/fuzz_*.c))
NODE_SRC := $(sort $(wildcard test/node/*.c))
BENCH_SRC := $(sort $(wildcard bench/*.c))

LIB_OBJ := $(LIB_SRC:%.c=$B/%.o) $B/gen/web.o
APP_OBJ := $(APP_SRC:%.c=$B/%.o)
UNITS := $(UNIT_SRC:%.c=$B/%)
FUZZERS := $(FUZZ_SRC:%.c=$B/%)
REPLAYS := $(FUZZ_SRC:%.c=$B/%_replay)
NODE_TOOLS := $(NODE_SRC:%.c=$B/%)
BENCHES := $(BENCH_SRC:%.c=$B/%)

.PHONY: all
all: $B/farthing ## build the program (V=release or debug)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z%-]+:.*## /{printf "  %-18s %s\n", $$1, $$2}' \
		Makefile

$B/farthing: $(APP_OBJ) $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/libfarthing.a: $(LIB_OBJ)
	@rm -f $@
	@ar rcs $@ $^

$B/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Headers alone: the library is found at run time (picture/develop.c).
$B/src/picture/develop.o $B/bench/photograph.o: CPPFLAGS += $(shell pkg-config --cflags vips)

# The version changes with every commit: only one object depends on it.
$B/src/app/version.o: CPPFLAGS += -DFARTHING_VERSION='"$(VERSION)"'
$B/src/app/version.o: $(GEN)/version.stamp
$(GEN)/version.stamp: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' > $@
# Not a mere name: .SECONDARY lets missing files that are none pass for made.
.PHONY: FORCE
FORCE:

# The editor's script, bundled with the packages from npm that it is made of.
$(GEN)/editor.js $(GEN)/editor.css $(GEN)/copies.js &: $(EDITOR_SRC)
	@echo "  JS   $(GEN)/editor.js"
	@web/editor/build $(GEN)

# Files of web/ become byte arrays of the binary.
build/embed: tools/embed.c
	@mkdir -p $(@D)
	@$(CC) -std=c17 -O1 $(WARN) -o $@ $<
$(GEN)/web.c: build/embed $(WEB)
	@mkdir -p $(@D)
	@build/embed $(WEB) > $@.tmp
	@mv $@.tmp $@
$B/gen/web.o: $(GEN)/web.c src/page/asset.h
	@mkdir -p $(@D)
	@echo "  CC   $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Unit tests: one program for each src/FOLDER/test/test_NOUN.c.
$(UNITS): %: %.o $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

.PHONY: units
units: $(UNITS) ## build the unit tests

PICKED := $(if $(ONLY),$(foreach u,$(UNITS),\
	$(if $(findstring $(ONLY),$u),$u)),$(UNITS))
.PHONY: unit
unit: $(PICKED) ## run the unit tests (ONLY=word picks some)
	@tools/run-units $(PICKED)

# Two of them at full size, without sanitizers: a till.db that is told of a
# made-up chain and dies between any two writes, and one that is killed.
# FARTHING_SEED=n plays a certain one again.
FACTS = 2000000
KILLS = 1000
SIMULATORS := $B/src/ledger/test/test_ledger_sim \
	$B/src/ledger/test/test_ledger_kill
.PHONY: simulate
simulate: $(SIMULATORS) ## the till's simulators (FACTS=n KILLS=n)
	tools/simulate $B $(FACTS) $(KILLS)

# Golden pages: test/golden/NAME holds what src/page/test/test_golden.c makes,
# and test_desk_golden.c of the newsroom's screens.
GOLDEN := $B/src/page/test/test_golden
GOLDEN_DESK := $B/src/page/test/test_desk_golden
.PHONY: golden-accept
golden-accept: $(GOLDEN) $(GOLDEN_DESK) ## take the pages as they are now for right
	@mkdir -p test/golden
	@FARTHING_GOLDEN=accept $(GOLDEN) >/dev/null
	@FARTHING_GOLDEN=accept $(GOLDEN_DESK) >/dev/null
	@git status --short test/golden

.PHONY: golden-show
golden-show: $(GOLDEN) ## write them to build/golden, in full dress
	@FARTHING_GOLDEN=show $(GOLDEN) >/dev/null

.PHONY: golden-check
golden-check: golden-show ## the Nu checker, axe and a browser over them
	test/web/install
	test/web/nu-check.sh build/golden/*.html web/*.css
	node test/web/axe.mjs build/golden/*.html
	node --require ./test/limit.cjs --test test/web/pages.test.mjs test/web/support.test.mjs

# Fuzz targets: libFuzzer's with V=fuzz CC=clang, and a replay of the corpus
# in every other variant.
$(FUZZERS): %: %.o $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(REPLAYS): %_replay: %.o $B/test/fuzz/replay.o $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: fuzzers
fuzzers: $(FUZZERS)

.PHONY: replay
replay: $(REPLAYS) ## run every fuzz target over its corpus
	@tools/run-replays $(REPLAYS)

# Helpers of the tests against a real bitcoin node.
$(NODE_TOOLS): %: %.o $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: node-tools
node-tools: $(NODE_TOOLS)

.PHONY: node-check
node-check: ## watch, till and pages against btcd on regtest
	V=$V test/node/run

# Benches: bench/NAME.c are helpers, bench/NAME.mjs measure.
$(BENCHES): %: %.o $B/libfarthing.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: benches
benches: $(BENCHES) $B/farthing

.PHONY: bench
bench: benches ## measure everything against its peers
	bench/run all
bench-%: benches ## measure one figure group, e.g. bench-http
	bench/run $*

.PHONY: check-source
check-source: ## compile nothing, check the rules that a script can
	tools/check-source

.PHONY: check
check: ## the quick tests: source, units, corpora, wire
	tools/check quick

.PHONY: check-all
check-all: ## the slow ones too: browser, Caddy, Nu checker, clang
	tools/check all

.PHONY: format
format: ## let clang-format lay out the C files
	clang-format -i $$(git ls-files '*.c' '*.h')

.PHONY: clean
clean: ## remove build/
	rm -rf build

.SECONDARY:
-include $(shell find build -name '*.d' 2>/dev/null)
