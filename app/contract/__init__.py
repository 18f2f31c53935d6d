"""The contract's words: what is asked and answered, in IMM's names, sizes and limits.

Inside a name is ``dataset_name``, outside it is ``DatasetName``; nothing here does any work.
"""
