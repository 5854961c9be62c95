"""The desk: a local page on which a clerk keeps the register, on the same files and by the same rules as the commands."""
