"""Benchmarks: plain modules, each run as ``python -m tests.benchmarks.NAME [--small] [--json]``."""
