"""ShotSift finds photographs that show the same picture and helps to keep the best of each."""

__version__ = "0.1.0"
