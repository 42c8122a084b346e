-- Seals: every fact, access row, end of an access row and journal entry gets a place in one list
-- that only grows; a signed root over the list, kept elsewhere, shows any later change.
-- Source: RFC 6962. A digest holds salted digests of content, never content.
CREATE TABLE nrm.sealed_entry (
    place bigint PRIMARY KEY CHECK (place >= 0),
    what text NOT NULL CHECK (what IN ('fact', 'access', 'access_end', 'journal')),
    ref text NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    UNIQUE (what, ref)
);
CREATE TABLE nrm.seal (
    number int PRIMARY KEY CHECK (number > 0),
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    at timestamptz NOT NULL,
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64)
);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['sealed_entry', 'seal'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) WITH CHECK (true)', name);
        EXECUTE format('CREATE POLICY everyone ON nrm.%I FOR SELECT TO opennrm_recorder USING (true)', name);
        EXECUTE format('GRANT SELECT, INSERT ON nrm.%I TO opennrm_definer', name);
        EXECUTE format('GRANT SELECT ON nrm.%I TO opennrm_recorder', name);
        EXECUTE format('CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON nrm.%I FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change()', name);
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nrm.%I FOR EACH STATEMENT EXECUTE FUNCTION nrm.refuse_change()', name);
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ALWAYS TRIGGER only_added', name);
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ALWAYS TRIGGER never_emptied', name);
    END LOOP;
END $$;

CREATE FUNCTION nrm.moment_text(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(epoch FROM moment) * 1000000)::bigint::text
$$;

-- Everything that has or gets a place, with what its place promises now. A fact is promised by the
-- hash of its chain, which covers its digests; `at` orders new entries.
CREATE FUNCTION nrm.entries_now()
RETURNS TABLE (what text, ref text, digest bytea, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT 'fact', fact_ref::text, nrm.chain_hash(fact), recorded_at FROM nrm.fact
    UNION ALL
    SELECT 'access', access_ref::text, sha256(convert_to(concat_ws('|', 'access', access_ref, case_ref,
        organisation, role, coalesce(account::text, '-'), compartment, mode, basis_fact,
        coalesce(offer_fact::text, '-'), nrm.moment_text(until)), 'UTF8')), opens_at
    FROM nrm.access
    UNION ALL
    SELECT 'access_end', access_ref::text, sha256(convert_to(concat_ws('|', 'access_end', access_ref,
        nrm.moment_text(closed_at)), 'UTF8')), closed_at
    FROM nrm.access WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT 'journal', entry::text, sha256(convert_to(concat_ws('|', 'journal', entry, nrm.moment_text(at),
        account, organisation, action, coalesce(case_ref::text, '-'),
        array_to_string(compartments, ','), coalesce(rows_read::text, '-')), 'UTF8')), at
    FROM nrm.journal
$$;

-- Gives what has no place yet the next places, and answers with how many entries there are.
CREATE FUNCTION nrm.place_entries() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(8416723);
    INSERT INTO nrm.sealed_entry
    SELECT (SELECT count(*) FROM nrm.sealed_entry) - 1
           + row_number() OVER (ORDER BY new.at, new.what, new.ref),
           new.what, new.ref, new.digest
    FROM nrm.entries_now() AS new
    WHERE NOT EXISTS (SELECT 1 FROM nrm.sealed_entry AS known
                      WHERE known.what = new.what AND known.ref = new.ref);
    RETURN (SELECT count(*) FROM nrm.sealed_entry);
END $$;

CREATE FUNCTION nrm.keep_seal(
    entries bigint, of_root bytea, moment timestamptz, key bytea, signed bytea
) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE new_number int;
BEGIN
    PERFORM pg_advisory_xact_lock(8416723);
    IF entries > (SELECT count(*) FROM nrm.sealed_entry)
        OR entries < (SELECT coalesce(max(size), 0) FROM nrm.seal) THEN
        RAISE EXCEPTION 'A seal covers what has a place, and never less than the one before.'
            USING ERRCODE = 'NR400';
    END IF;
    new_number := 1 + (SELECT coalesce(max(number), 0) FROM nrm.seal);
    INSERT INTO nrm.seal VALUES (new_number, entries, of_root, moment, key, signed);
    RETURN new_number;
END $$;

-- What stands in the list and is not what it was, or is gone.
CREATE FUNCTION nrm.changed_entries() RETURNS TABLE (place bigint, what text, ref text, how text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT kept.place, kept.what, kept.ref, CASE WHEN now.ref IS NULL THEN 'gone' ELSE 'changed' END
    FROM nrm.sealed_entry AS kept LEFT JOIN nrm.entries_now() AS now USING (what, ref)
    WHERE now.digest IS DISTINCT FROM kept.digest
    ORDER BY kept.place
$$;

REVOKE ALL ON FUNCTION nrm.moment_text(timestamptz), nrm.entries_now(), nrm.place_entries(),
    nrm.keep_seal(bigint, bytea, timestamptz, bytea, bytea), nrm.changed_entries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.moment_text(timestamptz) TO opennrm_definer;
GRANT EXECUTE ON FUNCTION nrm.place_entries(),
    nrm.keep_seal(bigint, bytea, timestamptz, bytea, bytea), nrm.changed_entries()
    TO opennrm_recorder;
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
ALTER FUNCTION nrm.entries_now() OWNER TO opennrm_definer;
ALTER FUNCTION nrm.place_entries() OWNER TO opennrm_definer;
ALTER FUNCTION nrm.keep_seal(bigint, bytea, timestamptz, bytea, bytea) OWNER TO opennrm_definer;
ALTER FUNCTION nrm.changed_entries() OWNER TO opennrm_definer;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
