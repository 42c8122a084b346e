-- Places of services: given one by one, and never twice. A row is a place that is held now; its
-- history is in the facts, from which these two tables are rebuilt like every other projection. Nobody
-- reads them directly: which case is behind a number is shown to who holds the case anyway.
CREATE TABLE nrm.place_held (
    service uuid NOT NULL,
    number int NOT NULL CHECK (number > 0),
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    offer_fact uuid NOT NULL UNIQUE,
    since timestamptz NOT NULL,
    CONSTRAINT one_place_once PRIMARY KEY (service, number)
);
CREATE TABLE nrm.place_awaited (
    offer_fact uuid PRIMARY KEY,
    service uuid NOT NULL,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    because text NOT NULL,
    rank int NOT NULL,
    since timestamptz NOT NULL
);
CREATE INDEX place_held_case ON nrm.place_held (case_ref);
CREATE INDEX place_awaited_case ON nrm.place_awaited (case_ref);
CREATE INDEX place_awaited_order ON nrm.place_awaited (service, rank, since, offer_fact);
DO $$
DECLARE name text; place text;
BEGIN
    FOREACH name IN ARRAY ARRAY['place_held', 'place_awaited'] LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true)', name);
        EXECUTE format('CREATE POLICY projecting ON nrm.%I TO opennrm_recorder USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, DELETE ON nrm.%I TO opennrm_definer', name);
        EXECUTE format('GRANT SELECT, INSERT, DELETE ON nrm.%I TO opennrm_recorder', name);
        FOREACH place IN ARRAY ARRAY['service', 'case_ref', 'offer_fact', 'since'] LOOP
            EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0', name, place);
        END LOOP;
    END LOOP;
END $$;

GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
SET LOCAL ROLE opennrm_definer;

