"""The operations of the contract: verbs on nouns. Each takes the ``Store`` and can be called from anywhere."""
