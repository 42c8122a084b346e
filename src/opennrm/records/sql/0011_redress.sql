-- How far redress came, counted without identity: one row for each person in the figures, two
-- coarse words and no amount; beside it, unreadable to statistics, the case it came from.
CREATE TABLE statistics.redress (
    row_ref uuid PRIMARY KEY,
    jurisdiction text NOT NULL,
    year int NOT NULL,
    compensation text NOT NULL CHECK (compensation ~ '^[a-z_]{1,32}$'),
    assets text NOT NULL CHECK (assets ~ '^[a-z_]{1,32}$')
);
CREATE TABLE nrm.redress_link (
    case_ref uuid PRIMARY KEY REFERENCES nrm.case_head (case_ref),
    row_ref uuid NOT NULL UNIQUE REFERENCES statistics.redress (row_ref)
);
ALTER TABLE nrm.redress_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.redress_link FORCE ROW LEVEL SECURITY;
ALTER TABLE nrm.redress_link ALTER COLUMN row_ref SET STATISTICS 0;
ALTER TABLE nrm.redress_link ALTER COLUMN case_ref SET STATISTICS 0;
CREATE POLICY definer ON nrm.redress_link TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY projecting ON nrm.redress_link TO opennrm_recorder USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON nrm.redress_link TO opennrm_recorder;
GRANT SELECT, INSERT, UPDATE ON statistics.redress TO opennrm_recorder;
GRANT SELECT ON statistics.redress TO opennrm_statistics;

-- Which of several equal events of one case in one year this is, so that figures can count cases:
-- ten events of one person must not look like ten people. `./run rebuild` numbers what stands.
ALTER TABLE statistics.rule_event ADD COLUMN nth int NOT NULL DEFAULT 1 CHECK (nth > 0);
