-- A place at a course, a certificate, and the training of an account that rests on it. Training
-- opens rights, so that no page writes it: these functions do, and each asks who stands before it.
CREATE FUNCTION nrm.take_place(at_session uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE held record; made uuid := gen_random_uuid();
BEGIN
    SELECT * INTO held FROM public.coordination_coursesession
    WHERE ref = at_session AND status = 'planned' FOR UPDATE;
    IF NOT FOUND OR NOT nrm.may_coordinate('training', 'read') THEN
        RAISE EXCEPTION 'Only a session that is planned has places.' USING ERRCODE = 'NR409';
    END IF;
    IF EXISTS (SELECT 1 FROM public.coordination_attendance
               WHERE session_id = at_session AND account_id = nrm.reader_account()) THEN
        RAISE EXCEPTION 'You have a place at this session already.' USING ERRCODE = 'NR409';
    END IF;
    IF held.places <= (SELECT count(*) FROM public.coordination_attendance
                       WHERE session_id = at_session) THEN
        RAISE EXCEPTION 'All places of this session are taken. Ask for another.'
            USING ERRCODE = 'NR409';
    END IF;
    INSERT INTO public.coordination_attendance
        (ref, session_id, held_by_id, account_id, name, entry_id, profession, status)
    SELECT made, at_session, held.held_by_id, account.ref, account.display_name, entry.ref, '',
        'enrolled'
    FROM public.accounts_account AS account
    LEFT JOIN public.coordination_registerentry AS entry
        ON entry.member_id = account.organisation_id
    WHERE account.ref = nrm.reader_account();
    RETURN made;
END $$;

CREATE FUNCTION nrm.certify(of_attendance uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE one record; made uuid := gen_random_uuid(); ends date;
BEGIN
    IF NOT nrm.may_coordinate('training', 'decide') THEN
        RAISE EXCEPTION 'Only a trainer gives a certificate.' USING ERRCODE = 'NR403';
    END IF;
    SELECT came.*, held.status AS stands, held.until_on, course.ref AS course_ref, course.tag,
        course.valid_months, course.pass_mark
    INTO one FROM public.coordination_attendance AS came
    JOIN public.coordination_coursesession AS held ON held.ref = came.session_id
    JOIN public.coordination_course AS course ON course.ref = held.course_id
    WHERE came.ref = of_attendance AND held.held_by_id = nrm.reader_organisation()
    FOR UPDATE OF came;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only who holds a course gives its certificates.' USING ERRCODE = 'NR403';
    END IF;
    IF one.account_id = nrm.reader_account() THEN
        RAISE EXCEPTION 'Nobody gives a certificate to herself. Ask another trainer.'
            USING ERRCODE = 'NR403';
    END IF;
    IF one.stands <> 'held' OR one.status <> 'attended' THEN
        RAISE EXCEPTION 'A certificate is for who was there throughout, once the course was held.'
            USING ERRCODE = 'NR409';
    END IF;
    IF one.pass_mark IS NOT NULL AND coalesce(one.after, -1) < one.pass_mark THEN
        RAISE EXCEPTION 'The points afterwards are missing or too few for this course.'
            USING ERRCODE = 'NR409';
    END IF;
    IF EXISTS (SELECT 1 FROM public.coordination_certificate
               WHERE attendance_id = of_attendance) THEN
        RAISE EXCEPTION 'There is a certificate of this already.' USING ERRCODE = 'NR409';
    END IF;
    ends := (one.until_on + make_interval(months => one.valid_months))::date;
    INSERT INTO public.coordination_certificate (ref, attendance_id, held_by_id, account_id,
        entry_id, name, course_id, profession, tag, issued_on, valid_until)
    VALUES (made, of_attendance, one.held_by_id, one.account_id, one.entry_id, one.name,
        one.course_ref, one.profession, one.tag, current_date, ends);
    IF one.account_id IS NOT NULL AND one.tag <> '' THEN
        INSERT INTO public.accounts_trainingtag AS had (account_id, tag, valid_until)
        VALUES (one.account_id, one.tag, ends)
        ON CONFLICT ON CONSTRAINT one_tag_an_account
        DO UPDATE SET valid_until = greatest(had.valid_until, excluded.valid_until);
    END IF;
    RETURN made;
END $$;

-- Taken back, the training falls to what other certificates carry, or ran out yesterday. Training
-- that counts longer than this certificate did not come from it and stays.
CREATE FUNCTION nrm.withdraw_certificate(of_certificate uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE one record;
BEGIN
    UPDATE public.coordination_certificate SET withdrawn_on = current_date
    WHERE ref = of_certificate AND withdrawn_on IS NULL
      AND held_by_id = nrm.reader_organisation() AND nrm.may_coordinate('training', 'decide')
    RETURNING * INTO one;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only who gave a certificate takes it back, once.' USING ERRCODE = 'NR403';
    END IF;
    UPDATE public.accounts_trainingtag AS had SET valid_until = coalesce(
        (SELECT max(other.valid_until) FROM public.coordination_certificate AS other
         WHERE other.account_id = had.account_id AND other.tag = had.tag
           AND other.withdrawn_on IS NULL), current_date - 1)
    WHERE had.account_id = one.account_id AND had.tag = one.tag
      AND had.valid_until <= one.valid_until;
END $$;

GRANT SELECT, INSERT, UPDATE ON public.coordination_attendance, public.coordination_certificate,
    public.coordination_coursesession, public.accounts_trainingtag TO opennrm_definer;
GRANT USAGE ON SEQUENCE public.accounts_trainingtag_id_seq TO opennrm_definer;
GRANT SELECT ON public.coordination_course, public.accounts_account TO opennrm_definer;
CREATE POLICY deciding ON public.coordination_course TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_coursesession TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_attendance TO opennrm_definer USING (true);
CREATE POLICY deciding ON public.coordination_certificate TO opennrm_definer USING (true);

DO $$
BEGIN
    GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
    REVOKE ALL ON FUNCTION nrm.take_place(uuid), nrm.certify(uuid),
        nrm.withdraw_certificate(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION nrm.take_place(uuid), nrm.certify(uuid),
        nrm.withdraw_certificate(uuid) TO opennrm_app;
    ALTER FUNCTION nrm.take_place(uuid) OWNER TO opennrm_definer;
    ALTER FUNCTION nrm.certify(uuid) OWNER TO opennrm_definer;
    ALTER FUNCTION nrm.withdraw_certificate(uuid) OWNER TO opennrm_definer;
    REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
END $$;
