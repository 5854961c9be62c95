"""What this machine and the place of publication have and lack; one thing looked at a file."""
