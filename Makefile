# Everything a developer does. On a fresh Debian machine with Swift, `make demo` and `make test` do it all.

SWIFT ?= swift

.PHONY: demo test build setup format lint bench interchange hostile simulate defects deb vectors fuzz sanitize golden faults torture clean

demo: build
	scripts/demo

test: setup
	scripts/test

build: setup
	scripts/build --product diary

setup:
	@scripts/setup

format:
	$(SWIFT) format -i -r Package.swift Sources Tests

lint: setup
	scripts/lint

bench: setup
	scripts/bench

# A synthetic clinic's figures against a second calculation from its export: PATIENTS (120), SEED (1).
interchange: build
	scripts/interchange

# Every hostile input against real processes, and the table of answers.
hostile: setup
	scripts/hostile

# Random worlds: SEEDS of them from FIRST on, or the one of SEED (with only its STEPS), told.
simulate: setup
	scripts/simulate

# Plants every mistake of Tests/Defects and prints how soon the simulator found it; ONLY=name for one.
defects: setup
	ONLY="$(ONLY)" scripts/defects

# libFuzzer on everything that reads outside bytes, FUZZ_SECONDS (60) a target: docs/fuzzing.md.
fuzz: setup
	scripts/fuzz

# Tests and command under the thread sanitizer, then some under the address sanitizer; see the script.
sanitize: setup
	scripts/sanitize

# Every call to the disk fails in turn, processes are killed at each, and the power goes at every moment.
faults: setup
	scripts/faults

# Real faults on the built processes, at full size, and the table of figures. An hour.
torture: setup
	scripts/torture

# build/diary_VERSION_ARCHITECTURE.deb: a release build, some minutes.
deb: setup
	scripts/deb

# Writes Tests/ConformanceVectors anew; the bytes are the same every time.
vectors: setup
	scripts/build --product diary-vectors
	"$$(scripts/build --show-bin-path)/diary-vectors" Tests/ConformanceVectors

# Writes the next Tests/Golden/store-N: what this version writes, for every later one to open.
golden: setup
	scripts/golden

clean:
	rm -rf build .build .build-asan .build-deb .build-defects .build-fuzz .build-plain .build-simulate .build-tsan
