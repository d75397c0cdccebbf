.DEFAULT_GOAL := help
.PHONY: help demo demo-reset dev test mutants lint format lock bench lighthouse handbook

help: ## visar den här listan
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

demo: ## visar webbplatsen med sitt innehåll på 127.0.0.1 (PORT=8000, DEMO_PASSWORD=, PYTHON=)
	@exec scripts/demo.sh serve

demo-reset: ## raderar det som gjorts i demon och börjar om från början
	@exec scripts/demo.sh reset

dev: ## startar utvecklingsservern på demons innehåll (PORT=8000)
	@exec scripts/demo.sh dev

test: ## provar allt; ARGS= går vidare till pytest, till exempel ARGS="tests/test_x.py -k ord"
	@exec scripts/test.sh $(ARGS)

mutants: ## tar bort en spärr i taget och visar att ett test märker det (ARGS="--machine texts.py")
	@exec scripts/mutants.sh $(ARGS)

lint: ## granskar kod och mallar utan att ändra dem
	@exec scripts/lint.sh check

format: ## rättar kodens och mallarnas form
	@exec scripts/lint.sh fix

lock: ## låser beroendena på nytt (ARGS=--upgrade tar de nyaste)
	@exec scripts/lock.sh $(ARGS)

bench: ## mäter databasfrågor och millisekunder, även i redaktionen, med få och många nyheter (ARGS="10 1000 100000")
	@exec scripts/bench.sh $(ARGS)

lighthouse: ## mäter demon med Lighthouse som mobil (PAGES="/ /nyheter/")
	@exec scripts/lighthouse.sh

handbook: ## tar om bilderna i redaktörshandboken (docs/redaktorshandbok.md)
	@exec scripts/handbook.sh
