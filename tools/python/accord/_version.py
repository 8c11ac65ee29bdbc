"""The version of this package: the engine's that it came with."""

__version__ = "0.1.0"
