-- Rows from other systems. A case that has just begun opens to its own house in one step; rows wait,
-- sealed under the search key of the house, until somebody says what they mean; and an import can be
-- undone whole for a day, as long as nobody else has worked on its cases.
CREATE TABLE nrm.import (
    import_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    begun_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL CHECK (state IN ('columns', 'checking', 'checked', 'importing', 'done', 'undone')),
    first_case_at timestamptz,
    sealed bytea NOT NULL,
    total int NOT NULL,
    checked int NOT NULL DEFAULT 0,
    faulty int NOT NULL DEFAULT 0,
    gone_through int NOT NULL DEFAULT 0
);
-- Some rows of the file and what was found in them, as sealed bytes.
CREATE TABLE nrm.import_part (
    import_ref uuid NOT NULL REFERENCES nrm.import (import_ref) ON DELETE CASCADE,
    number int NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (import_ref, number)
);
CREATE TABLE nrm.import_case (
    case_ref uuid PRIMARY KEY REFERENCES nrm.case_head (case_ref),
    import_ref uuid NOT NULL REFERENCES nrm.import (import_ref),
    place int NOT NULL,
    length int NOT NULL,
    UNIQUE (import_ref, place)
);
-- Which column of its files an organisation takes for which field, as sealed bytes.
CREATE TABLE nrm.import_memory (
    organisation uuid PRIMARY KEY REFERENCES public.accounts_organisation (ref),
    sealed bytea NOT NULL
);
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['import', 'import_part', 'import_case', 'import_memory'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) '
            'WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON nrm.%I TO opennrm_definer', name);
    END LOOP;
END $$;
GRANT SELECT (row_ref), DELETE ON statistics.person, statistics.redress TO opennrm_definer;
GRANT SELECT (event_ref), DELETE ON statistics.rule_event TO opennrm_definer;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- The same questions as grant_access asks of each row, asked once for all rows of a new case.
CREATE FUNCTION nrm.grant_own_access(
    in_case uuid, refs uuid[], to_roles text[], to_accounts uuid[], parts text[], modes text[],
    bases uuid[], moment timestamptz, ends timestamptz[]
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE own uuid := nrm.reader_organisation();
BEGIN
    IF NOT nrm.just_started(in_case) THEN
        RAISE EXCEPTION 'A case is offered first and opens when it is accepted.'
            USING ERRCODE = 'NR403';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.accounts_organisation
                   WHERE ref = own AND NOT is_enforcement AND roles::text[] @> to_roles) THEN
        RAISE EXCEPTION 'This organisation cannot receive a case.' USING ERRCODE = 'NR403';
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(bases) AS resting (on_fact) WHERE NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = on_fact AND case_ref = in_case AND position = 1
          AND organisation = own)) THEN
        RAISE EXCEPTION 'No consent or legal duty in the record covers this.'
            USING ERRCODE = 'NR403';
    END IF;
    IF EXISTS (
        SELECT 1 FROM unnest(to_roles, parts, modes) AS asked (role, part, mode)
        WHERE NOT EXISTS (SELECT 1 FROM nrm.need_to_know AS need
            WHERE need.role = asked.role AND need.compartment = asked.part
              AND (need.mode = 'write' OR need.mode = asked.mode))) THEN
        RAISE EXCEPTION 'A role has no need to know a part.' USING ERRCODE = 'NR403';
    END IF;
    IF EXISTS (
        SELECT 1 FROM unnest(to_roles, to_accounts) AS asked (role, account)
        WHERE asked.account IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM public.accounts_account AS person
            JOIN public.accounts_membership AS held ON held.account_id = person.ref
            WHERE person.ref = asked.account AND person.organisation_id = own
              AND held.role = asked.role)) THEN
        RAISE EXCEPTION 'This person does not hold that role there.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until)
    SELECT ref, in_case, own, role, account, part, mode, 'open', basis, NULL, moment, ending
    FROM unnest(refs, to_roles, to_accounts, parts, modes, bases, ends)
        AS asked (ref, role, account, part, mode, basis, ending);
END $$;

