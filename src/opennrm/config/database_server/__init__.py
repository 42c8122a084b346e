"""The PostgreSQL server: an embedded one by default, or the one that the settings name."""

from opennrm.config.database_server.homes import data_home
from opennrm.config.database_server.refusals import DatabaseRefused
from opennrm.config.database_server.roles import Role
from opennrm.config.database_server.server import Server, Status
from opennrm.config.database_server.start import embedded_cluster, ensure_server

__all__ = [
    "DatabaseRefused",
    "Role",
    "Server",
    "Status",
    "data_home",
    "embedded_cluster",
    "ensure_server",
]
