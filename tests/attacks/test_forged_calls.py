"""The functions of the record called with arguments our own code would never send."""

from uuid import UUID, uuid4

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.contact import AccountNote, note_account
from opennrm.casework.refusals import ChangedMeanwhile
from opennrm.records.desk import at_work
from opennrm.records.sealing import new_key_pair
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, as_role, signed_in

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
PARTS = ("D1", "D2", "D4", "D10")
REFUSED = "NR403"


@pytest.fixture()
def offered() -> tuple[UUID, UUID]:
    """A case offered to the shelter, which has not answered."""
    case_ref = stories.contact(POLICE, words="She sleeps at the workplace.")
    stories.described(POLICE, case_ref, names="Drita Leka")
    return case_ref, stories.referred(POLICE, case_ref, SHELTER, "CM", PARTS)


@pytest.fixture()
def decided() -> UUID:
    """A case in which something was described in D8, which the lawyer does not hold."""
    case_ref = stories.contact(POLICE)
    referral = stories.referred(POLICE, case_ref, cast.LAWYER, "LA", ("D1",))
    stories.answered(cast.LAWYER, case_ref, referral)
    seen = Breach(
        breach="shared_without_consent", observed_on=stories.TODAY, description="Told to all."
    )
    stories.do(observe_breach, POLICE, case_ref=case_ref, breach=seen)
    return case_ref


def value(statement: str, *values: object) -> object:
    with as_administrator() as connection:
        row = connection.execute(statement, values).fetchone()
    return row[0] if row else None


def recording_as(who: cast.Member):
    return raw.reader(signed_in(who).token, raw.RECORDER)


class TestAnAddresseeWhoHasNotAccepted:
    """It sees that something is offered; it touches no key of the case."""

    def test_plants_no_key_of_its_own(self, offered):
        mine = new_key_pair().public

        with recording_as(SHELTER) as connection:
            codes = {
                raw.refused(
                    connection,
                    "SELECT nrm.keep_scope_key(%s, %s, %s, %s)",
                    [offered[0], part, v, mine],
                )
                for part in ("D2", "D4", "D14")
                for v in (2, 3, 99)
            }

        assert codes == {REFUSED}

    def test_puts_no_wrap_in_the_place_of_anothers(self, offered):
        with as_administrator() as connection:
            found = connection.execute(
                "SELECT access_ref FROM nrm.access WHERE case_ref = %s", [offered[0]]
            ).fetchall()

        with recording_as(SHELTER) as connection:
            codes = {
                raw.refused(
                    connection, "SELECT nrm.keep_wrap(%s, %s, %s)", [row, version, b"rubbish"]
                )
                for (row,) in found
                for version in (1, 2, 99)
            }
        assert codes == {REFUSED}

    def test_opens_nothing_without_having_answered(self, offered):
        case_ref, referral = offered

        with recording_as(SHELTER) as connection:
            code = raw.refused(
                connection, "SELECT nrm.open_access(%s, %s, now())", [case_ref, referral]
            )
            wraps = connection.execute(
                "SELECT count(*) FROM nrm.wrap JOIN nrm.access USING (access_ref) "
                "WHERE case_ref = %s",
                [case_ref],
            ).fetchone()

        assert (code, wraps) == (REFUSED, (0,))


