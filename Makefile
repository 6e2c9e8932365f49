# Everything a person does to the project by hand. `make` alone lists it.
# Needed: Go, git, make, bash. Used where they are: a C compiler (race detector), npm, ../shared.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

TOOL = go tool -modfile=tools/go.mod
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 30s
COUNT ?= 6
DAYS ?= 40

OWN_TOOLS = ./later ./skips ./home ./licences ./release ./vippsfacts
# SKIPS reads the events of go test. CLOSING names a file that the closing lines are added to.
SKIPS = go -C tools run ./skips $(if $(CLOSING),-closing $(CLOSING))

# The race detector needs cgo, and cgo a C compiler; the go command sets CGO_ENABLED by what it finds.
RACE = $(shell test "$$(go env CGO_ENABLED)" = 1 && echo -race)

.PHONY: help check quick tidy fmt-check vet vet-windows lint test test-poor test-later fmt golden confirm corpus fuzz fuzz-short bench scaling vuln demo bench-go openapi man build release release-dry home licences clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What starts the command many times, plays whole collections or waits on purpose: make test runs it.
SLOW = /internal/(cli|confirm|planted|vipps|check|verify|listener)$$|/(reporters|script|convert|bench)$$|/tools

quick: ## build, vet, and the tests that are fast, for every day
	@go vet $$(go list ./... | grep -vE '$(SLOW)')
	@go test -short $$(go list ./... | grep -vE '$(SLOW)')

check: ## all that must hold before a change lands: tidy, format, vet, lint, tests
	@$(MAKE) tidy fmt-check vet vet-windows lint
	@$(MAKE) test

tidy:
	go mod tidy -diff

fmt-check:
	@files=$$($(TOOL) gofumpt -l -extra=group_params .); test -z "$$files" || { printf 'not formatted (make fmt):\n%s\n' "$$files"; exit 1; }

vet:
	go vet ./...
	go -C tools vet $(OWN_TOOLS)

vet-windows:
	GOOS=windows go vet ./...

lint: ## run golangci-lint as .golangci.yml says
	$(TOOL) golangci-lint run ./...

test: ## run all tests, with the race detector where there is a C compiler; ends with what was skipped
	@test -n "$(RACE)" || echo 'test: without the race detector (no C compiler)'
	@{ go test -json $(RACE) -timeout 30m -shuffle=on ./...; go -C tools test -json $(OWN_TOOLS); } | $(SKIPS) -run whole

test-poor: ## run all tests without Node, npm, HOME and /tmp, with little room for temporary files, in another time zone
	@.ci/poor | $(SKIPS) -run poor

test-later: ## run all tests with the process's clock DAYS (40) ahead
	@overlay=$$(go -C tools run ./later -days $(DAYS)); go test -json -timeout 30m -overlay "$$overlay" ./... | $(SKIPS) -run later

fmt: ## format all Go files and group their imports
	$(TOOL) golangci-lint fmt ./...
	$(TOOL) gofumpt -w -extra=group_params tools

golden: ## rewrite the golden files; read the diff before you commit it
	go test $$(grep -rlE --include='*_test.go' 'flag\.Bool\("update"' . | xargs -r -n1 dirname | sort -u) -update

confirm: build ## run the same collections with us and with the real newman, and compare
	@.ci/confirm

corpus: build ## run the collections of DIR with us and with the real newman, and print what differs
	@.ci/corpus $(DIR)

fuzz: ## run every fuzz target for FUZZTIME (30s)
	@grep -rlE --include='*_test.go' '^func Fuzz' . | xargs -r -n1 dirname | sort -u | while read -r pkg; do \
		for target in $$(go test -list '^Fuzz' "$$pkg" | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$pkg" || exit 1; \
		done; \
	done

fuzz-short: ## run for 20 s each fuzz target whose package changed since FUZZ_BASE (HEAD~1)
	@.ci/fuzz-short

bench: build ## run the same work through us, a bare Go client and the other runners that are installed; BENCH adds options, such as BENCH=-full
	go run ./bench -posthaste ./posthaste $(BENCH)

scaling: build ## measure how time grows with everything that a user can make long; ONLY names some inputs
	go run ./bench/scaling -posthaste ./posthaste -only '$(ONLY)'

bench-go: ## run the Go benchmarks COUNT (6) times; compares with bench-old.out when that is there
	go test -run '^$$' -bench . -benchmem -count $(COUNT) ./... | tee bench.out
	@$(TOOL) benchstat $$(ls bench-old.out 2>/dev/null) bench.out

openapi: ## check the simulator's answers against Vipps' OpenAPI files; needs ../shared
	go -C tools/openapi test -v ./...

vuln: ## look the dependencies up in Go's vulnerability database (needs a network)
	go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./...

demo: ## run our own collection against the built-in simulator
	go run . demo

man: ## write the man pages into man/
	go run . help --man man

build: ## leave the program in ./posthaste
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o posthaste$$(go env GOEXE) .

release: ## build and pack all platforms into dist/, with checksums and licences
	go -C tools run ./release $(VERSION)

release-dry: ## build a release, and list what it would upload and where; sends nothing
	go -C tools run ./release -dry $(VERSION)

home: ## give the tree a home on the network: make home HOST=github.com OWNER=somebody
	go -C tools run ./home $(HOST) $(OWNER)

licences: ## collect the licence texts again after a dependency changed
	go -C tools run ./licences

clean: ## remove what the targets above leave in the tree
	rm -rf posthaste posthaste.exe dist man posthaste-report bench.out
