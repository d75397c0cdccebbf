"""The conftest.py of a copy that is tried with mutants: its tables are made once, not each time."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import setup_databases


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    kept = Path(os.environ["MUTANTS_DATABASE"])
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and kept.exists():
            connection.settings_dict["NAME"] = ":memory:"
            connection.ensure_connection()
            connection.connection.deserialize(kept.read_bytes())
            return
        setup_databases(verbosity=0, interactive=False)
        if connection.vendor == "sqlite":
            kept.write_bytes(connection.connection.serialize())
