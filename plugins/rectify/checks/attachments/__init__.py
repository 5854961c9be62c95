"""Attached files: what they carry beside what they show, one format a file."""
