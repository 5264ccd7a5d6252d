ALTER TABLE __tenant__.check_in DROP CONSTRAINT check_in_streak;
ALTER TABLE __tenant__.check_in_plan DROP CONSTRAINT check_in_plan_cycle;
ALTER TABLE __tenant__.member DROP CONSTRAINT member_state;
ALTER TABLE __tenant__.order_event DROP CONSTRAINT order_event_amount_told;
ALTER TABLE __tenant__.order_event DROP CONSTRAINT order_event_kind;
ALTER TABLE __tenant__.order_policy DROP CONSTRAINT order_policy_award_on;
ALTER TABLE __tenant__.points_entry DROP CONSTRAINT points_entry_reverses;
ALTER TABLE __tenant__.points_take_back DROP CONSTRAINT points_take_back_taken;
ALTER TABLE __tenant__.reward_grant DROP CONSTRAINT reward_grant_something;
ALTER TABLE __tenant__.shop_order DROP CONSTRAINT shop_order_award_on;
ALTER TABLE __tenant__.shop_order DROP CONSTRAINT shop_order_state;
ALTER TABLE __tenant__.voucher DROP CONSTRAINT voucher_discount;
ALTER TABLE __tenant__.voucher_event DROP CONSTRAINT voucher_event_kind;
ALTER TABLE __tenant__.voucher_template DROP CONSTRAINT voucher_template_amount_max;
ALTER TABLE __tenant__.voucher_template DROP CONSTRAINT voucher_template_kind;
DROP INDEX __tenant__.check_in_plan_one_active;
ALTER TABLE __tenant__.voucher ALTER COLUMN code SET DEFAULT NULL;
UPDATE __tenant__.points_entry SET recorded_at = at WHERE recorded_at IS NULL;
UPDATE __tenant__.points_policy SET expiry = 'rolling' WHERE validity_days IS NOT NULL AND expiry = 'never';
INSERT INTO __tenant__.level_policy (id, active, basis, period, period_days, term, term_months, grace_days, downgrade,
       first_notice_days, second_notice_days, recount_after, recount_lower, updated_at)
VALUES (1, false, 'spend', 'rolling', 365, 'months', 12, 0, 'to_due', 30, 7, NULL, false, now())
ON CONFLICT (id) DO NOTHING;
INSERT INTO __tenant__.level (id, rank, name_en, name_zh, threshold, multiplier, free_shipping, benefits_en, benefits_zh,
       color, icon, active, created_at, updated_at)
SELECT gen_random_uuid(), l.rank, l.name_en, l.name_zh, l.threshold, l.multiplier, false, '', '', l.color, l.icon, true,
       now(), now()
  FROM (VALUES (1::smallint, 'Member', '普通会员', 0::numeric, 1.00::numeric, '#8c8c8c', 'leaf'),
               (2::smallint, 'Silver', '银卡会员', 1000, 1.10, '#90a4ae', 'medal'),
               (3::smallint, 'Gold', '金卡会员', 5000, 1.20, '#c9a227', 'star'),
               (4::smallint, 'Platinum', '铂金会员', 20000, 1.50, '#5c6bc0', 'crown'))
       AS l(rank, name_en, name_zh, threshold, multiplier, color, icon)
 WHERE NOT EXISTS (SELECT 1 FROM __tenant__.level);
INSERT INTO __tenant__.voucher_policy (id, hold_seconds, hold_seconds_max, agent_daily_max, updated_at)
SELECT 1, 900, 86400, 100, min(created_at) FROM (SELECT created_at FROM __tenant__.voucher_template
    UNION ALL SELECT timestamptz '2026-11-21 00:00:00Z') AS t HAVING count(*) > 0
ON CONFLICT (id) DO NOTHING;
UPDATE __tenant__.voucher SET goods_amount = order_amount WHERE order_amount IS NOT NULL AND goods_amount IS NULL;
INSERT INTO __tenant__.voucher_checkout (reference, order_amount, shipping_amount, refunded, at)
SELECT order_reference, max(order_amount), max(shipping_amount), 0, min(issued_at)
  FROM __tenant__.voucher WHERE order_reference IS NOT NULL GROUP BY order_reference
