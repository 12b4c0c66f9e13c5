"""App users' conversations: their channels from opening to erasing, and what app users write."""
