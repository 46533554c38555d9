"""Measures the real service beside its peers: `make bench`, or `python -m benchmarks NAME`. See docs/performance.md."""
