"""Builds the public register of inspection-rectification disclosures from Markdown."""

__version__ = "0.1.0"
