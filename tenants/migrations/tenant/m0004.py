from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from tenants.tenancy.engine import DB

ID = "2026-11-22T00:58:53:851876"
VERSION = "1.38.0"
DESCRIPTION = "the heart of the product: indexes"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="", description=DESCRIPTION
    )

    async def run():
        await DB.run_ddl(
            'CREATE INDEX member_merged_into ON __tenant__.member (merged_into) WHERE merged_into IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX member_merge_source ON __tenant__.member_merge (source) WHERE undone_at IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX member_import_row_line ON __tenant__.member_import_row (batch, line)'
        )
        await DB.run_ddl(
            'CREATE INDEX member_import_error_line ON __tenant__.member_import_error (batch, line)'
        )
        await DB.run_ddl(
            "CREATE INDEX member_import_running ON __tenant__.member_import (id) WHERE state = 'running'"
        )
        await DB.run_ddl(
            'CREATE INDEX member_merge_target ON __tenant__.member_merge (target, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX member_merge_move_merge ON __tenant__.member_merge_move (merge, moved_table)'
        )
        await DB.run_ddl(
            'CREATE INDEX points_entry_batch ON __tenant__.points_entry (batch) WHERE batch IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX points_entry_recorded ON __tenant__.points_entry USING brin (recorded_at)'
        )
        await DB.run_ddl(
            'CREATE INDEX points_lot_sliding ON __tenant__.points_lot (member) WHERE remaining > 0 AND slides'
        )
        await DB.run_ddl(
            'CREATE INDEX points_lot_entry ON __tenant__.points_lot (entry) WHERE entry IS NOT NULL'
        )
        await DB.run_ddl(
            "CREATE INDEX points_pending_member ON __tenant__.points_pending (member, active_at) WHERE state = 'pending'"
        )
        await DB.run_ddl(
            "CREATE INDEX points_pending_due ON __tenant__.points_pending (active_at) WHERE state = 'pending'"
        )
        await DB.run_ddl(
            "CREATE INDEX points_adjustment_open ON __tenant__.points_adjustment (at) WHERE state = 'proposed'"
        )
        await DB.run_ddl(
            'CREATE INDEX growth_entry_window ON __tenant__.growth_entry (member, kind, day) INCLUDE (amount)'
        )
        await DB.run_ddl(
            'CREATE INDEX level_standing_look ON __tenant__.level_standing (look_on) WHERE look_on IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX level_standing_level ON __tenant__.level_standing (level)'
        )
        await DB.run_ddl(
            'CREATE INDEX level_hold_open ON __tenant__.level_hold (member) WHERE ended IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX level_hold_level ON __tenant__.level_hold (level)'
        )
        await DB.run_ddl(
            'CREATE INDEX level_change_member ON __tenant__.level_change (member, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX level_notice_member ON __tenant__.level_notice (member)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_handed_on ON __tenant__.voucher (handed_on_from) WHERE handed_on_from IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_unsealed ON __tenant__.voucher (id) WHERE code IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_level_level ON __tenant__.voucher_level (level)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_hours_template ON __tenant__.voucher_hours (template)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_refund_order ON __tenant__.voucher_refund (order_reference)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_batch_template ON __tenant__.voucher_batch (template)'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_code_batch ON __tenant__.voucher_code (batch, id)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX voucher_code_voucher ON __tenant__.voucher_code (voucher) WHERE voucher IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX voucher_pool_voucher ON __tenant__.voucher_pool_code (voucher) WHERE voucher IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX voucher_pool_free ON __tenant__.voucher_pool_code (template, id) WHERE voucher IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX level_gift_given_open ON __tenant__.level_gift_given (id) WHERE reward IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX order_line_rule ON __tenant__.order_line (rule) WHERE rule IS NOT NULL'
        )
        await DB.run_ddl(
            "CREATE UNIQUE INDEX check_in_plan_one_start ON __tenant__.check_in_plan (coalesce(starts_on, '-infinity'::date)) WHERE active"
        )
        await DB.run_ddl(
            'CREATE INDEX check_in_term_version ON __tenant__.check_in_term (version)'
        )
        await DB.run_ddl(
            'CREATE INDEX check_in_reward_visit ON __tenant__.check_in_reward (check_in)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX check_in_outage_one ON __tenant__.check_in_outage (day) WHERE withdrawn_at IS NULL'
        )
        await DB.run_ddl(
            "CREATE UNIQUE INDEX profile_activity_one_live ON __tenant__.profile_activity (state) WHERE state = 'live'"
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX profile_answer_witness ON __tenant__.profile_answer (field, witness) WHERE witness IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX profile_answer_activity ON __tenant__.profile_answer (activity)'
        )
        await DB.run_ddl(
            'CREATE INDEX profile_completion_activity ON __tenant__.profile_completion (activity)'
        )
        await DB.run_ddl(
            "CREATE INDEX mall_item_shown ON __tenant__.mall_item (position, id) WHERE state = 'live'"
        )
        await DB.run_ddl(
            'CREATE INDEX mall_item_template_of ON __tenant__.mall_item (voucher_template) WHERE voucher_template IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX mall_redemption_member ON __tenant__.mall_redemption (member, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX mall_redemption_item ON __tenant__.mall_redemption (item, id)'
        )
        await DB.run_ddl(
            "CREATE INDEX mall_redemption_to_ship ON __tenant__.mall_redemption (id) WHERE state = 'to_ship'"
        )
        await DB.run_ddl(
            "CREATE INDEX mall_redemption_due ON __tenant__.mall_redemption (reserved_until) WHERE state = 'reserved'"
        )
        await DB.run_ddl(
            'CREATE INDEX mall_redemption_order ON __tenant__.mall_redemption (order_reference) WHERE order_reference IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX mall_count_member ON __tenant__.mall_count (member)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX webhook_endpoint_url ON __tenant__.webhook_endpoint (url) WHERE removed_at IS NULL'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX webhook_endpoint_slot_once ON __tenant__.webhook_endpoint (slot) WHERE removed_at IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX webhook_event_at ON __tenant__.webhook_event (at)'
        )
        await DB.run_ddl(
            'CREATE INDEX webhook_event_member ON __tenant__.webhook_event (member) WHERE member IS NOT NULL'
        )
        await DB.run_ddl(
            "CREATE INDEX webhook_delivery_ready ON __tenant__.webhook_delivery (endpoint, not_before) WHERE state = 'ready'"
        )
        await DB.run_ddl(
            "CREATE INDEX webhook_delivery_held ON __tenant__.webhook_delivery (endpoint, lease_until) WHERE state = 'sending'"
        )
        await DB.run_ddl(
            'CREATE INDEX webhook_delivery_state_id ON __tenant__.webhook_delivery (state, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX webhook_delivery_endpoint_id ON __tenant__.webhook_delivery (endpoint, id)'
        )

    manager.add_raw(run)

    return manager
