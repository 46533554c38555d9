"""What the benchmarks share: cores, processes, rounds, figures, tables, and the service itself as it is really run."""