class TestClosing:
    """Access ends by what is in the record about it, and by nothing else."""

    @pytest.fixture()
    def taken_back(self, offered) -> tuple[UUID, UUID, UUID]:
        """A consent taken back, and beside it another offer, to a lawyer, that stands."""
        case_ref, _ = offered
        given = stories.newest(POLICE, case_ref, "consent_given")
        standing = stories.referred(POLICE, case_ref, cast.LAWYER, "LA", ("D1", "D10"))
        stories.withdrawn(POLICE, case_ref, given)
        return case_ref, given, standing

    def test_of_another_offer_needs_more_than_one_withdrawal(self, taken_back):
        case_ref, given, standing = taken_back
        count = "SELECT count(*) FROM nrm.access WHERE offer_fact = %s AND closed_at IS NULL"
        before = value(count, standing)

        with recording_as(POLICE) as connection:
            raw.refused(
                connection, "SELECT nrm.close_access(%s, %s, %s)", [case_ref, given, standing]
            )

        assert before == value(count, standing) != 0

    def test_of_another_basis_needs_more_than_one_refusal(self, offered):
        case_ref, referral = offered
        standing = stories.consent(POLICE, case_ref, cast.LAWYER, "LA", ("D1", "D10"))
        stories.answered(SHELTER, case_ref, referral, "declined")

        with recording_as(POLICE) as connection:
            code = raw.refused(
                connection, "SELECT nrm.close_access(%s, %s, %s)", [case_ref, standing, referral]
            )
        assert code == REFUSED

    @pytest.mark.parametrize("token", ("", "stranger"))
    def test_is_not_for_strangers(self, taken_back, token):
        case_ref, given, _ = taken_back
        token = signed_in(cast.SHELTER_WITHOUT_CONSENT).token if token else ""

        with raw.reader(token, raw.RECORDER) as connection:
            code = raw.refused(
                connection, "SELECT nrm.close_access(%s, %s, NULL)", [case_ref, given]
            )
        assert code == REFUSED


class TestOwnRows:
    """The rows of a new case are all asked about, though in one step."""

    GRANT = (
        "SELECT nrm.grant_own_access(%s, ARRAY[gen_random_uuid()], ARRAY[%s], ARRAY[%s]::uuid[], "
        "ARRAY[%s], ARRAY[%s], ARRAY[%s]::uuid[], now(), ARRAY[now() + interval '1 day'])"
    )

    def test_are_refused_on_a_case_that_stands(self, offered):
        case_ref, _ = offered
        first = stories.newest(POLICE, case_ref, "contact_recorded")
        with recording_as(POLICE) as connection:
            values = [case_ref, "FR", None, "D1", "read", first]
            assert raw.refused(connection, self.GRANT, values) == REFUSED

    @pytest.mark.parametrize(
        ("role", "part", "mode", "own_fact"),
        [
            ("FR", "D14", "write", True),
            ("CA", "D1", "read", True),
            ("FR", "D1", "read", False),
        ],
        ids=["no need to know", "not a role of the house", "rests on nothing"],
    )
    def test_are_refused_beyond_matrix_house_and_basis(self, role, part, mode, own_fact):
        case_ref, fact = uuid4(), uuid4()
        with recording_as(POLICE) as connection:
            connection.execute("SELECT nrm.start_case(%s, 'MK')", [case_ref])
            connection.execute(
                "SELECT nrm.append_fact(%s, %s, 'contact_recorded', 'D1', now(), 'own_record', "
                "NULL, '{}'::jsonb, NULL, 0, NULL)",
                [case_ref, fact],
            )
            values = [case_ref, role, None, part, mode, fact if own_fact else uuid4()]
            assert raw.refused(connection, self.GRANT, values) == REFUSED

    def test_are_refused_to_somebody_who_does_not_hold_the_role(self):
        case_ref, fact = uuid4(), uuid4()
        with recording_as(POLICE) as connection:
            connection.execute("SELECT nrm.start_case(%s, 'MK')", [case_ref])
            connection.execute(
                "SELECT nrm.append_fact(%s, %s, 'contact_recorded', 'D1', now(), 'own_record', "
                "NULL, '{}'::jsonb, NULL, 0, NULL)",
                [case_ref, fact],
            )
            values = [case_ref, "FR", SHELTER.account, "D3", "write", fact]
            assert raw.refused(connection, self.GRANT, values) == REFUSED


