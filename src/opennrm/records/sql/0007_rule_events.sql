-- Rules that were broken, gave way or held an act, counted without identity: one row for each
-- event, and beside it, unreadable to statistics, the case it came from, for corrections.
CREATE TABLE statistics.rule_event (
    event_ref uuid PRIMARY KEY,
    jurisdiction text NOT NULL,
    rule text NOT NULL CHECK (rule ~ '^R[0-9]{2}$'),
    event text NOT NULL CHECK (event IN ('breach', 'override', 'refusal', 'hold')),
    year int NOT NULL,
    quarter int NOT NULL CHECK (quarter BETWEEN 1 AND 4)
);
CREATE TABLE nrm.rule_event_link (
    event_ref uuid PRIMARY KEY REFERENCES statistics.rule_event (event_ref),
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref)
);
CREATE INDEX rule_event_link_case ON nrm.rule_event_link (case_ref);
ALTER TABLE nrm.rule_event_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.rule_event_link FORCE ROW LEVEL SECURITY;
ALTER TABLE nrm.rule_event_link ALTER COLUMN event_ref SET STATISTICS 0;
ALTER TABLE nrm.rule_event_link ALTER COLUMN case_ref SET STATISTICS 0;
CREATE POLICY definer ON nrm.rule_event_link TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY projecting ON nrm.rule_event_link TO opennrm_recorder USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON nrm.rule_event_link, statistics.rule_event TO opennrm_recorder;
GRANT SELECT ON statistics.rule_event TO opennrm_statistics;
