"""What the operator may do, in the ledger's terms. `internal` does it in the server, `operator` also without one."""
