-- Hand-overs between States: whom this installation trusts, the keys of its own focal points, and
-- every word that was said in a hand-over, on this side. What is said is sealed by organisation to
-- organisation; here it stands as it travels. A hand-over is kept once for each side that is ours.
CREATE TABLE nrm.partner (
    organisation uuid PRIMARY KEY REFERENCES public.accounts_organisation (ref),
    sign_key text NOT NULL CHECK (length(sign_key) = 43),
    card jsonb NOT NULL,
    status text NOT NULL DEFAULT 'proposed'
        CHECK (status IN ('proposed', 'trusted', 'suspended', 'compromised')),
    proposed_by uuid NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
-- What was decided about partners, by whom; nothing is taken out of it.
CREATE TABLE nrm.partner_word (
    word_ref uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation uuid NOT NULL REFERENCES nrm.partner (organisation),
    status text NOT NULL,
    sign_key text NOT NULL,
    account uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE nrm.hand_over_key (
    key_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    public jsonb NOT NULL,
    sealed bytea NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
CREATE UNIQUE INDEX one_hand_over_key ON nrm.hand_over_key (organisation) WHERE ended_at IS NULL;
CREATE TABLE nrm.hand_over (
    hand_over uuid NOT NULL,
    ours uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    partner uuid NOT NULL REFERENCES nrm.partner (organisation),
    is_sender boolean NOT NULL,
    case_ref uuid,
    consent uuid,
    begun_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (hand_over, ours),
    CHECK (is_sender = (consent IS NOT NULL)),
    CHECK (NOT is_sender OR case_ref IS NOT NULL)
);
-- One case comes of a hand-over that was received, and a case comes of one hand-over.
CREATE UNIQUE INDEX one_case_received ON nrm.hand_over (case_ref) WHERE NOT is_sender;
CREATE TABLE nrm.hand_over_word (
    message uuid NOT NULL,
    hand_over uuid NOT NULL,
    ours uuid NOT NULL,
    is_sent boolean NOT NULL,
    by_sender boolean NOT NULL,
    number int NOT NULL CHECK (number > 0),
    word text NOT NULL,
    reason text,
    digest bytea NOT NULL,
    content text CHECK (length(content) < 600000),
    head jsonb,
    account uuid,
    at timestamptz NOT NULL,
    -- Of what was sent: whether the other side has it (null: not known yet), and its last problem.
    has_arrived boolean,
    problem text,
    PRIMARY KEY (message, ours),
    UNIQUE (hand_over, ours, is_sent, number),
    FOREIGN KEY (hand_over, ours) REFERENCES nrm.hand_over (hand_over, ours)
);
-- What waits to be sent, to partners and to the systems of members: tried until it is taken.
CREATE TABLE nrm.post (
    post_ref uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    what text NOT NULL CHECK (what IN ('hand_over_word', 'hook')),
    about uuid NOT NULL,
    ours uuid NOT NULL,
    due_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    fault text,
    -- The digests of the texts last made of it, to know its receipt by.
    issued bytea[] NOT NULL DEFAULT '{}',
    UNIQUE (what, about, ours)
);
CREATE INDEX post_due ON nrm.post (due_at);

DO $$
DECLARE tab text; col text;
BEGIN
    FOREACH tab IN ARRAY ARRAY['partner', 'partner_word', 'hand_over_key', 'hand_over',
                               'hand_over_word', 'post'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', tab);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', tab);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) '
            'WITH CHECK (true)', tab);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON nrm.%I TO opennrm_definer', tab);
        -- Row estimates tell nothing about who is handed over, where to and when.
        FOR col IN SELECT attname FROM pg_attribute WHERE attrelid = ('nrm.' || tab)::regclass
            AND attnum > 0 LOOP
            EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0', tab, col);
        END LOOP;
    END LOOP;
END $$;
GRANT DELETE ON nrm.post TO opennrm_definer;
CREATE TRIGGER unchanging BEFORE UPDATE OR DELETE ON nrm.partner_word
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();

-- Cards are public. A hand-over is seen by the focal points of the organisation it belongs to.
GRANT SELECT ON nrm.partner, nrm.partner_word, nrm.hand_over TO opennrm_app, opennrm_recorder;
GRANT SELECT (key_ref, organisation, public, made_at, ended_at) ON nrm.hand_over_key
    TO opennrm_app, opennrm_recorder;
GRANT SELECT (message, hand_over, ours, is_sent, by_sender, number, word, reason, digest, at,
    account, has_arrived, problem) ON nrm.hand_over_word TO opennrm_app, opennrm_recorder;
CREATE POLICY everyone ON nrm.partner FOR SELECT TO opennrm_app, opennrm_recorder USING (true);
CREATE POLICY everyone ON nrm.partner_word FOR SELECT TO opennrm_app USING (true);
CREATE POLICY everyone ON nrm.hand_over_key FOR SELECT TO opennrm_app, opennrm_recorder
    USING (true);
CREATE POLICY reader ON nrm.hand_over FOR SELECT TO opennrm_app USING (
    ours = (SELECT nrm.reader_organisation()) AND 'TF' = ANY ((SELECT nrm.reader_roles())::text[])
    AND 'D10' = ANY (coalesce((SELECT nrm.reader_parts()), ARRAY['D10'])));
CREATE POLICY reader ON nrm.hand_over_word FOR SELECT TO opennrm_app USING (
    ours = (SELECT nrm.reader_organisation()) AND 'TF' = ANY ((SELECT nrm.reader_roles())::text[])
    AND 'D10' = ANY (coalesce((SELECT nrm.reader_parts()), ARRAY['D10'])));
-- The recorder takes messages in and sends them; it works for no reader then.
CREATE POLICY carrying ON nrm.hand_over FOR SELECT TO opennrm_recorder USING (true);
CREATE POLICY carrying ON nrm.hand_over_word FOR SELECT TO opennrm_recorder USING (true);

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

CREATE FUNCTION nrm.require_focal_point() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    -- A program that works for one needs the part in which disclosures stand.
    IF NOT coalesce('TF' = ANY (nrm.reader_roles()), false)
    OR NOT 'D10' = ANY (coalesce(nrm.reader_parts(), ARRAY['D10'])) THEN
        PERFORM nrm.refuse('Only a focal point does this.');
    END IF;
    RETURN nrm.reader_organisation();
END $$;

-- A card is proposed by a focal point or a co-ordinator, and trusted by somebody else: two people
-- have compared its fingerprint. A card with other keys is proposed anew.
CREATE FUNCTION nrm.propose_partner(of_organisation uuid, called text, in_state text, key text,
    whole jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT nrm.reader_roles() && ARRAY['TF', 'NCO'] OR nrm.reader_parts() IS NOT NULL THEN
        PERFORM nrm.refuse('Only a focal point or a co-ordinator proposes a partner.');
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        RAISE EXCEPTION 'Show your second factor again first.' USING ERRCODE = 'NR428';
    END IF;
    IF EXISTS (SELECT 1 FROM public.accounts_account WHERE organisation_id = of_organisation) THEN
        PERFORM nrm.refuse('This organisation works here; it is no partner abroad.');
    END IF;
    INSERT INTO public.accounts_organisation (ref, name, kind, jurisdiction, roles,
        is_enforcement, receives_public, combination)
    VALUES (of_organisation, called, 'central_government_organisation', in_state,
        ARRAY['TF'], false, false, '')
    ON CONFLICT (ref) DO NOTHING;
    INSERT INTO nrm.partner (organisation, sign_key, card, proposed_by)
    VALUES (of_organisation, key, whole, nrm.reader_account())
    ON CONFLICT (organisation) DO UPDATE SET sign_key = key, card = whole, status = 'proposed',
        proposed_by = nrm.reader_account(), changed_at = now();
    INSERT INTO nrm.partner_word (organisation, status, sign_key, account)
    VALUES (of_organisation, 'proposed', key, nrm.reader_account());
    PERFORM nrm.write_journal('partner_proposed', NULL, '{}', NULL);
END $$;

CREATE FUNCTION nrm.decide_partner(of_organisation uuid, new_status text, key text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE kept nrm.partner;
BEGIN
    SELECT * INTO kept FROM nrm.partner WHERE organisation = of_organisation FOR UPDATE;
    IF kept.organisation IS NULL OR new_status NOT IN ('trusted', 'suspended', 'compromised') THEN
        PERFORM nrm.refuse('There is no such partner.');
    END IF;
    -- To stop is anybody's who works with partners, at once; to trust takes a second person.
    IF NOT nrm.reader_roles() && ARRAY['TF', 'NCO'] OR nrm.reader_parts() IS NOT NULL THEN
        PERFORM nrm.refuse('Only a focal point or a co-ordinator decides about a partner.');
    END IF;
    IF new_status = 'trusted' THEN
        IF NOT 'NCO' = ANY (nrm.reader_roles()) OR nrm.reader_account() = kept.proposed_by THEN
            PERFORM nrm.refuse('A co-ordinator who did not propose it trusts a partner.');
        END IF;
        IF key <> kept.sign_key OR kept.status = 'compromised' THEN
            PERFORM nrm.refuse('These keys are not trusted again. Propose a new card.');
        END IF;
        IF NOT nrm.agreement_in_force(of_organisation) THEN
            RAISE EXCEPTION 'No agreement with this partner is in force.' USING ERRCODE = 'NR409';
        END IF;
    END IF;
    IF NOT nrm.factor_is_fresh() THEN
        RAISE EXCEPTION 'Show your second factor again first.' USING ERRCODE = 'NR428';
    END IF;
    UPDATE nrm.partner SET status = new_status, changed_at = now()
    WHERE organisation = of_organisation;
    INSERT INTO nrm.partner_word (organisation, status, sign_key, account)
    VALUES (of_organisation, new_status, kept.sign_key, nrm.reader_account());
    PERFORM nrm.write_journal('partner_' || new_status, NULL, '{}', NULL);
END $$;

-- The keys of a focal point: made by one of its people, sealed to its group. Old ones are kept, to
-- open what was sealed to them before the new card was known.
CREATE FUNCTION nrm.keep_hand_over_key(ref uuid, public_part jsonb, sealed_part bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_focal_point();
BEGIN
    IF nrm.reader_parts() IS NOT NULL THEN
        PERFORM nrm.refuse('Keys are made by a person.');
    END IF;
    UPDATE nrm.hand_over_key SET ended_at = now() WHERE organisation = house AND ended_at IS NULL;
    INSERT INTO nrm.hand_over_key (key_ref, organisation, public, sealed, made_by)
    VALUES (ref, house, public_part, sealed_part, nrm.reader_account());
    PERFORM nrm.write_journal('hand_over_key_made', NULL, '{}', NULL);
END $$;
CREATE FUNCTION nrm.own_hand_over_keys() RETURNS TABLE (key_ref uuid, public jsonb, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT key_ref, public, sealed FROM nrm.hand_over_key
    WHERE organisation = nrm.require_focal_point() ORDER BY made_at DESC
$$;
-- When the group gets a new key, its focal-point keys are sealed to that one.
CREATE FUNCTION nrm.seal_hand_over_key_again(ref uuid, sealed_part bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.hand_over_key SET sealed = sealed_part
    WHERE key_ref = ref AND organisation = nrm.require_focal_point()
      AND EXISTS (SELECT 1 FROM nrm.group_key WHERE organisation = nrm.reader_organisation()
        AND role = 'TF' AND renewed_in = pg_current_xact_id_if_assigned())
$$;

CREATE FUNCTION nrm.begin_hand_over(ref uuid, to_partner uuid, in_case uuid, on_consent uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_focal_point();
BEGIN
    IF NOT nrm.has_row(in_case, NULL, false) OR NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = ref AND case_ref = in_case
          AND kind = 'hand_over_offered' AND actor = nrm.reader_account()
          AND open ->> 'to' = to_partner::text AND open ->> 'basis_fact' = on_consent::text)
    OR NOT EXISTS (
        SELECT 1 FROM nrm.fact WHERE fact_ref = on_consent AND case_ref = in_case
          AND kind = 'consent_given' AND open ->> 'recipient' = to_partner::text
          AND open ->> 'recipient_role' = 'TF') THEN
        PERFORM nrm.refuse('A hand-over rests on her consent for exactly this partner.');
    END IF;
    INSERT INTO nrm.hand_over (hand_over, ours, partner, is_sender, case_ref, consent)
    VALUES (ref, house, to_partner, true, in_case, on_consent);
END $$;

-- What the next word of this side is numbered, with the hand-over locked. Her withdrawal is carried
-- by whoever may write it in the case; everything else is said by a focal point.
CREATE FUNCTION nrm.next_hand_over_word(ref uuid, new_word text)
RETURNS TABLE (ours uuid, partner uuid, is_sender boolean, number int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE kept nrm.hand_over; house uuid := nrm.reader_organisation();
BEGIN
    IF new_word = 'withdrawn' THEN
        SELECT * INTO kept FROM nrm.hand_over AS one WHERE one.hand_over = ref AND one.is_sender
        FOR UPDATE;
        IF kept.case_ref IS NULL OR NOT EXISTS (
            SELECT 1 FROM nrm.fact WHERE case_ref = kept.case_ref AND kind = 'consent_withdrawn'
              AND open ->> 'consent' = kept.consent::text AND actor = nrm.reader_account()) THEN
            PERFORM nrm.refuse('Only her own withdrawal is carried on.');
        END IF;
    ELSE
        house := nrm.require_focal_point();
        SELECT * INTO kept FROM nrm.hand_over AS one WHERE one.hand_over = ref AND one.ours = house
        FOR UPDATE;
        IF kept.hand_over IS NULL THEN
            PERFORM nrm.refuse('There is no such hand-over here.');
        END IF;
    END IF;
    RETURN QUERY SELECT kept.ours, kept.partner, kept.is_sender, 1 + coalesce((
        SELECT max(said.number) FROM nrm.hand_over_word AS said
        WHERE said.hand_over = ref AND said.ours = kept.ours AND said.is_sent), 0);
END $$;

-- Keeps a word of this side and puts it in the post. An end blanks what has not gone yet; what a
-- compromised partner had is told by other means than this line.
CREATE FUNCTION nrm.keep_said(ref uuid, of_house uuid, message_ref uuid, new_word text,
    new_number int, why text, new_digest bytea, sealed_content text, moment timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE kept nrm.hand_over; trust text; ends boolean := new_word IN ('withdrawn', 'revoked');
BEGIN
    SELECT * INTO kept FROM nrm.hand_over WHERE hand_over = ref AND ours = of_house FOR UPDATE;
    SELECT status INTO trust FROM nrm.partner WHERE organisation = kept.partner;
    IF kept.is_sender <> (new_word IN ('offered', 'handed_over', 'withdrawn', 'revoked'))
    OR new_number <> (SELECT next.number FROM nrm.next_hand_over_word(ref, new_word) AS next) THEN
        PERFORM nrm.refuse('This word is not said by this side now.');
    END IF;
    IF trust <> 'trusted' AND NOT ends AND new_word <> 'confirmed' OR (
        new_word IN ('offered', 'handed_over', 'accepted')
        AND NOT nrm.agreement_in_force(kept.partner)) THEN
        RAISE EXCEPTION 'This partner is not trusted now.' USING ERRCODE = 'NR426';
    END IF;
    IF new_word = 'handed_over' AND EXISTS (
        SELECT 1 FROM nrm.fact WHERE case_ref = kept.case_ref AND kind = 'consent_withdrawn'
          AND open ->> 'consent' = kept.consent::text) THEN
        PERFORM nrm.refuse('She has taken her consent back.');
    END IF;
    IF ends THEN
        UPDATE nrm.hand_over_word SET content = NULL
        WHERE hand_over = ref AND ours = of_house AND is_sent;
        DELETE FROM nrm.post WHERE what = 'hand_over_word' AND ours = of_house AND about IN (
            SELECT message FROM nrm.hand_over_word WHERE hand_over = ref AND ours = of_house
              AND is_sent);
    END IF;
    INSERT INTO nrm.hand_over_word (message, hand_over, ours, is_sent, by_sender, number, word,
        reason, digest, content, account, at)
    VALUES (message_ref, ref, of_house, true, kept.is_sender, new_number, new_word, why,
        new_digest, sealed_content, nrm.reader_account(), moment);
    INSERT INTO nrm.post (what, about, ours, due_at)
    VALUES ('hand_over_word', message_ref, of_house, moment);
    PERFORM nrm.write_journal('hand_over_' || new_word, kept.case_ref, '{}', NULL);
END $$;

CREATE FUNCTION nrm.take_hand_over(ref uuid, in_case uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_focal_point();
BEGIN
    IF NOT nrm.just_started(in_case) THEN
        PERFORM nrm.refuse('A hand-over is taken over into a new case.');
    END IF;
    UPDATE nrm.hand_over SET case_ref = in_case
    WHERE hand_over = ref AND ours = house AND NOT is_sender AND case_ref IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE nrm.hand_over_word SET content = NULL WHERE hand_over = ref AND ours = house
      AND NOT is_sent;
    RETURN true;
END $$;

-- Opening what came is a reading like any other.
CREATE FUNCTION nrm.contents_of_hand_over(ref uuid)
RETURNS TABLE (message uuid, word text, content text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE house uuid := nrm.require_focal_point();
BEGIN
    PERFORM nrm.write_journal('hand_over_read', NULL, '{}', 1);
    RETURN QUERY SELECT said.message, said.word, said.content FROM nrm.hand_over_word AS said
    JOIN nrm.hand_over AS kept ON kept.hand_over = said.hand_over AND kept.ours = said.ours
    JOIN nrm.partner ON partner.organisation = kept.partner
    WHERE said.hand_over = ref AND said.ours = house AND NOT said.is_sent
      AND said.content IS NOT NULL AND partner.status <> 'compromised';
END $$;

-- For the server, which works for no reader here: what it takes in, what it sends, what it hears.
CREATE FUNCTION nrm.lock_hand_over(ref uuid, of_house uuid) RETURNS SETOF nrm.hand_over
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hand over ' || ref || of_house, 0));
    RETURN QUERY SELECT * FROM nrm.hand_over WHERE hand_over = ref AND ours = of_house FOR UPDATE;
END $$;

CREATE FUNCTION nrm.keep_heard(ref uuid, of_house uuid, from_partner uuid, message_ref uuid,
    new_word text, from_sender boolean, new_number int, why text, new_digest bytea,
    sealed_content text, seal_of_sender jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE kept nrm.hand_over; answer_ref uuid := gen_random_uuid();
BEGIN
    INSERT INTO nrm.hand_over (hand_over, ours, partner, is_sender)
    VALUES (ref, of_house, from_partner, false) ON CONFLICT DO NOTHING;
    SELECT * INTO kept FROM nrm.hand_over WHERE hand_over = ref AND ours = of_house;
    IF kept.partner <> from_partner OR kept.is_sender = from_sender THEN
        PERFORM nrm.refuse('This word is not of the other side.');
    END IF;
    IF new_word IN ('withdrawn', 'revoked') THEN
        UPDATE nrm.hand_over_word SET content = NULL WHERE hand_over = ref AND ours = of_house
          AND NOT is_sent;
    END IF;
    INSERT INTO nrm.hand_over_word (message, hand_over, ours, is_sent, by_sender, number, word,
        reason, digest, content, head, at)
    VALUES (message_ref, ref, of_house, false, from_sender, new_number, new_word, why, new_digest,
        sealed_content, seal_of_sender, moment);
    INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
    VALUES (of_house, 'TF', 'hand_over_' || new_word, ref, from_partner, moment);
END $$;

-- Where nothing was opened, the server itself confirms that nothing is left.
CREATE FUNCTION nrm.confirm_unopened(ref uuid, of_house uuid, message_ref uuid, new_number int,
    new_digest bytea, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM nrm.hand_over WHERE hand_over = ref AND ours = of_house
        AND NOT is_sender AND case_ref IS NULL)
    OR NOT EXISTS (SELECT 1 FROM nrm.hand_over_word WHERE hand_over = ref AND ours = of_house
        AND word IN ('withdrawn', 'revoked')) THEN
        PERFORM nrm.refuse('Only the end of what was never taken over is confirmed like this.');
    END IF;
    INSERT INTO nrm.hand_over_word (message, hand_over, ours, is_sent, by_sender, number, word,
        reason, digest, at)
    VALUES (message_ref, ref, of_house, true, false, new_number, 'confirmed', 'nothing_opened',
        new_digest, moment);
    INSERT INTO nrm.post (what, about, ours, due_at)
    VALUES ('hand_over_word', message_ref, of_house, moment);
END $$;

-- What is due now, each with what it needs to be written. Of one hand-over only the earliest word
-- that has not arrived goes; nothing goes to a compromised partner, and to one that is suspended
-- only what ends a hand-over.
CREATE FUNCTION nrm.due_words(moment timestamptz, of_partner uuid)
RETURNS TABLE (post_ref uuid, message uuid, hand_over uuid, number int, word text, reason text,
    content text, sender uuid, receiver uuid, card jsonb, attempts int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT post.post_ref, said.message, said.hand_over, said.number, said.word, said.reason,
        said.content, said.ours, kept.partner, partner.card, post.attempts
    FROM nrm.post
    JOIN nrm.hand_over_word AS said ON said.message = post.about AND said.ours = post.ours
        AND said.is_sent
    JOIN nrm.hand_over AS kept ON kept.hand_over = said.hand_over AND kept.ours = said.ours
    JOIN nrm.partner ON partner.organisation = kept.partner
    WHERE post.what = 'hand_over_word' AND post.due_at <= moment
      AND (of_partner IS NULL OR kept.partner = of_partner)
      AND (partner.status = 'trusted' OR partner.status = 'suspended'
        AND said.word IN ('withdrawn', 'revoked', 'confirmed'))
      AND NOT EXISTS (SELECT 1 FROM nrm.hand_over_word AS before
        WHERE before.hand_over = said.hand_over AND before.ours = said.ours AND before.is_sent
          AND before.number < said.number AND before.has_arrived IS NULL
          AND said.word NOT IN ('withdrawn', 'revoked'))
    ORDER BY post.due_at LIMIT 50 FOR UPDATE OF post SKIP LOCKED
$$;
CREATE FUNCTION nrm.note_attempt(of_post uuid, text_digest bytea, next_at timestamptz, what_fault text)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.post SET attempts = attempts + 1, due_at = next_at, fault = what_fault,
        issued = CASE WHEN text_digest IS NULL THEN issued
            ELSE (issued || text_digest)[greatest(1, cardinality(issued) - 6):] END
    WHERE post_ref = of_post
$$;
CREATE FUNCTION nrm.note_receipt(text_digest bytea, what_problem text, again_at timestamptz,
    held uuid[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE letter nrm.post; said nrm.hand_over_word;
BEGIN
    SELECT * INTO letter FROM nrm.post
    WHERE what = 'hand_over_word' AND text_digest = ANY (issued) FOR UPDATE;
    IF letter.post_ref IS NULL THEN
        RETURN false;
    END IF;
    SELECT * INTO said FROM nrm.hand_over_word WHERE message = letter.about AND ours = letter.ours;
    UPDATE nrm.hand_over_word SET problem = what_problem,
        has_arrived = CASE WHEN what_problem IS NULL THEN true ELSE has_arrived END,
        content = CASE WHEN what_problem IS NULL THEN NULL ELSE content END
    WHERE message = letter.about AND ours = letter.ours;
    IF what_problem IS NOT NULL THEN
        -- A word that will never be taken waits for a person, who may send it once more.
        UPDATE nrm.post SET due_at = coalesce(again_at, 'infinity'), fault = what_problem
        WHERE post_ref = letter.post_ref;
        RETURN true;
    END IF;
    DELETE FROM nrm.post WHERE post_ref = letter.post_ref;
    IF said.word IN ('withdrawn', 'revoked') THEN
        -- It overtook what had not arrived; the other side says which of it has, all the same.
        UPDATE nrm.hand_over_word SET has_arrived = (message = ANY (held))
        WHERE hand_over = said.hand_over AND ours = said.ours AND is_sent
          AND has_arrived IS NULL;
    END IF;
    RETURN true;
END $$;
CREATE FUNCTION nrm.send_word_again(ref uuid, message_ref uuid, moment timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    UPDATE nrm.post SET due_at = moment WHERE what = 'hand_over_word' AND about = message_ref
      AND ours = nrm.require_focal_point()
$$;

DO $$
DECLARE signature text;
BEGIN
    FOR signature IN
        SELECT p.oid::regprocedure::text FROM pg_proc AS p
        WHERE p.pronamespace = 'nrm'::regnamespace AND p.proname IN (
            'require_focal_point', 'propose_partner', 'decide_partner', 'keep_hand_over_key',
            'own_hand_over_keys', 'seal_hand_over_key_again', 'begin_hand_over',
            'next_hand_over_word', 'keep_said', 'take_hand_over',
            'contents_of_hand_over', 'lock_hand_over', 'keep_heard', 'confirm_unopened',
            'due_words', 'note_attempt', 'note_receipt', 'send_word_again')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION nrm.propose_partner(uuid, text, text, text, jsonb),
    nrm.decide_partner(uuid, text, text), nrm.keep_hand_over_key(uuid, jsonb, bytea),
    nrm.own_hand_over_keys(), nrm.seal_hand_over_key_again(uuid, bytea),
    nrm.contents_of_hand_over(uuid), nrm.send_word_again(uuid, uuid, timestamptz) TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.own_hand_over_keys(), nrm.begin_hand_over(uuid, uuid, uuid, uuid),
    nrm.next_hand_over_word(uuid, text),
    nrm.keep_said(uuid, uuid, uuid, text, int, text, bytea, text, timestamptz),
    nrm.take_hand_over(uuid, uuid), nrm.lock_hand_over(uuid, uuid),
    nrm.keep_heard(uuid, uuid, uuid, uuid, text, boolean, int, text, bytea, text, jsonb,
        timestamptz),
    nrm.confirm_unopened(uuid, uuid, uuid, int, bytea, timestamptz),
    nrm.due_words(timestamptz, uuid), nrm.note_attempt(uuid, bytea, timestamptz, text),
    nrm.note_receipt(bytea, text, timestamptz, uuid[]), nrm.agreement_in_force(uuid)
    TO opennrm_recorder;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
