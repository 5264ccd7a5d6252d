"""Tenancy: which sellers there are, and how nobody ever sees another one's rows.

Each tenant owns a PostgreSQL schema; the registry (schema `platform`) knows them all. Tables are declared once with
a placeholder schema which the engine replaces with the current tenant's as SQL is sent. What must always be true:
no statement runs without a tenant; a transaction never touches two; a tenant whose schema is behind is refused.
"""

from tenants.tenancy.columns import Id, Moment
from tenants.tenancy.current import CrossTenant, Tenant, TenantNotSet, current_tenant, use_tenant
from tenants.tenancy.engine import DB, PLACEHOLDER
from tenants.tenancy.provisioning import furnish

__all__ = [
    "DB",
    "PLACEHOLDER",
    "CrossTenant",
    "Id",
    "Moment",
    "Tenant",
    "TenantNotSet",
    "current_tenant",
    "furnish",
    "use_tenant",
]