ON CONFLICT (reference) DO NOTHING;
UPDATE __tenant__.voucher_stock s
   SET used = n.used, spent = n.spent, promised = n.promised
  FROM (SELECT v.template, count(*) FILTER (WHERE v.state = 'used') AS used,
               coalesce(sum(v.discount) FILTER (WHERE v.state = 'used'), 0) AS spent,
               coalesce(sum(coalesce(t.amount, t.amount_max, 0)) FILTER (WHERE v.state IN ('issued', 'reserved')), 0)
                   AS promised
          FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template
         GROUP BY v.template) AS n
 WHERE n.template = s.template;
UPDATE __tenant__.shop_order SET points_due = points_given - points_short, cap_asked = points_given - points_short,
       cap_got = points_given - points_short;
INSERT INTO __tenant__.buyer_totals (member, orders, purchases, spend, first_at, last_at, updated_at)
SELECT member, count(*), count(*) FILTER (WHERE purchase), coalesce(sum(amount - refunded) FILTER (WHERE purchase), 0),
       min(placed_at) FILTER (WHERE purchase), max(placed_at) FILTER (WHERE purchase), max(updated_at)
  FROM (SELECT *, state NOT IN ('cancelled', 'refunded') AS purchase FROM __tenant__.shop_order) o GROUP BY member;
INSERT INTO __tenant__.shop_totals (slot, orders, purchases, spend, buyers, returned, gaps, between_seconds)
SELECT get_byte(uuid_send(member), 15) & 15, sum(orders), sum(purchases), sum(spend), count(*) FILTER (WHERE purchases > 0),
       count(*) FILTER (WHERE purchases > 1), sum(greatest(purchases - 1, 0)),
       coalesce(sum(extract(epoch FROM last_at - first_at)), 0)
  FROM __tenant__.buyer_totals GROUP BY 1;
INSERT INTO __tenant__.purchase_count (id, slot, purchases, members)
SELECT md5('purchase_count' || (get_byte(uuid_send(member), 15) & 15)::text || '/' || purchases::text)::uuid,
       get_byte(uuid_send(member), 15) & 15, purchases, count(*)
  FROM __tenant__.buyer_totals WHERE purchases > 0 GROUP BY 2, 3;
UPDATE __tenant__.check_in c SET counted = streak, nth = n.nth FROM (
    SELECT id, row_number() OVER (PARTITION BY member ORDER BY day) AS nth FROM __tenant__.check_in) n WHERE n.id = c.id;
INSERT INTO __tenant__.check_in_version (id, plan, number, from_day, base, increment, increment_days, cycle, cycle_days,
       milestones, specials, levels, first, make_up_days, make_up_price, make_up_step, make_up_per_cycle,
       make_up_per_month, make_up_base, make_up_milestones, made_by, at)
SELECT md5(p.id::text || 'version 1')::uuid, p.id, 1, '2000-01-01', p.base, p.increment, p.increment_days, p.cycle,
       CASE p.cycle WHEN 'days7' THEN 7 WHEN 'days30' THEN 30 END,
       EXISTS (SELECT 1 FROM __tenant__.check_in_milestone m WHERE m.plan = p.id), false, false, false,
       0, 0, 0, 0, 0, true, true, 'migration', p.updated_at
  FROM __tenant__.check_in_plan p
 WHERE (p.active OR EXISTS (SELECT 1 FROM __tenant__.check_in c WHERE c.plan = p.id))
   AND NOT EXISTS (SELECT 1 FROM __tenant__.check_in_version v WHERE v.plan = p.id);
INSERT INTO __tenant__.check_in_term (id, version, kind, place, slot, repeats, name_en, name_zh, multiplier, points, growth,
       voucher_template)
SELECT md5(m.id::text || 'version 1')::uuid, v.id, 'milestone', m.day, 1, true, '', '', 1, m.points, 0, m.voucher_template
  FROM __tenant__.check_in_milestone m
  JOIN __tenant__.check_in_version v ON v.plan = m.plan AND v.number = 1 AND v.made_by = 'migration';
UPDATE __tenant__.check_in c SET version = v.id
  FROM __tenant__.check_in_version v
 WHERE v.plan = c.plan AND v.number = 1 AND v.made_by = 'migration' AND c.version IS NULL
   AND c.points = v.base + v.increment * (least(c.position, v.increment_days) - 1)
   AND c.position = CASE WHEN v.cycle_days IS NOT NULL THEN (c.streak - 1) % v.cycle_days + 1
                         WHEN v.cycle = 'month' THEN least(c.streak, extract(day FROM c.day)::int) ELSE c.streak END
   AND EXISTS (SELECT 1 FROM (
       SELECT coalesce(max(m.points), 0)::bigint AS points, (array_agg(m.voucher_template))[1] AS voucher
         FROM __tenant__.check_in_term m WHERE m.version = v.id AND m.place = c.position) m
        WHERE m.points = c.milestone_points AND m.voucher IS NOT DISTINCT FROM c.milestone_voucher);