-- A service of the directory, for who is signed in and may read a case or the directory.
CREATE FUNCTION nrm.listed_service(of_service uuid)
RETURNS TABLE (organisation uuid, service text, is_given_here boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT entry.member_id, kept.service::text, kept.is_given_here
    FROM public.coordination_serviceprovided AS kept
    JOIN public.coordination_registerentry AS entry ON entry.ref = kept.entry_id
    WHERE kept.ref = of_service AND entry.member_id IS NOT NULL AND entry.left_on IS NULL
      AND nrm.reader_organisation() IS NOT NULL;
END $$;

-- The lowest free number of a service of the reader's own house. The row of the service stays locked
-- until the transaction ends, so that two who ask at once are answered one after the other.
CREATE FUNCTION nrm.lowest_free_place(of_service uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE places int;
BEGIN
    SELECT kept.places INTO places FROM public.coordination_serviceprovided AS kept
    WHERE kept.ref = of_service AND kept.is_given_here AND EXISTS (
        SELECT 1 FROM public.coordination_registerentry AS entry
        WHERE entry.ref = kept.entry_id AND entry.member_id = nrm.reader_organisation())
    FOR UPDATE OF kept;
    RETURN (SELECT min(number) FROM generate_series(1, places) AS number WHERE NOT EXISTS (
        SELECT 1 FROM nrm.place_held AS held
        WHERE held.service = of_service AND held.number = number.number));
END $$;

CREATE FUNCTION nrm.waiting_before(of_service uuid, for_offer uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    SELECT count(*)::int FROM nrm.place_awaited AS other
    LEFT JOIN nrm.place_awaited AS own ON own.offer_fact = for_offer AND own.service = of_service
    WHERE other.service = of_service AND other.offer_fact <> for_offer
      AND (own.offer_fact IS NULL OR (other.rank, other.since, other.offer_fact)
        < (own.rank, own.since, own.offer_fact))
      AND EXISTS (SELECT 1 FROM nrm.access WHERE offer_fact = for_offer
          AND nrm.has_offer(access.case_ref, for_offer))
$$;

-- Behind the use cases, for whoever writes the table: the place is there, and it is a place of the
-- house that this case was offered to.
CREATE FUNCTION nrm.place_is_there() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.coordination_serviceprovided AS kept
        JOIN public.coordination_registerentry AS entry ON entry.ref = kept.entry_id
        JOIN nrm.fact AS offered ON offered.fact_ref = NEW.offer_fact
            AND offered.case_ref = NEW.case_ref AND offered.kind = 'service_offered'
            AND offered.open ->> 'provider' = entry.member_id::text
            AND offered.open ->> 'listed' = kept.ref::text
        WHERE kept.ref = NEW.service AND kept.is_given_here
          AND NEW.number BETWEEN 1 AND kept.places) THEN
        RAISE EXCEPTION 'There is no such place to give.' USING ERRCODE = 'NR403';
    END IF;
    RETURN NEW;
END $$;

-- What is held is not taken out of the directory from under who lives there.
CREATE FUNCTION nrm.places_stay() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
DECLARE highest int;
BEGIN
    SELECT max(number) INTO highest FROM nrm.place_held WHERE service = OLD.ref;
    IF highest IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR NOT NEW.is_given_here OR NEW.places IS NULL OR NEW.places < highest
        OR NEW.entry_id <> OLD.entry_id THEN
        RAISE EXCEPTION 'Some of these places are held. Say first that they are free again.'
            USING ERRCODE = 'NR409';
    END IF;
    RETURN NEW;
END $$;

-- How many places of each service are held and how many wait, for readers of the directory.
CREATE FUNCTION nrm.places_taken() RETURNS TABLE (service uuid, taken int, waiting int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT kept.ref,
        (SELECT count(*)::int FROM nrm.place_held AS held WHERE held.service = kept.ref),
        (SELECT count(*)::int FROM nrm.place_awaited AS one WHERE one.service = kept.ref)
    FROM public.coordination_serviceprovided AS kept
    WHERE kept.is_given_here AND nrm.may_coordinate('directory', 'read');
END $$;

-- The places of the reader's own house. The case is named where it is open or offered to the reader.
CREATE FUNCTION nrm.own_places()
RETURNS TABLE (service uuid, number int, case_ref uuid, offer_fact uuid, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT kept.ref, place.number,
        CASE WHEN nrm.has_offer(held.case_ref, NULL) THEN held.case_ref END,
        CASE WHEN nrm.has_offer(held.case_ref, NULL) THEN held.offer_fact END, held.since
    FROM public.coordination_serviceprovided AS kept
    JOIN public.coordination_registerentry AS entry ON entry.ref = kept.entry_id
    CROSS JOIN LATERAL generate_series(1, kept.places) AS place (number)
    LEFT JOIN nrm.place_held AS held ON held.service = kept.ref AND held.number = place.number
    WHERE kept.is_given_here AND entry.member_id = (SELECT nrm.reader_organisation())
      AND (SELECT nrm.reader_roles()) <> '{}'
    ORDER BY kept.ref, place.number;
END $$;
CREATE FUNCTION nrm.own_waiting()
RETURNS TABLE (service uuid, place bigint, case_ref uuid, offer_fact uuid, because text,
    since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT kept.ref,
        row_number() OVER (PARTITION BY kept.ref ORDER BY one.rank, one.since, one.offer_fact),
        CASE WHEN nrm.has_offer(one.case_ref, NULL) THEN one.case_ref END,
        CASE WHEN nrm.has_offer(one.case_ref, NULL) THEN one.offer_fact END,
        one.because, one.since
    FROM nrm.place_awaited AS one
    JOIN public.coordination_serviceprovided AS kept ON kept.ref = one.service
    JOIN public.coordination_registerentry AS entry ON entry.ref = kept.entry_id
    WHERE entry.member_id = (SELECT nrm.reader_organisation())
      AND (SELECT nrm.reader_roles()) <> '{}'
    ORDER BY 1, 2;
END $$;

-- Of an erased case no place is held and none awaited.
CREATE FUNCTION nrm.empty_places() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
BEGIN
    DELETE FROM nrm.place_held WHERE case_ref = NEW.case_ref;
    DELETE FROM nrm.place_awaited WHERE case_ref = NEW.case_ref;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION nrm.listed_service(uuid), nrm.lowest_free_place(uuid),
    nrm.waiting_before(uuid, uuid), nrm.place_is_there(), nrm.places_stay(), nrm.places_taken(),
    nrm.own_places(), nrm.own_waiting(), nrm.empty_places() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.listed_service(uuid), nrm.lowest_free_place(uuid),
    nrm.waiting_before(uuid, uuid) TO opennrm_recorder;
GRANT EXECUTE ON FUNCTION nrm.places_taken(), nrm.own_places(), nrm.own_waiting() TO opennrm_app;
GRANT EXECUTE ON FUNCTION nrm.place_is_there(), nrm.places_stay(), nrm.empty_places()
    TO opennrm_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;

CREATE TRIGGER there BEFORE INSERT OR UPDATE ON nrm.place_held
    FOR EACH ROW EXECUTE FUNCTION nrm.place_is_there();
ALTER TABLE nrm.place_held ENABLE ALWAYS TRIGGER there;
CREATE TRIGGER empties AFTER INSERT ON nrm.erasure
    FOR EACH ROW EXECUTE FUNCTION nrm.empty_places();
SET LOCAL ROLE opennrm_definer;
REVOKE EXECUTE ON FUNCTION nrm.place_is_there(), nrm.empty_places() FROM opennrm_owner;
RESET ROLE;
