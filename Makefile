# Everything starts here: `make` alone lists what there is. The lines of that list are the comments after ## and ##@.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# Node 24 and the tools come from npm; a relative path would not survive a `cd`.
export PATH := $(CURDIR)/node_modules/node/bin:$(CURDIR)/node_modules/.bin:$(PATH)

PRESETS := single-master multi-master master-slave-async master-slave-sync dledger dledger-2x3 controller
HOTFIRE := ./hotfire
NPM     := scripts/setup/npm.sh
ENGINE  := scripts/setup/engine.sh
BASE    := scripts/setup/base-image.sh
WITH    := scripts/setup/with-engine.sh
BROWSER := scripts/setup/chromium.sh
REPORTS := .hotfire/tests

# Options count from the command line only: WSL, for one, has a NAME of its own in every environment.
given = $(if $(filter command,$(firstword $(origin $1))),$(if $(filter-out 0 no false,$($1)),$2))
json        := $(call given,JSON,--json)
name_option := $(call given,NAME,--name '$(NAME)')
name        := $(call given,NAME,'$(NAME)')
up_options  := $(name_option) $(call given,PORT_OFFSET,--port-offset '$(PORT_OFFSET)') $(call given,PROXY,--proxy) $(json)

vitest = vitest run --project $1 --reporter=default --reporter=json --outputFile.json=$(REPORTS)/$1.json

# A file's first comment says its tier and why. TIER=all, or FILTER, runs the full one too; JUnit has a tag for it.
TIER  := $(if $(call given,FILTER,1),all,quick)
tier  = $(if $(filter quick,$(TIER)),--tags-filter '!full' $(shell grep -rl '@module-tag quick' test-e2e --include='*.e2e.test.ts'))

.PHONY: help
help: ## this list
	@awk -v tty="$$([ -t 1 ] && [ -z "$$NO_COLOR" ] && echo 1)" -f scripts/help.awk $(firstword $(MAKEFILE_LIST))

##@ A running cluster, verified
cluster-single-master:      ## one master: for development; when it is down, so are its queues
cluster-multi-master:       ## two masters: the other one keeps taking writes
cluster-master-slave-async: ## two masters, a slave each: reads survive, the newest messages may not
cluster-master-slave-sync:  ## two masters, a slave each: acknowledged means on both
cluster-dledger:            ## one Raft group of three brokers: a new leader by itself
cluster-dledger-2x3:        ## two Raft groups of three brokers
cluster-controller:         ## three brokers and three controllers: the master is switched
down:                       ## take it down, with its data (NAME=, or ALL=1)
status:                     ## roles, addresses and replication, as they are (NAME=)

clusters := $(addprefix cluster-,$(PRESETS))
.PHONY: $(clusters) down status
$(clusters): cluster-%: ready
	@$(HOTFIRE) up $* $(up_options)

down: packages
	@$(HOTFIRE) down $(name) $(call given,ALL,--all) $(json)

status: packages
	@$(HOTFIRE) status $(name) $(json)

##@ Drills
.PHONY: drills drill-matrix chaos heal
drill-NAME:   ## break a cluster under load and judge it: make drill-writer-kill (ON=, SEED=, LIMIT=)
drills:       ## the drills that matter most, one after another
drill-matrix: ## every drill on every mode, and the failover table (MODES=, DRILLS=, FAILOVER=)
chaos:        ## random faults, one after another (FOR=5m, ON=, SEED=, LIMIT=)
heal:         ## repair what faults left behind (NAME=, or ALL=1)

drill_options := $(call given,SEED,--seed '$(SEED)') $(call given,LIMIT,--limit '$(LIMIT)') $(json)
on            := $(call given,ON,--on '$(ON)')

# Each with the preset that it runs on: what every mode promises, and what is claimed most often.
CORE_DRILLS := writer-stop:single-master writer-kill:multi-master writer-stop:master-slave-async \
  disk-destroyed-async:master-slave-async disk-destroyed-sync:master-slave-sync namesrvs-down:master-slave-async \
  writer-kill:dledger writer-pause:dledger writer-cut-from-peers:dledger quorum-lost:dledger writer-kill:controller

drill-%: ready
	@$(HOTFIRE) drill run '$*' $(on) $(drill_options)

