"""Agents' replies: sent, noticed, tried again; typed, or chosen with a message's shortcut."""
