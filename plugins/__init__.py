"""What Errbot loads: thin classes, no rules of their own."""
