-- Finding by name among many: what names are compared by stands together on sealed pages, so that
-- a house opens some hundred of them and not each name by itself. Nothing made from a name lies
-- open (0086). A page is shown to who may read every name on it, and shut with the first that she
-- may not; its names are then found one by one until they stand on a new one.
CREATE TABLE nrm.name_page (
    page_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL,
    compartment text NOT NULL CHECK (compartment IN ('D2', 'D2S')),
    roles text[] NOT NULL DEFAULT '{}',
    until timestamptz NOT NULL DEFAULT '-infinity',
    entries int NOT NULL,
    sealed bytea
);
ALTER TABLE nrm.name_page ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX name_page_house ON nrm.name_page (organisation);
-- Facts that tell a name, and the house that may read it and does not find it by name yet.
CREATE TABLE nrm.name_to_keep (
    organisation uuid NOT NULL,
    fact_ref uuid NOT NULL,
    case_ref uuid NOT NULL,
    compartment text NOT NULL CHECK (compartment IN ('D2', 'D2S')),
    PRIMARY KEY (organisation, fact_ref)
);
CREATE INDEX name_to_keep_case ON nrm.name_to_keep (case_ref);
ALTER TABLE nrm.search_entry ADD COLUMN page_ref uuid;
CREATE INDEX search_entry_page ON nrm.search_entry (page_ref);
CREATE INDEX search_entry_loose ON nrm.search_entry (organisation) WHERE page_ref IS NULL;
DO $$
DECLARE name text; col text;
BEGIN
    FOREACH name IN ARRAY ARRAY['name_page', 'name_to_keep'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer '
            'USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.%I TO opennrm_definer', name);
        FOR col IN SELECT attname FROM pg_attribute
            WHERE attrelid = ('nrm.' || name)::regclass AND attnum > 0 LOOP
            EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0', name, col);
        END LOOP;
    END LOOP;
    ALTER TABLE nrm.search_entry ALTER COLUMN page_ref SET STATISTICS 0;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;
-- Every name that is there already; what is kept is struck off when the house looks next.
INSERT INTO nrm.name_to_keep (organisation, fact_ref, case_ref, compartment)
SELECT DISTINCT access.organisation, fact.fact_ref, fact.case_ref, fact.compartment
FROM nrm.access JOIN nrm.fact USING (case_ref, compartment)
WHERE access.compartment IN ('D2', 'D2S') AND access.state = 'open' AND access.closed_at IS NULL
  AND fact.kind = 'person_described' AND fact.key_version > 0;

DROP FUNCTION nrm.names_not_kept(uuid[]), nrm.keep_search_entry(uuid, uuid, text, bytea);

-- What the reader may compare a name with: whole pages, and entries that stand on none.
-- `shelf` says who may read an entry and thus which others it may share a page with.
CREATE FUNCTION nrm.names_to_search() RETURNS TABLE (page_ref uuid, entry_ref uuid, case_ref uuid,
    sealed bytea, shelf text, until timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE
    mine uuid := nrm.reader_organisation();
    me uuid := nrm.reader_account();
    as_roles text[] := nrm.reader_roles();
    in_parts text[] := nrm.reader_parts();
    read_rows int;
    loose int;
BEGIN
    IF NOT nrm.factor_is_strong() OR nrm.reader_closed_since() IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(page.entries), 0) INTO read_rows FROM nrm.name_page AS page
    WHERE page.organisation = mine AND page.sealed IS NOT NULL AND page.until > now()
      AND page.roles && as_roles
      AND (in_parts IS NULL OR rtrim(page.compartment, 'S') = ANY (in_parts));
    RETURN QUERY SELECT page.page_ref, NULL::uuid, NULL::uuid, page.sealed, NULL::text, NULL::timestamptz
    FROM nrm.name_page AS page
    WHERE page.organisation = mine AND page.sealed IS NOT NULL AND page.until > now()
      AND page.roles && as_roles
      AND (in_parts IS NULL OR rtrim(page.compartment, 'S') = ANY (in_parts));
    RETURN QUERY SELECT NULL::uuid, one.entry_ref, one.case_ref, one.sealed,
        one.compartment || ' ' || array_to_string(open_to.roles, ' '), open_to.until
    FROM (
        SELECT entry.* FROM nrm.search_entry AS entry
        WHERE entry.organisation = mine AND entry.page_ref IS NULL
        UNION ALL
        SELECT entry.* FROM nrm.name_page AS page JOIN nrm.search_entry AS entry
            ON entry.page_ref = page.page_ref
        WHERE page.organisation = mine AND (page.sealed IS NULL OR page.until <= now())
    ) AS one CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT access.role ORDER BY access.role)
                FILTER (WHERE access.account IS NULL) AS roles,
            min(access.until) FILTER (WHERE access.account IS NULL) AS until,
            bool_or(access.role = ANY (as_roles)
                AND (access.account IS NULL OR access.account = me)) AS is_mine
        FROM nrm.access WHERE access.organisation = mine AND access.case_ref = one.case_ref
          AND access.compartment = one.compartment AND access.compartment IN ('D2', 'D2S')
          AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now() OFFSET 0
    ) AS open_to
    WHERE open_to.is_mine
      AND (in_parts IS NULL OR rtrim(one.compartment, 'S') = ANY (in_parts));
    GET DIAGNOSTICS loose = ROW_COUNT;
    PERFORM nrm.write_journal('searched_names', NULL, '{}', read_rows + loose);