class TestSharing:
    """Nobody opens a case to another organisation past its consent or its acceptance."""

    GRANT = (
        "SELECT nrm.grant_access(%s, gen_random_uuid(), %s, %s, NULL, %s, 'read', %s, %s, "
        "NULL, now(), now() + interval '30 days')"
    )

    def test_needs_a_consent_that_names_the_part(self, offered):
        case_ref, _ = offered
        given = stories.newest(POLICE, case_ref, "consent_given")
        with recording_as(POLICE) as connection:
            codes = {
                raw.refused(
                    connection,
                    self.GRANT,
                    [case_ref, to.actor.organisation, role, part, "offered", given],
                )
                for to, role, part in (
                    (SHELTER, "CM", "D14"),
                    (SHELTER, "SH", "D2"),
                    (cast.SHELTER_WITHOUT_CONSENT, "CM", "D2"),
                    (cast.IMMIGRATION_OFFICER, "IE", "D1"),
                )
            }

        assert codes == {REFUSED}

    def test_follows_a_consent_as_it_was_last_put_right(self, offered):
        case_ref, _ = offered
        given = stories.newest(POLICE, case_ref, "consent_given")
        to = SHELTER.actor.organisation
        narrower = (
            f'{{"recipient": "{to}", "recipient_role": "CM", "scopes": ["D1"], '
            '"purpose": "referral", "given_on": "2026-01-01", "until": "2999-01-01"}'
        )
        correct = (
            "SELECT nrm.append_fact(%s, gen_random_uuid(), 'consent_given', 'D10', now(), "
            "'consent', %s, %s, NULL, 0, NULL)"
        )
        offer = self.GRANT.replace("NULL, now()", f"'{offered[1]}', now()")

        with recording_as(POLICE) as connection:
            values = [case_ref, to, "CM", "D2", "offered", given]
            with connection.transaction(force_rollback=True):
                connection.execute(offer, values)
            connection.execute(correct, [case_ref, given, narrower])
            code = raw.refused(connection, offer, values)
            connection.rollback()
        assert code == REFUSED

    def test_is_offered_first_even_in_the_transaction_that_starts_a_case(self):
        case_ref, consent = uuid4(), uuid4()
        to = SHELTER.actor.organisation
        content = (
            f'{{"recipient": "{to}", "recipient_role": "CM", "scopes": ["D1"], '
            '"purpose": "referral", "given_on": "2026-01-01", "until": "2999-01-01"}'
        )
        append = (
            "SELECT nrm.append_fact(%s, %s, %s, %s, now(), 'own_record', NULL, %s, NULL, 0, NULL)"
        )
        with recording_as(POLICE) as connection, connection.transaction(force_rollback=True):
            connection.execute("SELECT nrm.start_case(%s, 'MK')", [case_ref])
            connection.execute(append, [case_ref, uuid4(), "contact_recorded", "D1", "{}"])
            connection.execute(append, [case_ref, consent, "consent_given", "D10", content])

            code = raw.refused(connection, self.GRANT, [case_ref, to, "CM", "D1", "open", consent])
        assert code == REFUSED


class TestWhatASequenceTells:
    """A conflict tells a worker what changed in what she may see, and nothing of the rest."""

    def test_is_nothing_about_a_part_she_does_not_hold(self, decided):
        append = (
            "SELECT nrm.append_fact(%s, gen_random_uuid(), 'breach_described', 'D8', now(), "
            "'own_record', NULL, %s, NULL, 0, %s)"
        )
        content = f'{{"breach": "{uuid4()}"}}'
        answers = []
        for seen in range(3):
            with recording_as(cast.LAWYER) as connection:
                answers.append(connection.execute(append, [decided, content, seen]).rowcount)
                connection.rollback()

        assert answers == [1, 1, 1]

    def test_is_no_fact_of_a_part_she_named_without_holding_it(self, decided):
        session = signed_in(cast.LAWYER)
        stale = {"D8": 0, "D1": 0}
        seen = Breach(breach="shared_without_consent", observed_on=stories.TODAY)

        with pytest.raises(ChangedMeanwhile) as conflict, at_work(session, at=NOW) as desk:
            observe_breach(
                case_ref=decided,
                breach=seen,
                actor=session.actor,
                at=NOW,
                desk=desk,
                expected=stale,
            )
        assert conflict.value.compartment != "D8"
        assert "D8" not in {fact.compartment for fact in conflict.value.facts}

    def test_is_what_changed_in_what_she_holds(self, decided):
        """The control: the second worker does hear what was recorded before her."""
        stories.do(note_account, POLICE, case_ref=decided, account=AccountNote(words="One."))

        with pytest.raises(ChangedMeanwhile) as conflict:
            stories.do(
                note_account,
                POLICE,
                case_ref=decided,
                account=AccountNote(words="Two."),
                expected={"D4": 0},
            )
        assert conflict.value.compartment == "D4"
        assert [fact.kind for fact in conflict.value.facts] == ["account_noted"]

    def test_is_not_told_by_the_positions_of_the_facts_she_sees(self):
        with as_role(raw.APP) as connection:
            may = connection.execute(
                "SELECT has_column_privilege('nrm.fact', 'position', 'SELECT')"
            ).fetchone()

        assert may == (False,)


