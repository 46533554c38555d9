"""The load generator: plays whole rooms against a running service and judges what came of them.

A stranger to the service: it knows docs/protocol.md and the HTTP API, and shares no code with either.
"""
