-- The one way into the record. Every function here checks the reader bound to the transaction.
CREATE FUNCTION nrm.start_case(new_case uuid, in_jurisdiction text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.reader_organisation() IS NULL THEN
        RAISE EXCEPTION 'You are signed out. Sign in again.' USING ERRCODE = 'NR401';
    END IF;
    -- A lapsed agreement stops new cases, but never a call for help through the front door.
    IF NOT nrm.agreement_in_force(nrm.reader_organisation()) AND NOT EXISTS (
        SELECT 1 FROM public.accounts_account WHERE ref = nrm.reader_account() AND is_front_door
    ) THEN
        RAISE EXCEPTION 'No agreement is in force for this organisation.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.case_head (case_ref, jurisdiction, organisation)
    VALUES (new_case, in_jurisdiction, nrm.reader_organisation());
END $$;

-- Locks the case for this transaction. False when the reader has no live row, offered or open:
-- a case that is not hers and one that does not exist give the same answer.
CREATE FUNCTION nrm.lock_case(in_case uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.has_offer(in_case, NULL) THEN
        RETURN false;
    END IF;
    PERFORM 1 FROM nrm.case_head WHERE case_ref = in_case FOR UPDATE;
    RETURN nrm.has_offer(in_case, NULL);
END $$;

CREATE FUNCTION nrm.chain_hash(fact nrm.fact) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(concat_ws('|',
        fact.fact_ref, fact.case_ref, fact.position, fact.compartment, fact.sequence, fact.kind,
        (extract(epoch FROM fact.at) * 1000000)::bigint,
        (extract(epoch FROM fact.recorded_at) * 1000000)::bigint,
        fact.actor, fact.organisation, fact.basis, coalesce(fact.corrects::text, '-'),
        fact.key_version, encode(fact.open_digest, 'hex'), encode(fact.sealed_digest, 'hex'),
        encode(fact.previous, 'hex')), 'UTF8'))
$$;
CREATE FUNCTION nrm.open_digest_of(fact nrm.fact) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(fact.open_salt || convert_to(fact.open::text, 'UTF8'))
$$;
CREATE FUNCTION nrm.sealed_digest_of(fact nrm.fact) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(fact.sealed_salt || coalesce(fact.sealed, ''))
$$;

CREATE FUNCTION nrm.require_right_to_add(in_case uuid, in_kind text, part text, content jsonb)
RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE known nrm.fact_kind; allowed boolean; answered uuid;
BEGIN
    SELECT * INTO known FROM nrm.fact_kind WHERE kind = in_kind;
    IF known.kind IS NULL OR (known.scope IS NOT NULL AND known.scope <> rtrim(part, 'S')) THEN
        RAISE EXCEPTION 'Kind % does not belong in %.', in_kind, part USING ERRCODE = 'NR400';
    END IF;
    IF known.scope IS NULL AND part IS DISTINCT FROM (content ->> 'scope') || 'S' THEN
        RAISE EXCEPTION 'A summary goes to the extract of its scope.' USING ERRCODE = 'NR400';
    END IF;
    answered := CASE WHEN content ->> 'answers' ~ '^[0-9a-f-]{36}$'
                     THEN (content ->> 'answers')::uuid END;
    allowed := nrm.just_started(in_case) OR CASE known.needs
        WHEN 'write' THEN nrm.has_row(in_case, part, true)
            OR (known.scope IS NULL AND nrm.has_row(in_case, rtrim(part, 'S'), false))
        WHEN 'read' THEN nrm.has_row(in_case, part, false)
        WHEN 'addressee' THEN answered IS NOT NULL AND nrm.has_offer(in_case, answered)
        WHEN 'addressee_or_write' THEN nrm.has_row(in_case, part, true)
            OR (answered IS NOT NULL AND nrm.has_offer(in_case, answered))
        WHEN 'any' THEN nrm.has_row(in_case, NULL, false)
    END;
    IF NOT allowed THEN
        RAISE EXCEPTION 'No open row permits % in %.', in_kind, part USING ERRCODE = 'NR403';
    END IF;
END $$;

CREATE FUNCTION nrm.next_sequence(in_case uuid, part text) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT coalesce(max(sequence), 0) + 1 FROM nrm.fact
    WHERE case_ref = in_case AND compartment = part
$$;

-- `seen` is the last sequence the worker saw in this compartment, or null where she saw none of it.
CREATE FUNCTION nrm.append_fact(
    in_case uuid, new_ref uuid, new_kind text, part text, moment timestamptz, on_basis text,
    replaces uuid, open_part jsonb, sealed_part bytea, version int, seen int
) RETURNS nrm.fact
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE fact nrm.fact; head nrm.case_head;
BEGIN
    -- Asked before the lock, so that nobody waits on a case that is not hers, and again behind it.
    PERFORM nrm.require_right_to_add(in_case, new_kind, part, open_part);
    SELECT * INTO head FROM nrm.case_head WHERE case_ref = in_case FOR UPDATE;
    PERFORM nrm.require_right_to_add(in_case, new_kind, part, open_part);
    IF seen IS NOT NULL AND nrm.has_row(in_case, part, false)
        AND nrm.next_sequence(in_case, part) - 1 <> seen THEN
        RAISE EXCEPTION 'Something was recorded meanwhile.' USING ERRCODE = 'NR409';
    END IF;
    IF replaces IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = replaces AND case_ref = in_case
          AND kind = new_kind AND compartment = part) THEN
        RAISE EXCEPTION 'A correction names a fact of the same kind in the same place.'
            USING ERRCODE = 'NR400';
    END IF;
    fact.fact_ref := new_ref; fact.case_ref := in_case; fact.position := head.length + 1;
    fact.compartment := part; fact.sequence := nrm.next_sequence(in_case, part);
    fact.kind := new_kind; fact.at := moment; fact.recorded_at := now();
    fact.actor := nrm.reader_account(); fact.organisation := nrm.reader_organisation();
    fact.basis := on_basis; fact.corrects := replaces; fact.open := open_part;
    fact.sealed := sealed_part; fact.key_version := version;
    fact.open_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    fact.sealed_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    fact.open_digest := nrm.open_digest_of(fact);
    fact.sealed_digest := nrm.sealed_digest_of(fact);
    fact.previous := head.hash;
    fact.hash := nrm.chain_hash(fact);
    INSERT INTO nrm.fact SELECT fact.*;
    UPDATE nrm.case_head SET length = fact.position, hash = fact.hash WHERE case_ref = in_case;
    RETURN fact;
