.PHONY: help up test bench lock
help up test bench lock:
	@python3 dev.py $@
