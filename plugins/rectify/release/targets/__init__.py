"""Places besides the release folder that a release goes to, one kind a file."""
