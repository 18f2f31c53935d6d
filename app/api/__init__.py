"""The local endpoint: IMM's protocol over http on this machine, so that its official SDK works here (extra ``api``).

A request is let in (``signatures``), its paths are looked at (``places``), its operation is done (``endpoint``).
"""
