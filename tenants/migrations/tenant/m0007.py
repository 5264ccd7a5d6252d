from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from tenants.tenancy.engine import DB

ID = "2026-11-22T04:14:34:037920"
VERSION = "1.38.0"
DESCRIPTION = "surveys, polls, segments and pictures: indexes"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="", description=DESCRIPTION
    )

    async def run():
        await DB.run_ddl(
            'CREATE INDEX segment_level_level ON __tenant__.segment_level (level)'
        )
        await DB.run_ddl(
            'CREATE UNIQUE INDEX survey_link_key_once ON __tenant__.survey (link_key) WHERE link_key IS NOT NULL'
        )
        await DB.run_ddl(
            "CREATE INDEX survey_open ON __tenant__.survey (id) WHERE state = 'live'"
        )
        await DB.run_ddl(
            'CREATE INDEX survey_invitation_member ON __tenant__.survey_invitation (member, survey)'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_invitation_due ON __tenant__.survey_invitation (opens_at) WHERE told_at IS NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_participation_member ON __tenant__.survey_participation (member, survey)'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_box_of ON __tenant__.survey_box (survey, id)'
        )
        await DB.run_ddl(
            "CREATE INDEX survey_response_left ON __tenant__.survey_response (updated_at) WHERE state = 'partial'"
        )
        await DB.run_ddl(
            'CREATE INDEX survey_response_of ON __tenant__.survey_response (survey, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_response_member ON __tenant__.survey_response (member, id) WHERE member IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_answer_of ON __tenant__.survey_answer (survey, question, part)'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_answer_tokens ON __tenant__.survey_answer USING gin (tokens) WHERE tokens IS NOT NULL'
        )
        await DB.run_ddl(
            'CREATE INDEX survey_effect_member ON __tenant__.survey_effect (member, id)'
        )
        await DB.run_ddl(
            "CREATE INDEX poll_open ON __tenant__.poll (id) WHERE state = 'live'"
        )
        await DB.run_ddl(
            'CREATE INDEX poll_option_of ON __tenant__.poll_option (poll, position, id)'
        )
        await DB.run_ddl(
            'CREATE INDEX poll_tally_of ON __tenant__.poll_tally (poll)'
        )
        await DB.run_ddl(
            'CREATE INDEX poll_ballot_member ON __tenant__.poll_ballot (member, id)'
        )

    manager.add_raw(run)

    return manager