class TestAnOutsider:
    """Whoever has no row in a case stops nobody's work and hears of nobody's."""

    def test_does_not_wait_for_whoever_works_on_the_case(self, offered):
        append = (
            "SELECT nrm.append_fact(%s, gen_random_uuid(), 'breach_observed', 'D1', now(), "
            "'consent', NULL, '{}', NULL, 0, NULL)"
        )
        with recording_as(POLICE) as busy:
            busy.execute("SELECT nrm.lock_case(%s)", [offered[0]])
            with recording_as(cast.SHELTER_WITHOUT_CONSENT) as outsider:
                outsider.execute("SET LOCAL lock_timeout = '500ms'")

                code = raw.refused(outsider, append, [offered[0]])
        assert code == REFUSED

    def test_plants_no_key_for_a_part_she_may_not_write(self, decided):
        plant = "SELECT nrm.keep_scope_key(%s, %s, %s, %s)"
        mine = new_key_pair().public

        with recording_as(cast.LAWYER) as connection:
            codes = {
                raw.refused(connection, plant, [decided, part, version, mine])
                for part in ("D1", "D2", "D8", "D14", "D12")
                for version in (1, 2)
            }
        assert codes == {REFUSED}


class TestTheFrontDoor:
    """Anyone may come in; whoever does, asks for help and reads nothing."""

    def test_reads_nothing_of_the_organisation_behind_it(self):
        with recording_as(cast.HELPLINE_WORKER) as connection:
            connection.execute("SELECT nrm.send_notification(gen_random_uuid(), 'MK', '{}')")
            connection.execute(
                "SELECT nrm.send_notice(nrm.reader_organisation(), NULL, 'referral_received', "
                "gen_random_uuid(), now())"
            )

        with raw.reader(signed_in(cast.FRONT_DOOR).token) as connection:
            found = raw.visible_anywhere(connection)
        everyone = {"group_key", "account_key"}
        assert [table for table, rows in found.items() if rows and table not in everyone] == []


class TestASummary:
    """It goes to the extract, where those are who may read no more."""

    def test_is_not_written_into_the_part_itself(self, offered):
        append = (
            "SELECT nrm.append_fact(%s, gen_random_uuid(), 'summary_shared', %s, now(), "
            "'consent', NULL, %s, NULL, 0, NULL)"
        )
        content = f'{{"scope": "D4", "referral": "{offered[1]}"}}'

        with recording_as(POLICE) as connection:
            code = raw.refused(connection, append, [offered[0], "D4", content])
        assert code in (REFUSED, "NR400")


class TestAnEstimate:
    """The planner's guess is the same for a hidden case and for an invented one."""

    @pytest.mark.parametrize("table", ("fact", "access", "worklist", "deadline"))
    def test_tells_no_case_from_an_invented_one(self, table):
        case_ref = stories.contact(POLICE)
        for _ in range(12):
            stories.described(POLICE, case_ref, names="Vjosa Deda")
        with as_administrator() as connection:
            connection.autocommit = True
            connection.execute("ANALYZE")

        guesses = []
        with as_role(raw.APP) as connection:
            for asked in (case_ref, uuid4()):
                plan = connection.execute(
                    f"EXPLAIN (FORMAT JSON) SELECT 1 FROM nrm.{table} WHERE case_ref = '{asked}'"
                ).fetchone()
                guesses.append(str(plan).replace(str(asked), "asked"))
        assert guesses[0] == guesses[1]
