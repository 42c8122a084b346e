-- Reading: sealed bytes come out only through functions that leave an entry in the journal.
CREATE FUNCTION nrm.read_sealed(in_case uuid, parts text[])
RETURNS TABLE (fact_ref uuid, compartment text, key_version int, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE readable text[]; read_rows int;
BEGIN
    SELECT coalesce(array_agg(part), '{}') INTO readable FROM unnest(parts) AS part
    WHERE nrm.has_row(in_case, part, false);
    SELECT count(*) INTO read_rows FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable) AND fact.sealed IS NOT NULL;
    IF read_rows > 0 THEN
        PERFORM nrm.write_journal('read_sealed', in_case, readable, read_rows);
    END IF;
    RETURN QUERY SELECT fact.fact_ref, fact.compartment, fact.key_version, fact.sealed
    FROM nrm.fact
    WHERE fact.case_ref = in_case AND fact.compartment = ANY (readable) AND fact.sealed IS NOT NULL
    ORDER BY fact.position;
END $$;

CREATE FUNCTION nrm.search_entries() RETURNS TABLE (case_ref uuid, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE read_rows int;
BEGIN
    SELECT count(*) INTO read_rows FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation());
    PERFORM nrm.write_journal('searched_names', NULL, '{}', read_rows);
    RETURN QUERY SELECT entry.case_ref, entry.sealed FROM nrm.search_entry AS entry
    WHERE entry.organisation = (SELECT nrm.reader_organisation())
      AND EXISTS (
        SELECT 1 FROM nrm.access
        WHERE access.case_ref = entry.case_ref AND access.compartment = entry.compartment
          AND access.organisation = entry.organisation
          AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))
          AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
          AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now());
END $$;

-- Who is on a case, for those who may read its consents.
CREATE FUNCTION nrm.who_is_on(in_case uuid)
RETURNS TABLE (organisation uuid, role text, account uuid, compartment text, mode text,
    state text, until timestamptz, basis_fact uuid, offer_fact uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT organisation, role, account, compartment, mode, state, until, basis_fact, offer_fact
    FROM nrm.access
    WHERE case_ref = in_case AND closed_at IS NULL AND until > now()
      AND ((SELECT nrm.has_row(in_case, 'D10', false))
        OR (organisation = (SELECT nrm.reader_organisation())
            AND (SELECT nrm.has_row(in_case, NULL, false))))
    ORDER BY organisation, role, compartment
$$;

CREATE FUNCTION nrm.mark_seen(in_case uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.seen (account, case_ref)
    SELECT nrm.reader_account(), in_case WHERE nrm.has_row(in_case, NULL, false)
    ON CONFLICT (account, case_ref) DO UPDATE SET at = now()
$$;

-- The check of every chain: what is recorded against what was promised when it was recorded.
CREATE FUNCTION nrm.broken_chains()
RETURNS TABLE (case_ref uuid, fact_position int, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH chained AS (
        SELECT fact AS row, fact.case_ref AS in_case, fact.position AS place, fact.hash AS kept,
               lag(fact.hash, 1, ''::bytea) OVER chain AS before,
               row_number() OVER chain AS expected_place,
               lead(fact.position) OVER chain IS NULL AS is_last
        FROM nrm.fact WINDOW chain AS (PARTITION BY fact.case_ref ORDER BY fact.position)
    )
    SELECT in_case, place, 'open_part_changed' FROM chained
    WHERE nrm.open_digest_of(row) IS DISTINCT FROM (row).open_digest
    UNION ALL
    SELECT in_case, place, 'sealed_part_changed' FROM chained
    WHERE nrm.sealed_digest_of(row) IS DISTINCT FROM (row).sealed_digest
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
