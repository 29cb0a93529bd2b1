# Build, test and check Needletail. `make` lists the targets; each says a line per step, and everything when one fails.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

LIBRARIES := TensorCore Autograd NNLayers Optimizers Datasets Models Training
PACKAGES := $(LIBRARIES) CommandLineTool
QUIETLY := Tests/Tools/quietly
# Tests see what users see: modules are built once, without `-enable-testing`, for programs and tests alike.
TEST := swift test -c release --no-parallel --disable-xctest --disable-testable-imports
TOOL := swift build -c release --package-path Packages/CommandLineTool --product needletail
TOOL_PATH = $(shell find Packages/CommandLineTool/.build -path '*/release/needletail' -type f)
SEED ?= 1
PORT ?= 8080
KILLS ?= 200
BASE ?= main

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@for p in $(PACKAGES); do printf 'make %-22s The tests of %s, built by its own manifest\n' "test-$$p" "$$p"; done

# The package manager overlooks a file that is new in a package which another reaches by path, and fails on one that is gone.
# Without its plans, which cost a fraction of a second, it looks again.
.PHONY: replan
replan:
	@rm -f Packages/*/.build/*.yaml Integration/.build/*.yaml

.PHONY: build
build: replan ## The needletail program, in release; prints where it is
	@$(QUIETLY) "build needletail (the first time takes minutes)" $(TOOL)
	@find Packages/CommandLineTool/.build -path '*/release/needletail' -type f

.PHONY: train
train: build ## Train LeNet-5 on the built-in handwritten digits, under a minute (SEED=1, ARGUMENTS="--threads 1" …)
	@$(TOOL_PATH) train --model lenet5 --dataset digits --epochs 30 --seed $(SEED) $(ARGUMENTS)

.PHONY: test
test: replan ## Every test once
	@$(QUIETLY) "test the libraries" $(TEST)
	@$(QUIETLY) "test the command-line tool" $(TEST) --package-path Packages/CommandLineTool

.PHONY: $(PACKAGES:%=test-%)
$(PACKAGES:%=test-%): test-%: replan
	@$(QUIETLY) "test $*" $(TEST) --package-path Packages/$*

.PHONY: test-forms
test-forms: ## The tests of TensorCore and Autograd with each kernel form of this machine, with 1 and 2 threads
	@for form in $$(Tests/Tools/kernel-forms); do for threads in 1 2; do \
	  NEEDLETAIL_ISA=$$form NEEDLETAIL_THREADS=$$threads $(QUIETLY) "test form $$form, $$threads threads" \
	    $(TEST) --filter '^(TensorCore|Autograd)Tests\.'; \
	done; done

.PHONY: smoke
smoke: replan ## Short trainings through the public products, under 3 minutes
	@# This program declares one product, and a build looks no deeper for changes.
	@rm -f Integration/.build/*/release/readme.build/*.o
	@$(QUIETLY) "build the integration trainings" swift build -c release --package-path Integration
	@swift run -c release --package-path Integration --skip-build smoke
	@$(QUIETLY) "the program in the README" swift run -c release --package-path Integration --skip-build readme

.PHONY: trainings
trainings: replan ## Trainings with accuracy bars; they take long (DATA=folder of Fashion-MNIST's IDX files)
	@$(QUIETLY) "build the integration trainings" swift build -c release --package-path Integration
	@DATA=$(DATA) swift run -c release --package-path Integration --skip-build trainings

.PHONY: gallery
gallery: replan ## Pictures and figures of all topics of the lectures, a page in .build/gallery (ARGUMENTS="initialization" …)
	@$(QUIETLY) "build the gallery" swift build -c release --package-path Integration --product gallery
	@swift run -c release --package-path Integration --skip-build gallery $(ARGUMENTS)

# Where the peers' Python environment is; Integration/Benchmarks/setup FOLDER makes one.
PEERS ?= $(NEEDLETAIL_PEERS)
RESULTS ?= Integration/Benchmarks/RESULTS.md

.PHONY: bench
bench: ## Speed beside PyTorch, ONNX Runtime and OpenVINO, about an hour (PEERS=their environment, ARGUMENTS="--networks lenet5" …)
	@[ -x "$(PEERS)/bin/python" ] || { echo "make bench needs PEERS=FOLDER or NEEDLETAIL_PEERS, the Python environment with the" \
	  "peers; Integration/Benchmarks/setup FOLDER makes it$(if $(PEERS), ('$(PEERS)/bin/python' is no program))" >&2; exit 64; }
	@$(MAKE) build
	@"$(PEERS)/bin/python" Integration/Benchmarks/compare.py "$(TOOL_PATH)" "$(RESULTS)" $(ARGUMENTS)
	@Tests/Tools/ratios --write

.PHONY: bench-figures
bench-figures: replan ## Matrix products, updates, threads, growth, start: beside peers and roofs (PEERS=…, ARGUMENTS="--parts matrix")
	@[ -x "$(PEERS)/bin/python" ] || { echo "make bench-figures needs PEERS=FOLDER or NEEDLETAIL_PEERS, as make bench does" >&2; exit 64; }
	@$(MAKE) build
	@$(QUIETLY) "build the network that is no catalogue's" swift build -c release --package-path Integration --product variant
	@"$(PEERS)/bin/python" Integration/Benchmarks/figures.py "$(TOOL_PATH)" Integration/Benchmarks/FIGURES.md \
	  --variant "$$(find Integration/.build -path '*/release/variant' -type f)" $(ARGUMENTS)

