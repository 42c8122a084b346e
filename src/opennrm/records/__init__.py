"""The record in PostgreSQL: facts, keys, access rows, projections, search; ports made real.

Import names from the modules: `desk.at_work`, `sessions`, `queries`, `reference.reference`.
"""