-- Replaced: finds the row by its key alone. Asked for rows that are not closed too, a plan made while
-- the table was small went through all of them for each wrap.
CREATE OR REPLACE FUNCTION nrm.keep_wrap(row_ref uuid, of_version int, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opened nrm.access; key nrm.scope_key;
BEGIN
    SELECT * INTO opened FROM nrm.access WHERE access_ref = row_ref;
    SELECT * INTO key FROM nrm.scope_key
    WHERE case_ref = opened.case_ref AND compartment = opened.compartment AND version = of_version;
    IF opened.closed_at IS NOT NULL OR (opened.is_kept AND opened.opens_at <= now())
        OR (key.made_in IS DISTINCT FROM pg_current_xact_id() AND NOT (
            key.version IS NOT NULL AND opened.made_in = pg_current_xact_id()
            AND nrm.has_row(opened.case_ref, NULL, true))) THEN
        RAISE EXCEPTION 'A wrap is made with its row or with its key.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.wrap VALUES (row_ref, of_version, wrapped);
END $$;

-- Whoever takes cases in for her house, and no program.
CREATE FUNCTION nrm.may_import() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT nrm.reader_organisation() IS NOT NULL AND nrm.reader_parts() IS NULL
        AND nrm.reader_roles()::text[] && ARRAY['FR', 'HL', 'CM']
$$;
CREATE FUNCTION nrm.require_import(wanted uuid) RETURNS nrm.import
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE found nrm.import;
BEGIN
    SELECT * INTO found FROM nrm.import WHERE import_ref = wanted
      AND organisation = nrm.reader_organisation() AND nrm.may_import() FOR UPDATE;
    IF found.import_ref IS NULL THEN
        RAISE EXCEPTION 'There is no such import of this organisation.' USING ERRCODE = 'NR403';
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION nrm.begin_import(new_ref uuid, content bytea, parts bytea[], how_many int)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.may_import() THEN
        RAISE EXCEPTION 'This account takes no cases in.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.import (import_ref, organisation, account, state, sealed, total)
    VALUES (new_ref, nrm.reader_organisation(), nrm.reader_account(), 'columns', content, how_many);
    INSERT INTO nrm.import_part (import_ref, number, sealed)
    SELECT new_ref, number, part FROM unnest(parts) WITH ORDINALITY AS each (part, number);
    PERFORM nrm.write_journal('began_import', NULL, '{}', how_many);
END $$;

CREATE FUNCTION nrm.own_imports() RETURNS SETOF nrm.import
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT * FROM nrm.import WHERE organisation = nrm.reader_organisation() AND nrm.may_import()
    ORDER BY begun_at DESC
$$;

CREATE FUNCTION nrm.import_rows(of_import uuid, of_number int) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_import(of_import);
    RETURN (SELECT sealed FROM nrm.import_part WHERE import_ref = of_import AND number = of_number);
END $$;

-- Moves an import on: a new state, what is kept of it, and how far it is.
CREATE FUNCTION nrm.move_import(
    of_import uuid, from_state text, to_state text, content bytea, now_checked int, now_faulty int,
    now_through int
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE one nrm.import := nrm.require_import(of_import);
BEGIN
    IF one.state <> from_state OR one.state IN ('done', 'undone') OR to_state = 'undone' THEN
        RAISE EXCEPTION 'Somebody moved this import on meanwhile.' USING ERRCODE = 'NR409';
    END IF;
    UPDATE nrm.import SET state = to_state, sealed = coalesce(content, sealed),
        checked = now_checked, faulty = now_faulty, gone_through = now_through,
        first_case_at = CASE WHEN to_state IN ('importing', 'done')
                             THEN coalesce(first_case_at, now()) END
    WHERE import_ref = of_import;
    IF to_state = 'done' THEN
        DELETE FROM nrm.import_part WHERE import_ref = of_import;
    END IF;
END $$;

CREATE FUNCTION nrm.keep_import_rows(of_import uuid, of_number int, content bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_import(of_import);
    UPDATE nrm.import_part SET sealed = content WHERE import_ref = of_import AND number = of_number;
END $$;

CREATE FUNCTION nrm.note_imported(of_import uuid, of_row int, in_case uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.just_started(in_case) OR NOT EXISTS (
        SELECT 1 FROM nrm.import WHERE import_ref = of_import AND state = 'importing'
          AND organisation = nrm.reader_organisation()) THEN
        RAISE EXCEPTION 'An import notes what it has just made.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.import_case (case_ref, import_ref, place, length)
    SELECT case_ref, of_import, of_row, length FROM nrm.case_head WHERE case_ref = in_case;
END $$;

CREATE FUNCTION nrm.imported_rows(of_import uuid, first_row int, last_row int) RETURNS SETOF int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_import(of_import);
    RETURN QUERY SELECT place FROM nrm.import_case
    WHERE import_ref = of_import AND place BETWEEN first_row AND last_row;
END $$;

-- Its rows go unread, before anything of them was recorded.
CREATE FUNCTION nrm.give_up_import(of_import uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE one nrm.import := nrm.require_import(of_import);
BEGIN
    IF one.first_case_at IS NOT NULL THEN
        RAISE EXCEPTION 'Cases of this import are recorded. Undo it instead.' USING ERRCODE = 'NR409';
    END IF;
    DELETE FROM nrm.import WHERE import_ref = of_import;
END $$;

CREATE FUNCTION nrm.import_memory() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT sealed FROM nrm.import_memory
    WHERE organisation = nrm.reader_organisation() AND nrm.may_import()
$$;
CREATE FUNCTION nrm.remember_import(content bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.may_import() THEN
        RAISE EXCEPTION 'This account takes no cases in.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.import_memory (organisation, sealed) VALUES (nrm.reader_organisation(), content)
    ON CONFLICT (organisation) DO UPDATE SET sealed = EXCLUDED.sealed;
END $$;

-- A case of an import goes blank for good within the day, unless somebody has worked on it since or
-- another house holds anything of it.
CREATE FUNCTION nrm.undoable(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM nrm.import_case AS made
        JOIN nrm.import AS run USING (import_ref)
        JOIN nrm.case_head AS head ON head.case_ref = made.case_ref
        WHERE made.case_ref = in_case AND run.organisation = nrm.reader_organisation()
          AND nrm.may_import() AND run.first_case_at > now() - interval '1 day'
          AND NOT EXISTS (SELECT 1 FROM nrm.fact WHERE fact.case_ref = in_case
              AND fact.position > made.length AND fact.kind <> 'record_erased')
          AND NOT EXISTS (SELECT 1 FROM nrm.access WHERE access.case_ref = in_case
              AND access.organisation <> run.organisation)
          AND NOT EXISTS (SELECT 1 FROM nrm.erasure WHERE erasure.case_ref = in_case))
$$;
CREATE FUNCTION nrm.cases_to_undo(of_import uuid) RETURNS TABLE (case_ref uuid, undoable boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT made.case_ref, nrm.undoable(made.case_ref)
    FROM nrm.import_case AS made JOIN nrm.import AS run USING (import_ref)
    WHERE made.import_ref = of_import AND run.organisation = nrm.reader_organisation()
      AND nrm.may_import()
      AND NOT EXISTS (SELECT 1 FROM nrm.erasure WHERE erasure.case_ref = made.case_ref)
$$;
-- A mistaken row is no person: its rows in the figures go, which those of an erased record do not.
CREATE FUNCTION nrm.undo_imported(in_case uuid, erasing uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE persons uuid[]; claims uuid[]; happened uuid[];
BEGIN
    IF NOT nrm.undoable(in_case) OR NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = erasing AND case_ref = in_case
          AND kind = 'record_erased' AND recorded_at = now() AND actor = nrm.reader_account()) THEN
        RAISE EXCEPTION 'Somebody has worked on this case since, or the day is over.'
            USING ERRCODE = 'NR403';
    END IF;
    SELECT array_agg(row_ref) INTO persons FROM nrm.statistics_link WHERE case_ref = in_case;
    SELECT array_agg(row_ref) INTO claims FROM nrm.redress_link WHERE case_ref = in_case;
    SELECT array_agg(event_ref) INTO happened FROM nrm.rule_event_link WHERE case_ref = in_case;
    INSERT INTO nrm.erasure (case_ref, fact_ref, account, organisation)
    VALUES (in_case, erasing, nrm.reader_account(), nrm.reader_organisation());
    PERFORM nrm.blank_case(in_case);
    DELETE FROM statistics.person WHERE row_ref = ANY (persons);
    DELETE FROM statistics.redress WHERE row_ref = ANY (claims);
    DELETE FROM statistics.rule_event WHERE event_ref = ANY (happened);
    UPDATE nrm.erasure SET rows_kept = 0 WHERE case_ref = in_case;
END $$;
CREATE FUNCTION nrm.end_undoing(of_import uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM nrm.require_import(of_import);
    UPDATE nrm.import SET state = 'undone', sealed = '' WHERE import_ref = of_import;
    DELETE FROM nrm.import_part WHERE import_ref = of_import;
END $$;

REVOKE ALL ON FUNCTION
    nrm.grant_own_access(uuid, uuid[], text[], uuid[], text[], text[], uuid[], timestamptz,
        timestamptz[]),
    nrm.may_import(), nrm.require_import(uuid), nrm.begin_import(uuid, bytea, bytea[], int),
    nrm.own_imports(), nrm.import_rows(uuid, int),
    nrm.move_import(uuid, text, text, bytea, int, int, int), nrm.keep_import_rows(uuid, int, bytea),
    nrm.note_imported(uuid, int, uuid), nrm.imported_rows(uuid, int, int), nrm.give_up_import(uuid),
    nrm.import_memory(), nrm.remember_import(bytea), nrm.undoable(uuid), nrm.cases_to_undo(uuid),
    nrm.undo_imported(uuid, uuid), nrm.end_undoing(uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    nrm.grant_own_access(uuid, uuid[], text[], uuid[], text[], text[], uuid[], timestamptz,
        timestamptz[]),
    nrm.note_imported(uuid, int, uuid), nrm.undo_imported(uuid, uuid)
    TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION
    nrm.begin_import(uuid, bytea, bytea[], int), nrm.own_imports(), nrm.import_rows(uuid, int),
    nrm.move_import(uuid, text, text, bytea, int, int, int), nrm.keep_import_rows(uuid, int, bytea),
    nrm.imported_rows(uuid, int, int), nrm.give_up_import(uuid), nrm.import_memory(),
    nrm.remember_import(bytea),
    nrm.cases_to_undo(uuid), nrm.end_undoing(uuid)
    TO opennrm_app;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
