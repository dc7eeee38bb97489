# `make up` serves the archive, `make test` checks it, `make help` lists the rest.
# The first Python on this machine that is new enough; python3, which then says no, if there is none.
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(firstword $(foreach p,$(CANDIDATES),$(shell $(p) -c $(NEW_ENOUGH) 2>/dev/null && echo $(p))) python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked
WORKERS ?= auto

.PHONY: help up down admin test fmt lock clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

up: $(STAMP)  ## serve the archive on 127.0.0.1:$PORT (8000), preparing whatever is missing
	@exec $(BIN)/python manage.py up

down:  ## stop the site, its worker and the private PostgreSQL, wherever they were started
	@test ! -e $(STAMP) || $(BIN)/python manage.py down

admin: $(STAMP)  ## make an admin account (ADMIN_USER, ADMIN_PASSWORD)
	@$(BIN)/python manage.py make_admin

test: $(STAMP)  ## formatting, types and every test
	@.ci/browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS)

fmt: $(STAMP)  ## format the code and mend what can be mended mechanically
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Hashes must be the public registry's, so no local package folder or mirror may answer.
lock: $(STAMP)  ## compile requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install -q 'pip-tools>=7.5,<8'
	env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND='make lock' \
	  $(BIN)/python -m piptools compile -q --generate-hashes --strip-extras --extra dev \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml

clean: down  ## delete the environment and everything in var/, the database included
	rm -rf $(VENV) var

# pip's warnings about package folders of this machine's own are no news here (-qq); its errors are still said.
$(STAMP): requirements.lock
	@$(PYTHON) -c $(NEW_ENOUGH) 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found="$(PYTHON)（无法运行）"; \
	  echo "文库需要 Python 3.11 或更新的版本，这里只有 $$found；请安装后重试，或指明位置：make up PYTHON=/path/to/python" >&2; \
	  exit 1; }
	@began=$$(date +%s); \
	echo "运行环境：正在按 requirements.lock 安装到 $(VENV)，只此一次……"; \
	{ $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV); } && \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock && \
	touch $@ && printf '运行环境       %6d s  已安装\n' $$(( $$(date +%s) - began ))
