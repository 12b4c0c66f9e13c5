"""Cases: what agents do about them, their notices, and reminders."""
