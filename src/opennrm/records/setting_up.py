"""Brings a database to the form this version needs: migrations, reference data, grants."""

from django.core.management import call_command
from django.db import connections

from opennrm.records.reference_data import keep_reference_data

# Tables of Django and allauth that hold no case: the application writes them itself.
WRITTEN_BY_PAGES = (
    "django_session",
    "cache_entry",
    "account_emailaddress",
    "mfa_authenticator",
)
READ_BY_PAGES = (
    "accounts_organisation",
    "accounts_agreement",
    "accounts_account",
    "accounts_membership",
    "accounts_trainingtag",
    "accounts_servicetaken",
    "django_content_type",
)


def set_up_database() -> None:
    """Migrate as the owner, keep the reference data, and grant the pages what they need."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    keep_reference_data()
    with connections["owner"].cursor() as cursor:
        for table in READ_BY_PAGES:
            cursor.execute(f"GRANT SELECT ON {table} TO opennrm_app, opennrm_recorder")
        for table in WRITTEN_BY_PAGES:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO opennrm_app")
        cursor.execute("GRANT UPDATE (last_login) ON accounts_account TO opennrm_app")
    connections["owner"].close()


def is_set_up() -> bool:
    """Tell whether the database has the record in it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('nrm.fact') IS NOT NULL")
        row = cursor.fetchone()
    return bool(row and row[0])
