"""Migrations of the schemas; see `tenants/tenancy/migrations.py`."""
