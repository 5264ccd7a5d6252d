CREATE INDEX member_birthday ON __tenant__.member (birth_calendar, birth_month, birth_day) WHERE birth_month IS NOT NULL AND state = 'active';
CREATE INDEX member_tags ON __tenant__.member USING gin (tags);
CREATE INDEX consent_event_member ON __tenant__.consent_event (member, at);
CREATE INDEX member_address_member ON __tenant__.member_address (member);
