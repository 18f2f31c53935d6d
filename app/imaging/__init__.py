"""Pixels and headers: what a file is, how it is decoded, and the isolated processes that do it.

Nothing here trusts a file. Decoding runs only in the processes of ``readers``.
"""
