"""The desk's rules: pure functions from values to values, standard library only."""
