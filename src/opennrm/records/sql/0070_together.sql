-- Who in a house holds a case: written by its own facts, which no other house sees, and carried by
-- its work list. Lists that a person keeps under a name of her own.
ALTER TABLE nrm.worklist ADD COLUMN holder uuid, ADD COLUMN asked_to_take uuid;
ALTER TABLE nrm.worklist ALTER COLUMN holder SET STATISTICS 0,
    ALTER COLUMN asked_to_take SET STATISTICS 0;
CREATE INDEX worklist_holder ON nrm.worklist (organisation, holder) WHERE holder IS NOT NULL;
CREATE INDEX worklist_asked ON nrm.worklist (organisation, asked_to_take)
    WHERE asked_to_take IS NOT NULL;
-- A list is a range of one of these, whatever the size of the record.
CREATE INDEX worklist_reference ON nrm.worklist (organisation, role, reference);
CREATE INDEX worklist_waiting ON nrm.worklist (organisation, role, waiting_for)
    WHERE state = 'open';
CREATE INDEX worklist_offered ON nrm.worklist (organisation, role) WHERE state = 'offered';
-- What one looked at oneself says nothing that one does not know; asking for each row whether the
-- case is still open read every access row of a house for every list.
ALTER POLICY reader ON nrm.seen USING (account = (SELECT nrm.reader_account()));

-- As before, and: handing a case over within a house is shown to that house only.
ALTER POLICY reader ON nrm.fact USING (
    EXISTS (
        SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
          AND access.compartment = fact.compartment AND access.state = 'open'
          AND (NOT access.is_kept OR fact.recorded_at < access.opens_at))
    AND (kind NOT IN ('referral_sent', 'referral_acknowledged', 'breach_observed',
            'rule_overridden', 'case_handed', 'handing_answered')
        OR organisation = (SELECT nrm.reader_organisation())
        OR (kind NOT IN ('case_handed', 'handing_answered') AND (
            open ->> 'to' = (SELECT nrm.reader_organisation())::text
            OR EXISTS (
                SELECT 1 FROM nrm.access WHERE access.case_ref = fact.case_ref
                  AND access.compartment = CASE WHEN kind IN ('breach_observed', 'rule_overridden')
                    THEN 'D8' ELSE 'D10' END
                  AND access.state = 'open')))));

CREATE TABLE nrm.saved_list (
    account uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    asked text NOT NULL CHECK (asked ~ '^[a-z_]{1,20}=[A-Za-z0-9_-]{0,40}(&[a-z_]{1,20}=[A-Za-z0-9_-]{0,40}){0,11}$'),
    PRIMARY KEY (account, name)
);
ALTER TABLE nrm.saved_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.saved_list FORCE ROW LEVEL SECURITY;
ALTER TABLE nrm.saved_list ALTER COLUMN account SET STATISTICS 0;
CREATE POLICY definer ON nrm.saved_list TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY reader ON nrm.saved_list FOR SELECT TO opennrm_app
    USING (account = (SELECT nrm.reader_account()));
GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.saved_list TO opennrm_definer;
GRANT SELECT ON nrm.saved_list TO opennrm_app;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
CREATE FUNCTION nrm.keep_list(under text, what text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM nrm.saved_list
        WHERE account = nrm.reader_account() AND name <> under) >= 20 THEN
        RETURN false;
    END IF;
    INSERT INTO nrm.saved_list (account, name, asked) VALUES (nrm.reader_account(), under, what)
    ON CONFLICT (account, name) DO UPDATE SET asked = excluded.asked;
    RETURN true;
END $$;
CREATE FUNCTION nrm.drop_list(under text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.saved_list WHERE account = nrm.reader_account() AND name = under
$$;
REVOKE ALL ON FUNCTION nrm.keep_list(text, text), nrm.drop_list(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.keep_list(text, text), nrm.drop_list(text) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