END $$;

-- The entries of those found on pages, if the reader may read them.
CREATE FUNCTION nrm.names_found(refs uuid[])
RETURNS TABLE (entry_ref uuid, case_ref uuid, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT entry.entry_ref, entry.case_ref, entry.sealed FROM nrm.search_entry AS entry
    WHERE entry.entry_ref = ANY (refs) AND (SELECT nrm.factor_is_strong())
      AND (SELECT nrm.reader_closed_since()) IS NULL
      AND entry.organisation = (SELECT nrm.reader_organisation())
      AND ((SELECT nrm.reader_parts()) IS NULL
        OR rtrim(entry.compartment, 'S') = ANY ((SELECT nrm.reader_parts())::text[]))
      AND EXISTS (
        SELECT FROM nrm.access WHERE access.organisation = entry.organisation
          AND access.case_ref = entry.case_ref AND access.compartment = entry.compartment
          AND access.compartment IN ('D2', 'D2S')
          AND access.role = ANY ((SELECT nrm.reader_roles())::text[])
          AND (access.account IS NULL OR access.account = (SELECT nrm.reader_account()))
          AND access.state = 'open' AND access.closed_at IS NULL AND access.until > now() OFFSET 0)
$$;

CREATE FUNCTION nrm.names_not_kept() RETURNS TABLE (fact_ref uuid, case_ref uuid, compartment text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT one.fact_ref, one.case_ref, one.compartment FROM nrm.name_to_keep AS one
    WHERE one.organisation = (SELECT nrm.reader_organisation())
      AND (SELECT nrm.factor_is_strong()) AND nrm.has_row(one.case_ref, one.compartment, false)
$$;

CREATE FUNCTION nrm.names_are_kept(facts uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    DELETE FROM nrm.name_to_keep
    WHERE organisation = nrm.reader_organisation() AND fact_ref = ANY (facts)
$$;

CREATE FUNCTION nrm.keep_search_entry(
    in_case uuid, entry uuid, part text, sealed_entry bytea, of_fact uuid
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.has_row(in_case, part, false) THEN
        RAISE EXCEPTION 'Names are kept only by those who may read them.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.search_entry (entry_ref, organisation, case_ref, compartment, sealed)
    VALUES (entry, nrm.reader_organisation(), in_case, part, sealed_entry);
    DELETE FROM nrm.name_to_keep
    WHERE organisation = nrm.reader_organisation() AND fact_ref = of_fact;
END $$;

-- Keeps a page of entries that stand on none. Who may read it, and until when, is asked here of
-- every entry. Entries are locked first, so that whoever ends an access waits, sees the page and
-- shuts it. False where something changed meanwhile: nothing is kept then.
CREATE FUNCTION nrm.keep_name_page(page uuid, refs uuid[], sealed_page bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE mine uuid := nrm.reader_organisation(); shelf record;
BEGIN
    IF mine IS NULL OR NOT nrm.factor_is_strong() OR nrm.reader_closed_since() IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM FROM nrm.search_entry WHERE entry_ref = ANY (refs) ORDER BY entry_ref FOR UPDATE;
    SELECT count(*) AS entries, count(DISTINCT (entry.compartment, open_to.roles)) AS shelves,
        min(entry.compartment) AS part, min(open_to.roles) AS roles, min(open_to.until) AS until
    INTO shelf
    FROM nrm.search_entry AS entry CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT access.role ORDER BY access.role) AS roles,
            min(access.until) AS until
        FROM nrm.access WHERE access.organisation = mine AND access.case_ref = entry.case_ref
          AND access.compartment = entry.compartment AND access.compartment IN ('D2', 'D2S')
          AND access.account IS NULL AND access.state = 'open' AND access.closed_at IS NULL
          AND access.until > now() OFFSET 0
    ) AS open_to
    WHERE entry.entry_ref = ANY (refs) AND entry.organisation = mine
      AND open_to.roles && nrm.reader_roles()
      AND (nrm.reader_parts() IS NULL
        OR rtrim(entry.compartment, 'S') = ANY (nrm.reader_parts()))
      AND NOT EXISTS (SELECT FROM nrm.name_page AS live WHERE live.page_ref = entry.page_ref
        AND live.sealed IS NOT NULL AND live.until > now());
    IF shelf.entries <> cardinality(refs) OR shelf.shelves <> 1 THEN
        RETURN false;
    END IF;
    INSERT INTO nrm.name_page
    VALUES (page, mine, shelf.part, shelf.roles, shelf.until, shelf.entries, sealed_page);
    UPDATE nrm.search_entry SET page_ref = page WHERE entry_ref = ANY (refs);
    DELETE FROM nrm.name_page AS old WHERE old.organisation = mine
      AND (old.sealed IS NULL OR old.until <= now())
      AND NOT EXISTS (SELECT FROM nrm.search_entry AS entry WHERE entry.page_ref = old.page_ref);
    RETURN true;
END $$;

CREATE FUNCTION nrm.shut_name_pages(refs uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.name_page SET sealed = NULL
    WHERE organisation = nrm.reader_organisation() AND page_ref = ANY (refs)
$$;

-- An entry that is locked anew or goes shuts its page, which is blanked in the same transaction.
CREATE FUNCTION nrm.entry_leaves_page() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    UPDATE nrm.name_page SET sealed = NULL WHERE page_ref = OLD.page_ref AND sealed IS NOT NULL;
    RETURN NULL;
END $$;

-- Whoever may read a name, or may no longer: the page it stands on is shut, and what her house
-- does not find it by yet is noted or forgotten.
CREATE FUNCTION nrm.name_changes_hands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE pages uuid[]; house uuid; of_case uuid; part text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        house := OLD.organisation; of_case := OLD.case_ref; part := OLD.compartment;
    ELSE
        house := NEW.organisation; of_case := NEW.case_ref; part := NEW.compartment;
    END IF;
    pages := ARRAY(SELECT locked.page_ref FROM (
        SELECT entry.page_ref FROM nrm.search_entry AS entry
        WHERE entry.organisation = house AND entry.case_ref = of_case
        ORDER BY entry.entry_ref FOR UPDATE) AS locked WHERE locked.page_ref IS NOT NULL);
    PERFORM FROM nrm.name_page WHERE page_ref = ANY (pages) ORDER BY page_ref FOR UPDATE;
    UPDATE nrm.name_page SET sealed = NULL WHERE page_ref = ANY (pages) AND sealed IS NOT NULL;
    IF TG_OP <> 'DELETE' AND NEW.state = 'open' AND NEW.closed_at IS NULL THEN
        INSERT INTO nrm.name_to_keep (organisation, fact_ref, case_ref, compartment)
        SELECT house, fact.fact_ref, of_case, part FROM nrm.fact
        WHERE fact.case_ref = of_case AND fact.compartment = part
          AND fact.kind = 'person_described' AND fact.key_version > 0
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM nrm.name_to_keep AS one WHERE one.organisation = house
          AND one.case_ref = of_case AND one.compartment = part AND NOT EXISTS (
            SELECT FROM nrm.access WHERE access.organisation = house
              AND access.case_ref = of_case AND access.compartment = part
              AND access.state = 'open' AND access.closed_at IS NULL);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION nrm.name_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    INSERT INTO nrm.name_to_keep (organisation, fact_ref, case_ref, compartment)
    SELECT DISTINCT access.organisation, NEW.fact_ref, NEW.case_ref, NEW.compartment
    FROM nrm.access WHERE access.case_ref = NEW.case_ref
      AND access.compartment = NEW.compartment AND access.state = 'open'
      AND access.closed_at IS NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION nrm.names_to_search(), nrm.names_found(uuid[]), nrm.names_not_kept(),
    nrm.names_are_kept(uuid[]), nrm.keep_search_entry(uuid, uuid, text, bytea, uuid),
    nrm.keep_name_page(uuid, uuid[], bytea), nrm.shut_name_pages(uuid[]),
    nrm.entry_leaves_page(), nrm.name_changes_hands(), nrm.name_is_told() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.names_to_search(), nrm.names_found(uuid[]), nrm.names_not_kept()
    TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.names_are_kept(uuid[]), nrm.keep_name_page(uuid, uuid[], bytea),
    nrm.keep_search_entry(uuid, uuid, text, bytea, uuid), nrm.shut_name_pages(uuid[])
    TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.entry_leaves_page(), nrm.name_changes_hands(), nrm.name_is_told()
    TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
CREATE TRIGGER leaves_page AFTER UPDATE OF sealed OR DELETE ON nrm.search_entry FOR EACH ROW
    WHEN (OLD.page_ref IS NOT NULL) EXECUTE FUNCTION nrm.entry_leaves_page();
CREATE TRIGGER name_opens AFTER INSERT ON nrm.access FOR EACH ROW
    WHEN (NEW.compartment IN ('D2', 'D2S') AND NEW.state = 'open')
    EXECUTE FUNCTION nrm.name_changes_hands();
CREATE TRIGGER name_changes_hands AFTER UPDATE OR DELETE ON nrm.access FOR EACH ROW
    WHEN (OLD.compartment IN ('D2', 'D2S')) EXECUTE FUNCTION nrm.name_changes_hands();
CREATE TRIGGER name_is_told AFTER INSERT ON nrm.fact FOR EACH ROW
    WHEN (NEW.kind = 'person_described' AND NEW.key_version > 0
        AND NEW.compartment IN ('D2', 'D2S'))
    EXECUTE FUNCTION nrm.name_is_told();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.entry_leaves_page(), nrm.name_changes_hands(), nrm.name_is_told()
    FROM opennrm_owner;
RESET ROLE;
