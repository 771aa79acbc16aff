"""What searching costs and finds, beside the peers: `python -m tests.bench.search --help`."""
