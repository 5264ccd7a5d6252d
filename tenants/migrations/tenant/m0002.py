from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from tenants.tenancy.engine import DB

ID = "2026-11-21T20:28:22:323214"
VERSION = "1.38.0"
DESCRIPTION = "the ground: indexes"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="", description=DESCRIPTION
    )

    async def run():
        await DB.run_ddl(
            "CREATE INDEX member_birthday ON __tenant__.member (birth_calendar, birth_month, birth_day) WHERE birth_month IS NOT NULL AND state = 'active'"
        )
        await DB.run_ddl(
            'CREATE INDEX member_tags ON __tenant__.member USING gin (tags)'
        )
        await DB.run_ddl(
            'CREATE INDEX consent_event_member ON __tenant__.consent_event (member, at)'
        )
        await DB.run_ddl(
            'CREATE INDEX member_address_member ON __tenant__.member_address (member)'
        )

    manager.add_raw(run)

    return manager