END $$;

-- All versions of the thing a fact tells: what it corrects and what corrects it.
CREATE FUNCTION nrm.versions(in_case uuid, of_fact uuid) RETURNS SETOF nrm.fact
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH RECURSIVE version AS (
        SELECT fact_ref, corrects FROM nrm.fact WHERE fact_ref = of_fact AND case_ref = in_case
        UNION
        SELECT other.fact_ref, other.corrects FROM nrm.fact AS other JOIN version
            ON other.corrects = version.fact_ref OR other.fact_ref = version.corrects
        WHERE other.case_ref = in_case
    )
    SELECT fact.* FROM nrm.fact JOIN version USING (fact_ref)
$$;

-- Access rows: no row without a basis in the record, an end, and a cell in the matrix.
CREATE FUNCTION nrm.require_basis(
    in_case uuid, on_basis uuid, to_organisation uuid, to_role text, part text, ends timestamptz
) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF nrm.just_started(in_case) AND to_organisation = nrm.reader_organisation() AND EXISTS (
        SELECT 1 FROM nrm.fact JOIN public.accounts_organisation AS own
            ON own.ref = fact.organisation AND to_role = ANY (own.roles)
        WHERE fact_ref = on_basis AND case_ref = in_case AND position = 1
    ) THEN
        RETURN;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM (
            SELECT * FROM nrm.versions(in_case, on_basis) ORDER BY position DESC LIMIT 1
        ) AS given
        WHERE given.kind IN ('consent_given', 'legal_duty_relied_on')
          AND given.open ->> 'recipient' = to_organisation::text
          AND given.open ->> 'recipient_role' = to_role
          AND given.open -> 'scopes' ? part
          AND (given.open ->> 'until')::timestamptz >= ends
          AND NOT EXISTS (
              SELECT 1 FROM nrm.fact AS taken_back
              WHERE taken_back.case_ref = in_case AND taken_back.kind = 'consent_withdrawn'
                AND taken_back.open ->> 'consent' IN (
                    SELECT fact_ref::text FROM nrm.versions(in_case, on_basis)))
    ) THEN
        RAISE EXCEPTION 'No consent or legal duty in the record covers this.'
            USING ERRCODE = 'NR403';
    END IF;
END $$;

