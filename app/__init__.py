"""ShotSift finds photographs that show the same picture and helps to keep the best of each."""
