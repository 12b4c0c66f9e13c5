"""The door between the two processes: messages, signatures and client of the internal API."""
