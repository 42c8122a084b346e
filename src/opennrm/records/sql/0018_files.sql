-- Files: locked bytes, each beside the fact that keeps it. The fact's open part holds their digest, so
-- the chain covers them; the key stands in the fact's sealed part, so whoever may not read that part
-- has bytes and nothing else, and erasing the fact is erasing the file.
CREATE TABLE nrm.file (
    fact_ref uuid PRIMARY KEY REFERENCES nrm.fact (fact_ref),
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    sealed bytea NOT NULL
);
CREATE INDEX file_case ON nrm.file (case_ref);
ALTER TABLE nrm.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.file FORCE ROW LEVEL SECURITY;
-- Locked bytes do not get smaller, so the server need not try.
ALTER TABLE nrm.file ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE nrm.file ALTER COLUMN fact_ref SET STATISTICS 0;
ALTER TABLE nrm.file ALTER COLUMN case_ref SET STATISTICS 0;
ALTER TABLE nrm.file ALTER COLUMN sealed SET STATISTICS 0;
CREATE POLICY definer ON nrm.file TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON nrm.file TO opennrm_definer;
CREATE TRIGGER never_changed BEFORE UPDATE ON nrm.file
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();
ALTER TABLE nrm.file ENABLE ALWAYS TRIGGER never_changed;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- Kept with its fact in one transaction, by who recorded it, byte for byte as the fact says.
CREATE FUNCTION nrm.keep_file(of_fact uuid, locked bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE keeping nrm.fact;
BEGIN
    SELECT * INTO keeping FROM nrm.fact WHERE fact_ref = of_fact AND kind LIKE 'file\_kept\_%'
        AND actor = nrm.reader_account() AND recorded_at = now();
    IF keeping.fact_ref IS NULL
        OR keeping.open ->> 'digest' IS DISTINCT FROM encode(sha256(locked), 'hex') THEN
        RAISE EXCEPTION 'A file is kept with its fact, as the fact says.' USING ERRCODE = 'NR403';
    END IF;
    IF octet_length(locked) > 11 * 1024 * 1024 OR octet_length(locked) + (
        SELECT coalesce(sum(octet_length(sealed)), 0) FROM nrm.file
        WHERE case_ref = keeping.case_ref) > 210 * 1024 * 1024 THEN
        RAISE EXCEPTION 'There is no room for this file.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.file (fact_ref, case_ref, sealed) VALUES (of_fact, keeping.case_ref, locked);
END $$;

-- Read with a purpose, which stands in the journal with the part it was read from.
CREATE FUNCTION nrm.read_file(of_fact uuid, purpose text) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE keeping nrm.fact;
BEGIN
    SELECT fact.* INTO keeping FROM nrm.fact JOIN nrm.file USING (fact_ref)
    WHERE fact.fact_ref = of_fact;
    IF keeping.fact_ref IS NULL OR NOT nrm.has_row(keeping.case_ref, keeping.compartment, false) THEN
        RETURN NULL;
    END IF;
    IF purpose IS NULL OR purpose !~ '^[a-z_]{1,40}$' THEN
        RAISE EXCEPTION 'Say what the file is needed for.' USING ERRCODE = 'NR400';
    END IF;
    PERFORM nrm.write_journal('read_file_for_' || purpose, keeping.case_ref,
        ARRAY[keeping.compartment], 1);
    RETURN (SELECT sealed FROM nrm.file WHERE fact_ref = of_fact);
END $$;

-- Files that are not what their fact promised, or are gone without erasure.
CREATE FUNCTION nrm.broken_files() RETURNS TABLE (case_ref uuid, fact_position int, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT fact.case_ref, fact.position,
           CASE WHEN file.fact_ref IS NULL THEN 'file_missing' ELSE 'file_changed' END
    FROM nrm.fact LEFT JOIN nrm.file USING (fact_ref)
    WHERE fact.kind LIKE 'file\_kept\_%'
      AND NOT EXISTS (SELECT 1 FROM nrm.erasure WHERE erasure.case_ref = fact.case_ref)
      AND encode(sha256(file.sealed), 'hex') IS DISTINCT FROM fact.open ->> 'digest'
    UNION ALL
    SELECT file.case_ref, NULL::int, 'file_not_erased'
    FROM nrm.file JOIN nrm.erasure USING (case_ref)
    ORDER BY 1, 2
$$;

-- Replaced: erasing a case takes its files.
CREATE OR REPLACE FUNCTION nrm.blank_case(in_case uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE total int := 0; part int; links text;
BEGIN
    UPDATE nrm.fact SET open = '{}', sealed = NULL, open_salt = '', sealed_salt = ''
    WHERE case_ref = in_case AND kind <> 'record_erased';
    UPDATE nrm.access SET closed_at = clock_timestamp() WHERE case_ref = in_case AND closed_at IS NULL;
    DELETE FROM nrm.wrap USING nrm.access
    WHERE wrap.access_ref = access.access_ref AND access.case_ref = in_case;
    DELETE FROM nrm.file WHERE case_ref = in_case;
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

REVOKE ALL ON FUNCTION nrm.keep_file(uuid, bytea), nrm.read_file(uuid, text), nrm.broken_files()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.keep_file(uuid, bytea), nrm.broken_files() TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.read_file(uuid, text) TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
