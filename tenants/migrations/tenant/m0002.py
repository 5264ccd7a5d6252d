from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from tenants.tenancy.engine import DB

ID = "2026-11-21T22:19:07:926377"
VERSION = "1.38.0"
DESCRIPTION = "the ground: indexes"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="", description=DESCRIPTION
    )

    async def run():
        await DB.run_ddl(
            'CREATE INDEX staff_session_staff ON __tenant__.staff_session (staff)'
        )
        await DB.run_ddl(
            'CREATE INDEX staff_session_expires ON __tenant__.staff_session (expires_at)'
        )
        await DB.run_ddl(
            'CREATE INDEX audit_row ON __tenant__.audit (subject, row_id, at)'
        )
        await DB.run_ddl(
            "CREATE INDEX member_birthday ON __tenant__.member (birth_calendar, birth_month, birth_day) WHERE birth_month IS NOT NULL AND state = 'active'"
        )
        await DB.run_ddl(
            'CREATE INDEX member_tags ON __tenant__.member USING gin (tags)'
        )
        await DB.run_ddl(
            'CREATE INDEX member_updated ON __tenant__.member (updated_at)'
        )
        await DB.run_ddl(
            'CREATE INDEX member_address_member ON __tenant__.member_address (member)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX member_address_preferred ON __tenant__.member_address (member) WHERE preferred'
        )
        await DB.run_ddl(
            'CREATE INDEX member_attribute_attribute ON __tenant__.member_attribute (attribute)'
        )
        await DB.run_ddl(
            'CREATE INDEX points_entry_member ON __tenant__.points_entry (member, at, id)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX points_entry_reversed ON __tenant__.points_entry (reverses) WHERE reverses IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX points_lot_open ON __tenant__.points_lot (member, expires_at, id) WHERE remaining > 0'
        )
        await DB.run_ddl(
            'CREATE INDEX points_lot_due ON __tenant__.points_lot (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX points_hold_member ON __tenant__.points_hold (member, id)'
        )
        await DB.run_ddl(
            "CREATE INDEX points_hold_due ON __tenant__.points_hold (ends_at, id) WHERE state = 'held'"
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_member ON __tenant__.voucher (member, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_template_member ON __tenant__.voucher (template, member)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_order ON __tenant__.voucher (order_reference) WHERE order_reference IS NOT NULL'
        )
        await DB.run_ddl(
            "CREATE INDEX voucher_valid_until ON __tenant__.voucher (valid_until) WHERE state = 'issued'"
        )
        await DB.run_ddl(
            "CREATE INDEX voucher_reserved_until ON __tenant__.voucher (reserved_until) WHERE state = 'reserved'"
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_event_voucher ON __tenant__.voucher_event (voucher, at)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_event_reservation ON __tenant__.voucher_event (reservation) WHERE reservation IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_holding_member ON __tenant__.voucher_holding (member)'
        )
        await DB.run_ddl(
            'CREATE INDEX reward_grant_member ON __tenant__.reward_grant (member, id)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX reward_grant_voucher_once ON __tenant__.reward_grant (voucher) WHERE voucher IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX reward_grant_template ON __tenant__.reward_grant (voucher_template) WHERE voucher_template IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX shop_order_member ON __tenant__.shop_order (member, id)'
        )
        await DB.run_ddl(
            "CREATE INDEX shop_order_not_completed ON __tenant__.shop_order (state, id) WHERE state <> 'completed'"
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX check_in_plan_one_active ON __tenant__.check_in_plan (active) WHERE active'
        )
        await DB.run_ddl(
            "CREATE INDEX message_ready ON __tenant__.message (not_before) WHERE state = 'ready'"
        )
        await DB.run_ddl(
            "CREATE INDEX message_lease_until ON __tenant__.message (lease_until) WHERE state = 'sending'"
        )
        await DB.run_ddl(
            'CREATE INDEX message_state_id ON __tenant__.message (state, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX message_member_id ON __tenant__.message (member, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX in_app_message_member_id ON __tenant__.in_app_message (member, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX birthday_occurrence_day ON __tenant__.birthday_occurrence (day)'
        )

    manager.add_raw(run)

    return manager