drills: ready
	@worst=0; for drill in $(CORE_DRILLS); do \
	  $(HOTFIRE) drill run $${drill%:*} --on $${drill#*:} $(drill_options); code=$$?; \
	  [ $$code -ne 130 ] || exit $$code; [ $$code -le $$worst ] || worst=$$code; \
	done; exit $$worst

drill-matrix: ready
	@$(HOTFIRE) drill matrix $(call given,MODES,--modes '$(MODES)') $(call given,FAILOVER,--failover '$(FAILOVER)') $(call given,DRILLS,--drills '$(DRILLS)') \
	  $(call given,SEED,--seed '$(SEED)') $(call given,TABLE,--table '$(TABLE)') $(json)

chaos: ready
	@$(HOTFIRE) chaos $(call given,FOR,--for '$(FOR)') $(on) $(drill_options)

heal: packages
	@$(HOTFIRE) heal $(name) $(call given,ALL,--all) $(json)

##@ The proof
.PHONY: test test-all lint test-unit test-mutations test-java test-simulation simulate test-e2e flaky bench bench-failover
test: lint test-unit test-java test-simulation test-e2e ## every promise once, the fast parts first: half an hour

test-all: images ## every test there is, hours; goes on where it was cut off (docs/results/test-all.md)
	@$(BROWSER)
	@$(WITH) node scripts/tests/all.ts

lint: packages ## Biome and the type checker
	@biome check --error-on-warnings .
	@tsc --noEmit
	@tsc --noEmit --project packages/console/web

test-unit: packages ## unit tests, no Docker (FILTER=path)
	@mkdir -p $(REPORTS)
	@$(call vitest,unit) $(call given,FILTER,$(FILTER))

test-mutations: packages ## every history that was changed on purpose, each with the verdict that it must bring
	@HOTFIRE_ALL_MUTATIONS=1 vitest run --project unit packages/judge/src/mutations

test-java: ready ## the launcher's tests: real stores and controllers on loopback, in the image's build stages
	@$(WITH) node scripts/ci/test-java.ts $(REPORTS)/java $(TIER)

# LOCAL=1 takes the JDK on PATH (21 or later) instead of the image's, after scripts/setup/jars.sh.
simulation := $(WITH) node scripts/simulation/simulate.ts $(call given,LOCAL,--local)

test-simulation: ready ## DLedger and the launcher in virtual time: 1,000 schedules of faults, and every planted mutant found (LOCAL=1)
	@$(simulation) --test --workers 2 --report $(REPORTS)/simulation.json

simulate: ready ## the same for longer, or one seed told (FOR=1h, SEED=, MEMBERS=, PROFILE=, FAULTS=, MUTANT=, WORKERS=, LOCAL=1, HELP=1)
	@$(simulation) $(call given,HELP,--help) $(call given,FOR,--for '$(FOR)') $(call given,SEED,--seed '$(SEED)') $(call given,MEMBERS,--members '$(MEMBERS)') \
	  $(call given,PROFILE,--profile '$(PROFILE)') $(call given,FAULTS,--faults '$(FAULTS)') $(call given,MUTANT,--mutant '$(MUTANT)') $(call given,WORKERS,--workers '$(WORKERS)')

test-e2e: images ## every mode on real containers, with official clients and a browser (FILTER=path, TIER=all)
	@mkdir -p $(REPORTS)
	@$(BROWSER)
	@$(WITH) $(call vitest,e2e) --reporter=./scripts/tests/record-files.ts $(call given,FILTER,$(FILTER)) $(tier); \
	  code=$$?; node scripts/tests/minutes.ts; exit $$code

flaky: images ## one file of end-to-end tests again and again (FILE=test-e2e/…, TIMES=20)
	@$(BROWSER)
	@$(WITH) node scripts/tests/flaky.ts '$(FILE)' $(call given,TIMES,'$(TIMES)')

bench: ready ## start-up, memory, latency and throughput, measured here
	@$(WITH) node bench/main.ts

bench-failover: ready ## how long writes stop, stock beside the failover profiles (FAULTS=20, PROFILES=, KINDS=, MODE=)
	@FAULTS='$(FAULTS)' PROFILES='$(PROFILES)' KINDS='$(KINDS)' MODE='$(MODE)' $(WITH) node bench/failover/main.ts

##@ What it is made of
.PHONY: setup images render pictures format
setup: packages ## npm packages, Docker Engine and base image, where they are missing (YES=1: do not ask)
	@$(WITH) $(ENGINE)
	@$(WITH) $(BASE)

images: ready ## the images of the name server and the broker
	@$(HOTFIRE) images $(json)

pictures: images ## the pictures of README and docs again, of a cluster whose leader is killed
	@$(BROWSER)
	@$(WITH) node scripts/pictures.ts

render: packages ## the checked-in Compose files, again from their presets
	@node scripts/render.ts

format: packages ## Biome's fixes and layout, applied
	@biome check --write .

##@ Cleaning up
.PHONY: clean clean-images
clean: ## npm packages and reports of this checkout
	rm -rf node_modules .hotfire coverage

clean-images: ## the images that were built or made here (clusters must be down)
	@scripts/setup/clean-images.sh

# As `setup`, but silent where nothing is missing.
.PHONY: packages ready
packages:
	@$(NPM)

ready: packages
	@SETUP_QUIET=1 $(WITH) $(ENGINE)
	@SETUP_QUIET=1 $(WITH) $(BASE)
