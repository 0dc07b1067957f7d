"""Benchmarks that print ratios, and the generator of the synthetic graphs they run on."""
