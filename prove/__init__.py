"""Our promises under attack (docs/guarantees.md): nodes of its own, faults by a seed, a checker.

A stranger to the service like load/, whose sockets it uses: it knows docs/protocol.md, docs/scoring.md and the API.
"""