INSERT INTO __tenant__.check_in_reward (id, check_in, member, term, occasion, points, growth, voucher_template)
SELECT md5(c.id::text || 'milestone')::uuid, c.id, c.member, t.id, c.day || '/milestone/' || c.position || '/1',
       c.milestone_points, 0, c.milestone_voucher
  FROM __tenant__.check_in c
  LEFT JOIN __tenant__.check_in_term t ON t.version = c.version AND t.kind = 'milestone' AND t.place = c.position
 WHERE c.milestone_points > 0 OR c.milestone_voucher IS NOT NULL
    ON CONFLICT DO NOTHING;
INSERT INTO __tenant__.check_in_standing (member, day, kept_from, visit, at, streak, total)
SELECT DISTINCT ON (c.member) c.member, c.day, c.day - 1, c.id, c.at, c.streak, count(*) OVER (PARTITION BY c.member)::int
  FROM __tenant__.check_in c ORDER BY c.member, c.day DESC
    ON CONFLICT DO NOTHING;
ALTER TABLE __tenant__.check_in ADD CONSTRAINT check_in_streak CHECK (streak >= 1 AND position BETWEEN 1 AND counted);
ALTER TABLE __tenant__.check_in_plan ADD CONSTRAINT check_in_plan_cycle CHECK (cycle IN ('endless', 'days7', 'days30', 'month', 'days'));
ALTER TABLE __tenant__.member ADD CONSTRAINT member_state CHECK (state IN ('active', 'blocked', 'merged', 'erased'));
ALTER TABLE __tenant__.order_event ADD CONSTRAINT order_event_amount_told CHECK (amount IS NOT NULL OR kind NOT IN ('paid', 'refunded'));
ALTER TABLE __tenant__.order_event ADD CONSTRAINT order_event_kind CHECK (kind IN ('paid', 'shipped', 'delivered', 'completed', 'cancelled', 'refunded'));
ALTER TABLE __tenant__.order_policy ADD CONSTRAINT order_policy_award_on CHECK (award_on IN ('paid', 'delivered', 'completed'));
ALTER TABLE __tenant__.points_entry ADD CONSTRAINT points_entry_reverses CHECK ((reverses IS NOT NULL) = (why IN ('reversed', 'expiry_undone')));
ALTER TABLE __tenant__.points_take_back ADD CONSTRAINT points_take_back_taken CHECK (taken >= 0 AND pending >= 0 AND debt >= 0 AND taken + pending + debt <= wanted);
ALTER TABLE __tenant__.reward_grant ADD CONSTRAINT reward_grant_something CHECK (points > 0 OR points_refused > 0 OR growth > 0 OR voucher_template IS NOT NULL);
ALTER TABLE __tenant__.shop_order ADD CONSTRAINT shop_order_award_on CHECK (award_on IN ('paid', 'delivered', 'completed'));
ALTER TABLE __tenant__.shop_order ADD CONSTRAINT shop_order_state CHECK (state IN ('paid', 'shipped', 'delivered', 'completed', 'cancelled', 'refunded'));
ALTER TABLE __tenant__.voucher ADD CONSTRAINT voucher_discount CHECK (discount IS NULL OR discount >= 0);
ALTER TABLE __tenant__.voucher_event ADD CONSTRAINT voucher_event_kind CHECK (kind IN ('issued', 'reserved', 'released', 'used', 'returned', 'expired', 'revoked', 'refunded', 'extended', 'handed_on', 'moved'));
ALTER TABLE __tenant__.voucher_template ADD CONSTRAINT voucher_template_amount_max CHECK (amount_max IS NULL OR (kind IN ('percent', 'free_shipping') AND amount_max > 0));
ALTER TABLE __tenant__.voucher_template ADD CONSTRAINT voucher_template_kind CHECK (kind IN ('amount', 'percent', 'free_shipping', 'gift', 'benefit', 'external'));
