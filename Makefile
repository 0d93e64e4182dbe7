# `make` lists the verbs. Every path here is relative, so that the folder may have any name, also one with spaces.
# What a verb needs is set up first; a second run finds the stamps under .venv, gateway/web and .cache and goes on at once.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PY := .venv/bin/python
CODE := chassis cli gateway proof services simulator tools tests
LOCAL := .venv/stamps/local
DEV := .venv/stamps/dev
BUILD := .venv/stamps/build
PROTO_DEPS := .cache/googleapis/stamp
PROTOS := $(shell find protos -name '*.proto')
NODE_MODULES := gateway/web/node_modules/.stamp
WEB_SOURCES := $(shell find gateway/web -type f \
  -not -path '*/node_modules/*' -not -path 'gateway/web/src/gen/*' -not -path 'gateway/web/dist/*' 2>/dev/null)
WEB_MESSAGES := gateway/web/src/gen/.stamp
WITH_NODE := bash tools/setup/node.sh && PATH="$$PWD/.venv/bin:$$PATH"

.PHONY: FORCE
FORCE:

##@ Start here

.PHONY: help
help: ## List the verbs by group
	@awk 'BEGIN {FS = ":.*## "; print "make VERB"} \
	  /^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z0-9-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: $(DEV) $(PROTO_DEPS) $(NODE_MODULES) ## Environment and tools; the other verbs call it for what they need

.PHONY: run
run: $(LOCAL) gateway/static/index.html ## Database, bus, processes and a live demo floor; DEMO=0 starts empty, ARGS= goes to `muster up`
	@exec .venv/bin/muster up $(if $(filter 0,$(DEMO)),--no-demo,--demo) $(ARGS)

##@ Test

.PHONY: check
check: fmt-check lint types imports protos gen-check unused supply web-check k8s-check test-unit ## All fast checks, fastest first, and the unit tests

.PHONY: test
test: $(DEV) gateway/static/index.html ## Every test, with a table of times; T=path for one file or folder
	@$(PY) -m tools.testrun $(if $(T),--path "$(T)")

.PHONY: test-unit test-component test-system test-fault test-web
test-unit: $(DEV) ## Domain and use cases on fakes, and the wire forms: seconds
	@$(PY) -m tools.testrun unit contract
test-component: $(DEV) ## One process with real PostgreSQL and NATS
	@$(PY) -m tools.testrun component
test-system: $(DEV) gateway/static/index.html ## The whole process tree through the gateway
	@$(PY) -m tools.testrun system
test-fault: $(DEV) gateway/static/index.html ## One file a failure: what dies, what must not be lost
	@$(PY) -m tools.testrun fault
test-web: $(DEV) gateway/static/index.html ## The board in a real browser
	@$(PY) -m tools.testrun web

.PHONY: ci
ci: ## Exactly what CI runs: check, then test
	@bash .ci/run

.PHONY: bench
bench: $(DEV) ## Figures beside their floors, measured in one run, kept in .build/bench.json; ARGS=ingest runs one
	@$(PY) -m tools.bench $(ARGS)

##@ Checks one by one

.PHONY: fmt fmt-check lint types imports protos gen-check unused supply web-check
fmt: $(DEV) $(PROTO_DEPS) ## Format Python and protos
	@.venv/bin/ruff format --quiet $(CODE)
	@.venv/bin/buf format --write protos
fmt-check: $(DEV)
	@.venv/bin/ruff format --check --quiet $(CODE)
lint: $(DEV) ## Lint Python
	@.venv/bin/ruff check --quiet $(CODE)
types: $(DEV) ## Check types, strictly
	@.venv/bin/mypy $(CODE)
imports: $(DEV) ## Hold the layers: who may import whom
	@.venv/bin/lint-imports --no-logo
protos: $(DEV) $(PROTO_DEPS) ## Format, lint and compatibility of the contracts
	@.venv/bin/buf format --diff --exit-code protos
	@.venv/bin/buf lint protos
	@.venv/bin/buf breaking protos --against protos/released.binpb
gen-check: $(DEV) ## Are the stubs and reference pages fresh?
	@$(PY) -m tools.gen --check
unused: $(DEV) ## Find code and dependencies that nothing uses
	@.venv/bin/vulture
	@.venv/bin/deptry .
supply: $(DEV) ## Licences of what is shipped; no addresses in lock files
	@$(PY) -m tools.supply
web-check: $(WEB_MESSAGES) ## Types and unit tests of the web app
	@$(WITH_NODE) npm --prefix gateway/web run --silent check
	@$(WITH_NODE) npm --prefix gateway/web run --silent test

##@ Make

.PHONY: gen web migration release lock licences
gen: $(DEV) ## Stubs and reference pages from protos, settings and metrics
	@$(PY) -m tools.gen
web: gateway/static/index.html ## Build the board
migration: $(DEV) ## New migration file: S=presence M=pre_add_x
	@$(PY) -m tools.migration "$(S)" "$(M)"
lock: $(DEV) ## Pin dependencies anew; UPGRADE=1 takes newer versions
	@UPGRADE=$(UPGRADE) bash tools/setup/lock.sh
licences: $(DEV) ## List the licences of what is shipped
	@$(PY) -m tools.supply --list
release: $(DEV) $(PROTO_DEPS) ## Version, changelog and the image that breaking checks compare with: V=0.2.0
	@$(PY) -m tools.release "$(V)"

##@ Deliver

.PHONY: image k8s-render k8s-check k8s-secrets
image: ## Build the one image, with docker, podman or buildah; BASE=image TAG=name
	@bash tools/image/build.sh
k8s-render: $(DEV) ## Render every overlay into .build/k8s
	@$(PY) -m tools.k8s render
k8s-check: $(DEV) ## Schemas, probes, limits, non-root, policies of every overlay
	@$(PY) -m tools.k8s check
k8s-secrets: $(DEV) ## New keys and passwords of a demo cluster, as manifests for kubectl
	@$(PY) -m tools.k8s secrets

# What the verbs need

.venv/place: FORCE
	@bash tools/setup/venv.sh
$(BUILD): .venv/place requirements-build.lock
	@bash tools/setup/packages.sh requirements-build.lock
	@touch $@
$(LOCAL): $(BUILD) requirements-local.lock pyproject.toml
	@bash tools/setup/packages.sh requirements-local.lock --project
	@touch $@
$(DEV): $(BUILD) requirements-dev.lock pyproject.toml
	@bash tools/setup/packages.sh requirements-dev.lock --project
	@touch $@

$(PROTO_DEPS): $(BUILD) tools/setup/googleapis.sh
	@bash tools/setup/googleapis.sh
	@touch $@

$(NODE_MODULES): $(BUILD) gateway/web/package.json gateway/web/package-lock.json
	@echo "setup: packages of gateway/web/package-lock.json" >&2
	@$(WITH_NODE) npm --prefix gateway/web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB_MESSAGES): $(PROTO_DEPS) $(PROTOS) $(NODE_MODULES) gateway/web/buf.gen.yaml
	@$(WITH_NODE) npm --prefix gateway/web run --silent gen
	@touch $@

gateway/static/index.html: $(WEB_MESSAGES) $(WEB_SOURCES)
	@echo "setup: web app" >&2
	@$(WITH_NODE) npm --prefix gateway/web run --silent build -- --logLevel warn
	@touch $@
