"""`make run`: starts the processes, merges their logs and says when everything is ready."""
