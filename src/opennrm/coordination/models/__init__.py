"""The tables of the co-ordination, one module for each part."""

from opennrm.coordination.models.history import Change, Permit, Publication
from opennrm.coordination.models.organisations import ContactPoint, RegisterEntry

__all__ = ["Change", "ContactPoint", "Permit", "Publication", "RegisterEntry"]