CREATE FUNCTION nrm.grant_access(
    in_case uuid, new_ref uuid, to_organisation uuid, to_role text, to_account uuid, part text,
    in_mode text, in_state text, basis uuid, offer uuid, moment timestamptz, ends timestamptz
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT (nrm.just_started(in_case) OR nrm.has_row(in_case, NULL, true)) THEN
        RAISE EXCEPTION 'Only who works on a case can share it.' USING ERRCODE = 'NR403';
    END IF;
    IF NOT nrm.just_started(in_case) AND NOT nrm.has_row(in_case, part, false) AND EXISTS (
        SELECT 1 FROM nrm.access WHERE case_ref = in_case AND compartment = part
          AND closed_at IS NULL AND until > now() AND offer_fact IS DISTINCT FROM offer) THEN
        RAISE EXCEPTION 'Nobody shares what she may not read.' USING ERRCODE = 'NR403';
    END IF;
    PERFORM nrm.require_basis(in_case, basis, to_organisation, to_role, part, ends);
    IF NOT (nrm.agreement_in_force(to_organisation) OR nrm.just_started(in_case)) OR EXISTS (
        SELECT 1 FROM public.accounts_organisation
        WHERE ref = to_organisation AND (is_enforcement OR NOT to_role = ANY (roles))) THEN
        RAISE EXCEPTION 'This organisation cannot receive a case.' USING ERRCODE = 'NR403';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM nrm.need_to_know WHERE role = to_role AND compartment = part
                     AND (mode = 'write' OR mode = in_mode)) THEN
        RAISE EXCEPTION 'Role % has no need to know %.', to_role, part USING ERRCODE = 'NR403';
    END IF;
    IF to_account IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.accounts_account AS person
        JOIN public.accounts_membership AS held ON held.account_id = person.ref
        WHERE person.ref = to_account AND person.organisation_id = to_organisation
          AND held.role = to_role) THEN
        RAISE EXCEPTION 'This person does not hold that role there.' USING ERRCODE = 'NR403';
    END IF;
    IF in_state = 'open' AND NOT (nrm.just_started(in_case)
        AND to_organisation = nrm.reader_organisation()) THEN
        RAISE EXCEPTION 'A case is offered first and opens when it is accepted.'
            USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.access (access_ref, case_ref, organisation, role, account, compartment, mode,
        state, basis_fact, offer_fact, opens_at, until)
    VALUES (new_ref, in_case, to_organisation, to_role, to_account, part,
        in_mode, in_state, basis, offer, moment, ends);
END $$;

CREATE FUNCTION nrm.open_access(in_case uuid, offer uuid, moment timestamptz) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opened int;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM nrm.fact
        WHERE case_ref = in_case AND kind IN ('referral_acknowledged', 'offer_answered')
          AND open ->> 'answers' = offer::text AND open ->> 'answer' = 'accepted'
          AND organisation = nrm.reader_organisation()) THEN
        RAISE EXCEPTION 'It opens when the organisation it was offered to accepts.'
            USING ERRCODE = 'NR403';
    END IF;
    UPDATE nrm.access SET state = 'open', opens_at = moment
    WHERE case_ref = in_case AND offer_fact = offer AND state = 'offered' AND closed_at IS NULL
      AND until > now() AND organisation = (SELECT nrm.reader_organisation())
      AND nrm.agreement_in_force(organisation);
    GET DIAGNOSTICS opened = ROW_COUNT;
    RETURN opened;
END $$;

-- Closing needs its fact too: a withdrawal of the consent the rows rest on, or an answer, by the
-- organisation that was asked or by the person, that declines the offer they came with.
CREATE FUNCTION nrm.is_withdrawn(in_case uuid, consent uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.fact WHERE case_ref = in_case AND kind = 'consent_withdrawn'
        AND open ->> 'consent' IN (SELECT fact_ref::text FROM nrm.versions(in_case, consent)))
$$;

CREATE FUNCTION nrm.is_declined(in_case uuid, offer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM nrm.fact AS answer WHERE answer.case_ref = in_case
        AND answer.kind IN ('referral_acknowledged', 'offer_answered')
        AND answer.open ->> 'answers' = offer::text AND answer.open ->> 'answer' = 'declined'
        AND (answer.open ->> 'by' = 'person' OR EXISTS (SELECT 1 FROM nrm.access
            WHERE access.case_ref = in_case AND access.offer_fact = offer
              AND access.organisation = answer.organisation)))
$$;

