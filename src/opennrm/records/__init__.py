"""The record in PostgreSQL: facts, keys, access rows, projections, search; the ports made real."""