.PHONY: bench-loader
bench-loader: ## How long LeNet-5's steps wait for images; decoding beside Pillow (PEERS=environment with Pillow)
	@[ -x "$(PEERS)/bin/python" ] || { echo "make bench-loader needs PEERS=FOLDER or NEEDLETAIL_PEERS, an environment with Pillow" >&2; exit 64; }
	@$(MAKE) build
	@"$(PEERS)/bin/python" Integration/Benchmarks/loader.py "$(TOOL_PATH)" Integration/Benchmarks/LOADER.md

.PHONY: bench-operations
bench-operations: ## Speed of operations beside another commit's, alternating; fails where one is slower (BASE=main)
	@Integration/Benchmarks/operations "$(BASE)" $(ARGUMENTS)

.PHONY: soak
soak: build ## Kill a training 200 times at random moments, fill its disk, forbid writing: about ten minutes (KILLS=200, SEED=1)
	@Tests/Soak/run "$(TOOL_PATH)" $(KILLS) $(SEED)

.PHONY: sanitize
sanitize: ## The C kernels and file readers under the address and undefined-behaviour sanitizers
	@Tests/Fuzz/run

.PHONY: sanitize-threads
sanitize-threads: ## Predictions of many tasks at once under the thread sanitizer
	@Tests/Threads/run

.PHONY: format
format: ## Format all Swift sources
	@Tests/Tools/swift-sources -0 | xargs -0 swift format --in-place --parallel

.PHONY: lint
lint: ## Format and style, documentation and its programs and links; kernels compile for x86-64 and arm64 without a warning
	@$(QUIETLY) "format and style" bash -c "Tests/Tools/swift-sources -0 | xargs -0 swift format lint --strict --parallel"
	@$(QUIETLY) "public declarations are documented" Tests/Tools/undocumented
	@$(QUIETLY) "programs in the documentation are those that are built" Tests/Tools/snippets
	@$(QUIETLY) "links lead somewhere" Tests/Tools/links
	@$(QUIETLY) "tables of ratios are those measured last" Tests/Tools/ratios
	@$(QUIETLY) "the lectures' rows: API, test, picture" Tests/Tools/lectures
	@$(QUIETLY) "kernels for x86-64 and arm64" Tests/Tools/compile-kernels

.PHONY: snippets
snippets: ## Copy the programs in the documentation to where `make smoke` builds them
	@Tests/Tools/snippets --write

.PHONY: check-layers
check-layers: replan ## Each package builds alone, imports only what it declares, and both levels of manifest agree
	@Tests/Layering/run

.PHONY: docs
docs: ## Documentation of every product, as a web site in .build/docs
	@Tests/Tools/document $(LIBRARIES)

.PHONY: docs-serve
docs-serve: ## Show that site at http://localhost:8080/documentation (PORT=8080)
	@Tests/Tools/serve .build/docs $(PORT)

.PHONY: clean
clean: ## Remove everything that was built
	@rm -rf .build Packages/*/.build Integration/.build Tests/*/.build
