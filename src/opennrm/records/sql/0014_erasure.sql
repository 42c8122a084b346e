-- Erasure: what identifies goes, what proves stays. One function blanks the open and sealed parts of
-- a case with their salts, destroys its wraps, keys and search entries, and cuts the links to its
-- rows in the figures. The hashes stay, so that chains and seals still hold; without its salt a
-- digest cannot be guessed back.
CREATE TABLE nrm.erasure (
    case_ref uuid PRIMARY KEY REFERENCES nrm.case_head (case_ref),
    fact_ref uuid NOT NULL,
    account uuid NOT NULL,
    organisation uuid NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now(),
    -- How many rows stay in the figures without a case, so that a rebuild can tell them from lost ones.
    rows_kept int NOT NULL DEFAULT 0
);
ALTER TABLE nrm.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON nrm.erasure TO opennrm_definer USING (true) WITH CHECK (true);
CREATE POLICY everyone ON nrm.erasure FOR SELECT TO opennrm_recorder USING (true);
GRANT SELECT, INSERT, UPDATE (rows_kept) ON nrm.erasure TO opennrm_definer;
GRANT SELECT ON nrm.erasure TO opennrm_recorder;
CREATE TRIGGER never_taken_back BEFORE DELETE ON nrm.erasure
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nrm.erasure
    FOR EACH STATEMENT EXECUTE FUNCTION nrm.refuse_change();
ALTER TABLE nrm.erasure ENABLE ALWAYS TRIGGER never_taken_back;
ALTER TABLE nrm.erasure ENABLE ALWAYS TRIGGER never_emptied;
DO $$
DECLARE place text;
BEGIN
    FOREACH place IN ARRAY ARRAY['case_ref', 'fact_ref', 'account', 'organisation', 'erased_at'] LOOP
        EXECUTE format('ALTER TABLE nrm.erasure ALTER COLUMN %I SET STATISTICS 0', place);
    END LOOP;
END $$;

GRANT UPDATE (open, sealed, open_salt, sealed_salt) ON nrm.fact TO opennrm_definer;
GRANT SELECT, DELETE ON nrm.worklist, nrm.deadline, nrm.seen, nrm.scope_key, nrm.notice,
    nrm.statistics_link, nrm.rule_event_link, nrm.redress_link TO opennrm_definer;

-- A blank fact keeps the version of the key it was sealed with, which its hash covers.
DO $$
DECLARE name text;
BEGIN
    SELECT conname INTO STRICT name FROM pg_constraint
    WHERE conrelid = 'nrm.fact'::regclass AND contype = 'c'
      AND pg_get_constraintdef(oid) LIKE '%key_version = 0%';
    EXECUTE format('ALTER TABLE nrm.fact DROP CONSTRAINT %I', name);
END $$;
ALTER TABLE nrm.fact ADD CONSTRAINT sealed_with_a_key
    CHECK ((sealed IS NULL) = (key_version = 0) OR (sealed IS NULL AND octet_length(sealed_salt) = 0));

-- Facts are still only added to. The one change there is: all of a case goes blank, once it is erased.
CREATE FUNCTION nrm.refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql
SET search_path = nrm, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.open = '{}' AND NEW.sealed IS NULL
        AND octet_length(NEW.open_salt) = 0 AND octet_length(NEW.sealed_salt) = 0
        AND to_jsonb(NEW) - '{open,sealed,open_salt,sealed_salt}'::text[]
          = to_jsonb(OLD) - '{open,sealed,open_salt,sealed_salt}'::text[]
        AND EXISTS (SELECT 1 FROM nrm.erasure WHERE case_ref = OLD.case_ref) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What is recorded is never changed; record a correction instead.'
        USING ERRCODE = 'NR403';
END $$;
REVOKE ALL ON FUNCTION nrm.refuse_change_but_erasure() FROM PUBLIC;
DROP TRIGGER only_added ON nrm.fact;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON nrm.fact
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change_but_erasure();
ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Two people: one proposed it, another one says so now. The case stands closed, its time is over
-- (half a day early for places ahead of UTC) and no legal hold is in force (R50).
CREATE FUNCTION nrm.may_erase(in_case uuid, erasing uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.fact AS said
        JOIN nrm.fact AS proposed ON proposed.case_ref = in_case AND proposed.kind = 'erasure_proposed'
            AND proposed.fact_ref = nrm.reference_in(said.open, 'proposal')
        JOIN nrm.fact AS closed ON closed.case_ref = in_case AND closed.kind = 'case_closed'
            AND closed.fact_ref = nrm.reference_in(proposed.open, 'closing')
        WHERE said.case_ref = in_case AND said.fact_ref = erasing AND said.kind = 'record_erased'
          AND said.actor = nrm.reader_account() AND said.recorded_at = now()
          AND proposed.actor <> said.actor
          AND (closed.open ->> 'retention_until')::date <= (now() + interval '14 hours')::date
          AND NOT EXISTS (SELECT 1 FROM nrm.fact AS later WHERE later.case_ref = in_case
              AND later.kind IN ('case_closed', 'case_reopened') AND later.position > closed.position)
          AND NOT EXISTS (SELECT 1 FROM nrm.fact AS held WHERE held.case_ref = in_case
              AND held.kind = 'legal_hold_set' AND NOT EXISTS (
                  SELECT 1 FROM nrm.fact AS lifted WHERE lifted.case_ref = in_case
                    AND lifted.kind = 'legal_hold_lifted'
                    AND nrm.reference_in(lifted.open, 'hold') = held.fact_ref)))
$$;

