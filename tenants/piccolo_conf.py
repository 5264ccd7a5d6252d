"""Where Piccolo's own tools find the engine and the tables; only used to write and compile migrations."""

from piccolo.conf.apps import AppRegistry

from tenants.tenancy.engine import DB

APP_REGISTRY = AppRegistry(apps=[])
__all__ = ["APP_REGISTRY", "DB"]
