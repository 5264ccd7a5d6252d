"""What must always hold of surveys, each count derived anew from what it counts."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "surveys.quotas",
        """
        SELECT q.id, c.taken, c.most, q.most AS meant, p.places FROM __tenant__.survey_quota q
          LEFT JOIN __tenant__.survey_quota_count c ON c.quota = q.id
          LEFT JOIN (SELECT t.quota, count(*) AS places FROM __tenant__.survey_participation p
                      CROSS JOIN LATERAL unnest(p.quotas) AS t(quota) WHERE p.finished GROUP BY t.quota) p
            ON p.quota = q.id
         WHERE c.taken IS DISTINCT FROM coalesce(p.places, 0)::int OR c.most IS DISTINCT FROM q.most
        """,
        Words(
            en="As many places of a quota are taken as participations hold one.",
            zh="配额的已用名额与占用名额的作答一致。",
        ),
    ),
    Check(
        "surveys.participations",
        """
        SELECT r.id, r.state, p.finished FROM __tenant__.survey_response r
          JOIN __tenant__.survey_participation p ON p.id = r.participation
         WHERE p.finished <> (r.state = 'complete') OR p.survey <> r.survey OR p.phase <> r.phase
            OR p.member IS DISTINCT FROM r.member
        UNION ALL
        SELECT p.id, NULL, p.finished FROM __tenant__.survey_participation p
          JOIN __tenant__.survey s ON s.id = p.survey
          LEFT JOIN __tenant__.survey_response r ON r.participation = p.id
          LEFT JOIN __tenant__.member m ON m.id = p.member
         WHERE r.id IS NULL AND NOT s.anonymous AND coalesce(m.state, 'active') <> 'erased'
        """,
        Words(
            en="Each response is of its participation, and is complete when that is finished.",
            zh="每份回答对应一次参与，参与完成时回答也已完成。",
        ),
    ),
    Check(
        "surveys.anonymous",
        """
        SELECT r.id FROM __tenant__.survey_response r JOIN __tenant__.survey s ON s.id = r.survey
         WHERE s.anonymous AND (r.member IS NOT NULL OR r.participation IS NOT NULL OR r.invitation IS NOT NULL
               OR r.started_at IS NOT NULL OR r.updated_at IS NOT NULL OR r.completed_at IS NOT NULL
               OR r.level IS NOT NULL OR r.via IS NOT NULL)
        UNION ALL
        SELECT s.id FROM __tenant__.survey s
          LEFT JOIN (SELECT survey, count(*) AS parts FROM __tenant__.survey_participation WHERE finished
                      GROUP BY survey) p ON p.survey = s.id
          LEFT JOIN (SELECT survey, count(*) AS parts FROM __tenant__.survey_response GROUP BY survey) r
            ON r.survey = s.id
          LEFT JOIN (SELECT survey, count(*) AS parts FROM __tenant__.survey_box GROUP BY survey) b ON b.survey = s.id
         WHERE coalesce(p.parts, 0) <> coalesce(r.parts, 0) + coalesce(b.parts, 0) AND s.anonymous
        UNION ALL
        SELECT b.id FROM __tenant__.survey_box b JOIN __tenant__.survey s ON s.id = b.survey WHERE NOT s.anonymous
        """,
        Words(
            en="An anonymous response leads to nobody, and there are as many as took part.",
            zh="匿名回答无法追溯到个人，且份数与参与次数一致。",
        ),
    ),
    Check(
        "surveys.answers",
        """
        SELECT r.id, r.answers, a.questions FROM __tenant__.survey_response r
          LEFT JOIN (SELECT response, count(DISTINCT question) AS questions FROM __tenant__.survey_answer
                      GROUP BY response) a ON a.response = r.id
         WHERE r.answers <> coalesce(a.questions, 0)
        """,
        Words(en="A response says how many questions it answers.", zh="回答记录的题数与实际作答一致。"),
    ),
    Check(
        "surveys.versions",
        """
        SELECT r.id, r.version FROM __tenant__.survey_response r
          LEFT JOIN __tenant__.survey_version v ON v.survey = r.survey AND v.number = r.version
         WHERE v.frozen IS NOT TRUE
        """,
        Words(en="Every response is to a version that stays as it is.", zh="每份回答都对应已冻结的版本。"),
    ),
    Check(
        "surveys.rewards",
        """
        SELECT g.id, g.once FROM __tenant__.reward_grant g
          LEFT JOIN __tenant__.survey_participation p ON p.finished
               AND g.once = 'survey/' || replace(p.survey::text, '-', '') || '/' || replace(p.id::text, '-', '')
         WHERE g.why = 'survey' AND g.once LIKE 'survey/%' AND p.member IS NULL
        """,
        Words(en="A reward is of somebody who took part.", zh="问卷奖励均发给了参与者本人。"),
    ),
)