CREATE FUNCTION nrm.blank_case(in_case uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE total int := 0; part int; links text;
BEGIN
    UPDATE nrm.fact SET open = '{}', sealed = NULL, open_salt = '', sealed_salt = ''
    WHERE case_ref = in_case AND kind <> 'record_erased';
    UPDATE nrm.access SET closed_at = clock_timestamp() WHERE case_ref = in_case AND closed_at IS NULL;
    DELETE FROM nrm.wrap USING nrm.access
    WHERE wrap.access_ref = access.access_ref AND access.case_ref = in_case;
    DELETE FROM nrm.scope_key WHERE case_ref = in_case;
    DELETE FROM nrm.search_entry WHERE case_ref = in_case;
    DELETE FROM nrm.worklist WHERE case_ref = in_case;
    DELETE FROM nrm.deadline WHERE case_ref = in_case;
    DELETE FROM nrm.seen WHERE case_ref = in_case;
    DELETE FROM nrm.notice WHERE about IN (SELECT fact_ref FROM nrm.fact WHERE case_ref = in_case);
    FOREACH links IN ARRAY ARRAY['statistics_link', 'rule_event_link', 'redress_link'] LOOP
        EXECUTE format('DELETE FROM nrm.%I WHERE case_ref = $1', links) USING in_case;
        GET DIAGNOSTICS part = ROW_COUNT;
        total := total + part;
    END LOOP;
    UPDATE nrm.erasure SET rows_kept = total WHERE case_ref = in_case;
END $$;

CREATE FUNCTION nrm.erase_case(in_case uuid, erasing uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.may_erase(in_case, erasing) THEN
        RAISE EXCEPTION 'A record is erased by a second person, when its time is over.'
            USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.erasure (case_ref, fact_ref, account, organisation)
    VALUES (in_case, erasing, nrm.reader_account(), nrm.reader_organisation());
    PERFORM nrm.blank_case(in_case);
END $$;

-- After an older record was read back beside newer keys: what was erased since is erased again, and
-- the journal says so.
CREATE FUNCTION nrm.erase_again() RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE one nrm.erasure; total int := 0;
BEGIN
    FOR one IN SELECT * FROM nrm.erasure WHERE EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact.case_ref = erasure.case_ref
          AND fact.kind <> 'record_erased' AND (fact.open <> '{}' OR fact.sealed IS NOT NULL))
    LOOP
        PERFORM nrm.blank_case(one.case_ref);
        INSERT INTO nrm.journal (account, organisation, action, case_ref)
        VALUES (one.account, one.organisation, 'erase_again', one.case_ref);
        total := total + 1;
    END LOOP;
    RETURN total;
END $$;

-- Replaced: a blank fact of an erased case is as it should be; a blank fact of any other is not, nor
-- is one of an erased case that still says something, nor an erasure nobody recorded.
CREATE OR REPLACE FUNCTION nrm.broken_chains()
RETURNS TABLE (case_ref uuid, fact_position int, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH chained AS (
        SELECT fact AS row, fact.case_ref AS in_case, fact.position AS place, fact.hash AS kept,
               lag(fact.hash, 1, ''::bytea) OVER chain AS before,
               row_number() OVER chain AS expected_place,
               lead(fact.position) OVER chain IS NULL AS is_last,
               gone.case_ref IS NOT NULL AND fact.kind <> 'record_erased' AS is_erased
        FROM nrm.fact LEFT JOIN nrm.erasure AS gone ON gone.case_ref = fact.case_ref
        WINDOW chain AS (PARTITION BY fact.case_ref ORDER BY fact.position)
    )
    SELECT in_case, place, 'open_part_changed' FROM chained
    WHERE NOT is_erased AND nrm.open_digest_of(row) IS DISTINCT FROM (row).open_digest
    UNION ALL
    SELECT in_case, place, 'sealed_part_changed' FROM chained
    WHERE NOT is_erased AND nrm.sealed_digest_of(row) IS DISTINCT FROM (row).sealed_digest
    UNION ALL
    SELECT in_case, place, 'not_erased' FROM chained
    WHERE is_erased AND ((row).open <> '{}' OR (row).sealed IS NOT NULL
        OR octet_length((row).open_salt) + octet_length((row).sealed_salt) > 0)
    UNION ALL
    SELECT gone.case_ref, NULL::int, 'erased_without_record' FROM nrm.erasure AS gone
    WHERE NOT EXISTS (SELECT 1 FROM nrm.fact WHERE fact.case_ref = gone.case_ref
            AND fact.fact_ref = gone.fact_ref AND fact.kind = 'record_erased')
      AND NOT EXISTS (SELECT 1 FROM nrm.journal WHERE journal.case_ref = gone.case_ref
            AND journal.action = 'erase_again')
    UNION ALL
    SELECT in_case, place, 'fact_changed' FROM chained
    WHERE nrm.chain_hash(row) IS DISTINCT FROM kept
    UNION ALL
    SELECT in_case, place, 'fact_missing_or_moved' FROM chained
    WHERE place <> expected_place OR before IS DISTINCT FROM (row).previous
    UNION ALL
    SELECT head.case_ref, head.length, 'end_of_chain_changed'
    FROM nrm.case_head AS head
    LEFT JOIN chained ON chained.in_case = head.case_ref AND chained.is_last
    WHERE chained.place IS DISTINCT FROM nullif(head.length, 0)
       OR coalesce(chained.kept, ''::bytea) IS DISTINCT FROM head.hash
    ORDER BY 1, 2
$$;

REVOKE ALL ON FUNCTION nrm.may_erase(uuid, uuid), nrm.blank_case(uuid), nrm.erase_again(),
    nrm.erase_case(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.erase_case(uuid, uuid) TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