CREATE FUNCTION nrm.close_access(in_case uuid, of_basis uuid, of_offer uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.has_offer(in_case, NULL) THEN
        RAISE EXCEPTION 'Only who works on a case closes access to it.' USING ERRCODE = 'NR403';
    END IF;
    IF (of_basis IS NOT NULL AND NOT nrm.is_withdrawn(in_case, of_basis))
        OR (of_offer IS NOT NULL AND NOT nrm.is_declined(in_case, of_offer)) THEN
        RAISE EXCEPTION 'Access is closed by a withdrawal or a refusal in the record.'
            USING ERRCODE = 'NR403';
    END IF;
    WITH closed AS (
        UPDATE nrm.access SET closed_at = clock_timestamp()
        WHERE case_ref = in_case AND closed_at IS NULL
          AND (basis_fact IN (SELECT fact_ref FROM nrm.versions(in_case, of_basis))
            OR offer_fact = of_offer)
        RETURNING access_ref
    )
    DELETE FROM nrm.wrap USING closed WHERE wrap.access_ref = closed.access_ref;
    DELETE FROM nrm.search_entry AS entry WHERE entry.case_ref = in_case AND NOT EXISTS (
        SELECT 1 FROM nrm.access AS other
        WHERE other.case_ref = in_case AND other.organisation = entry.organisation
          AND other.compartment = entry.compartment AND other.closed_at IS NULL);
END $$;

-- A compartment needs a new key when somebody who could open it no longer may (a withdrawal, a
-- refusal after acceptance, or simply the end of a term), and when nobody holds the old one.
CREATE FUNCTION nrm.needs_new_key(in_case uuid, part text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM nrm.scope_key WHERE case_ref = in_case AND compartment = part)
        OR NOT EXISTS (
            SELECT 1 FROM nrm.access AS live
            WHERE live.case_ref = in_case AND live.compartment = part AND live.closed_at IS NULL
              AND live.until > now() AND live.made_in <> pg_current_xact_id())
        OR EXISTS (
            SELECT 1 FROM nrm.access AS ended
            WHERE ended.case_ref = in_case AND ended.compartment = part AND ended.state = 'open'
              AND (ended.closed_at IS NOT NULL OR ended.until <= now())
              AND coalesce(ended.closed_at, ended.until) >= (
                  SELECT max(made_at) FROM nrm.scope_key
                  WHERE case_ref = in_case AND compartment = part))
$$;

CREATE FUNCTION nrm.keep_scope_key(in_case uuid, part text, new_version int, key bytea)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT (nrm.just_started(in_case) OR EXISTS (
        SELECT 1 FROM nrm.fact WHERE case_ref = in_case AND compartment = part
          AND key_version = new_version AND actor = nrm.reader_account() AND recorded_at = now()
    ) OR (nrm.has_row(in_case, NULL, true) AND EXISTS (
        SELECT 1 FROM nrm.access WHERE case_ref = in_case AND compartment = part
          AND made_in = pg_current_xact_id()))) THEN
        RAISE EXCEPTION 'A key is made by who seals with it or shares it.'
            USING ERRCODE = 'NR403';
    END IF;
    IF NOT nrm.needs_new_key(in_case, part) OR new_version <> 1 + (
        SELECT coalesce(max(version), 0) FROM nrm.scope_key
        WHERE case_ref = in_case AND compartment = part) THEN
        RAISE EXCEPTION 'This compartment has the key it needs.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.scope_key (case_ref, compartment, version, public_key)
    VALUES (in_case, part, new_version, key);
END $$;

-- Wraps are made with the key they hold, or with the row they belong to; never afterwards. Who
-- made the key in this transaction was asked then; she may have closed her own row since.
CREATE FUNCTION nrm.keep_wrap(row_ref uuid, of_version int, wrapped bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE opened nrm.access; key nrm.scope_key;
BEGIN
    SELECT * INTO opened FROM nrm.access WHERE access_ref = row_ref AND closed_at IS NULL;
    SELECT * INTO key FROM nrm.scope_key
    WHERE case_ref = opened.case_ref AND compartment = opened.compartment AND version = of_version;
    IF key.made_in IS DISTINCT FROM pg_current_xact_id() AND NOT (
        key.version IS NOT NULL AND opened.made_in = pg_current_xact_id()
        AND nrm.has_row(opened.case_ref, NULL, true)) THEN
        RAISE EXCEPTION 'A wrap is made with its row or with its key.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.wrap VALUES (row_ref, of_version, wrapped);
END $$;

CREATE FUNCTION nrm.keep_search_entry(in_case uuid, entry uuid, part text, sealed_entry bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.has_row(in_case, part, false) THEN
        RAISE EXCEPTION 'Names are kept only by those who may read them.' USING ERRCODE = 'NR403';
    END IF;
    INSERT INTO nrm.search_entry
    VALUES (entry, nrm.reader_organisation(), in_case, part, sealed_entry);
END $$;

CREATE FUNCTION nrm.send_notice(to_organisation uuid, to_role text, of_kind text, thing uuid,
    moment timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
    SELECT to_organisation, to_role, of_kind, thing, nrm.reader_organisation(), moment
    WHERE nrm.reader_organisation() IS NOT NULL
$$;

CREATE FUNCTION nrm.send_notification(ref uuid, in_jurisdiction text, content jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    INSERT INTO nrm.notification
    SELECT ref, in_jurisdiction, content WHERE nrm.reader_organisation() IS NOT NULL;
    SELECT nrm.write_journal('notify_without_identity', NULL, '{}', NULL)
$$;

-- One form, one effect: the second use of a form's key answers with the case of the first.
CREATE FUNCTION nrm.use_form_key(form uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    INSERT INTO nrm.form_key (account, key) VALUES (nrm.reader_account(), form);
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;
