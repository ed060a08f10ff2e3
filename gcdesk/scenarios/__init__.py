"""Scripted test chats: written once as YAML, run for many customers, and never called passed unless they did."""
