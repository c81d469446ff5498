# Everything a developer does. On a fresh Debian machine with Swift, `make demo` and `make test` do it all.

SWIFT ?= swift
BIN = .build/debug/diary

.PHONY: demo test build setup format lint bench hostile torture deb vectors clean

demo: build
	scripts/demo

test: setup
	scripts/test

build: setup
	$(SWIFT) build --product diary

setup:
	@scripts/setup

format:
	$(SWIFT) format -i -r Package.swift Sources Tests

lint: setup
	scripts/lint

bench: setup
	scripts/bench

# Every hostile input against real processes, and the table of answers.
hostile: setup
	scripts/hostile

# Real faults on the built processes, at full size, and the table of figures. An hour.
torture: setup
	scripts/torture

# build/diary_VERSION_ARCHITECTURE.deb: a release build, some minutes.
deb: setup
	scripts/deb

# Writes Tests/ConformanceVectors anew; the bytes are the same every time.
vectors: setup
	$(SWIFT) run diary-vectors Tests/ConformanceVectors

clean:
	rm -rf build .build .build-deb
