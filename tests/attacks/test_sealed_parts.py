"""A sealed part opens in its own place, for its own readers, and nowhere else."""

import json
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.records import queries
from opennrm.records.compartment_keys import open_wraps
from opennrm.records.keyring import Wrap, fact_purpose, wrap_purpose
from opennrm.records.sealing import SealBroken, branch, unlock, unseal
from opennrm.records.sessions import KEY, reading
from tests import cast, stories
from tests.attacks import raw
from tests.attacks.locks import private_keys
from tests.database import NOW, as_administrator, signed_in

POLICE, SHELTER = cast.POLICE_OFFICER, cast.CASE_MANAGER
PARTS = ("D1", "D2", "D4", "D10")


@dataclass(frozen=True)
class Sealed:
    """One sealed part as it lies in the database."""

    case_ref: UUID
    part: str
    version: int
    fact_ref: UUID
    content: bytes


def sealed_parts(case_ref: UUID) -> list[Sealed]:
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT case_ref, compartment, key_version, fact_ref, sealed FROM nrm.fact "
            "WHERE case_ref = %s AND sealed IS NOT NULL ORDER BY position",
            [case_ref],
        ).fetchall()
    return [Sealed(*row[:4], bytes(row[4])) for row in rows]


def held_keys(who: cast.Member, case_ref: UUID) -> dict[tuple[str, int], bytes]:
    session = signed_in(who)
    with reading(session.token) as cursor:
        return open_wraps(cursor, case_ref, session.keyring)


def opened(one: Sealed, private: bytes, **other: object) -> dict[str, str]:
    place = {
        "case_ref": one.case_ref,
        "compartment": one.part,
        "version": one.version,
        "fact_ref": one.fact_ref,
        **other,
    }
    return json.loads(unseal(one.content, private, fact_purpose(**place)))


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    made = stories.contact(POLICE, words="He kept her documents.", safe_way="Sundays")
    stories.described(POLICE, made, names="Albana Toska")
    stories.described(POLICE, made, names="Albana Toska, born Kola")
    return made


class TestASealedPart:
    """It is bound to its fact, its case, its compartment and the version of the key."""

    def test_opens_in_its_own_place(self, case_ref):
        """The control."""
        keys = held_keys(POLICE, case_ref)

        told = [opened(one, keys[(one.part, one.version)]) for one in sealed_parts(case_ref)]

        assert {"names": "Albana Toska"} in told
        assert len(told) == 4

    @pytest.mark.parametrize(
        "elsewhere",
        ({"case_ref": uuid4()}, {"compartment": "D4"}, {"version": 2}, {"fact_ref": uuid4()}),
        ids=lambda place: next(iter(place)),
    )
    def test_opens_in_no_other(self, case_ref, elsewhere):
        one = next(part for part in sealed_parts(case_ref) if part.part == "D2")
        private = held_keys(POLICE, case_ref)[("D2", one.version)]

        with pytest.raises(SealBroken):
            opened(one, private, **elsewhere)

    def test_opens_with_the_key_of_no_other_part(self, case_ref):
        keys = held_keys(POLICE, case_ref)

        for one in sealed_parts(case_ref):
            for (part, version), private in keys.items():
                if (part, version) != (one.part, one.version):
                    with pytest.raises(SealBroken):
                        opened(one, private)

    def test_shows_nothing_when_it_was_put_in_the_place_of_another(self, case_ref):
        first, second = [one for one in sealed_parts(case_ref) if one.part == "D2"]

        with as_administrator() as connection:
            move = "UPDATE nrm.fact SET sealed = %s WHERE fact_ref = %s"
            connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER USER")
            connection.execute(move, [second.content, first.fact_ref])
            moved = connection.execute(
                "SELECT sealed FROM nrm.fact WHERE fact_ref = %s", [first.fact_ref]
            ).fetchone()
            connection.rollback()
        private = held_keys(POLICE, case_ref)[("D2", first.version)]
        with pytest.raises(SealBroken):
            unseal(bytes(moved[0]), private, fact_purpose(case_ref, "D2", 1, first.fact_ref))

    def test_does_not_open_with_any_bit_of_it_changed(self, case_ref):
        one = sealed_parts(case_ref)[0]
        private = held_keys(POLICE, case_ref)[(one.part, one.version)]

        for place in (0, len(one.content) // 2, -1):
            content = bytearray(one.content)
            content[place] ^= 1
            with pytest.raises(SealBroken):
                opened(Sealed(one.case_ref, one.part, one.version, one.fact_ref, bytes(content)),
                       private)  # fmt: skip


class TestAWrap:
    """The key of a compartment opens for its addressee, in its own place."""

    def test_opens_for_no_other_compartment_case_or_version(self, case_ref):
        with as_administrator() as connection:
            rows = connection.execute(
                "SELECT compartment, version, ciphertext FROM nrm.wrap "
                "JOIN nrm.access USING (access_ref) WHERE case_ref = %s AND account IS NULL",
                [case_ref],
            ).fetchall()
        keyring = signed_in(POLICE).keyring
        who = (POLICE.actor.organisation, "FR", None)

        for part, version, ciphertext in rows:
            assert keyring.open_wrap(Wrap(case_ref, part, version, *who, bytes(ciphertext)))
            for place in (
                (uuid4(), part, version),
                (case_ref, "D14", version),
                (case_ref, part, 9),
            ):
                with pytest.raises(SealBroken):
                    keyring.open_wrap(Wrap(*place, *who, bytes(ciphertext)))


class TestAWithdrawnOrganisation:
    """What was read cannot be unread; what is written afterwards stays closed."""

    @pytest.mark.parametrize("end", ("withdrawal", "lapse"))
    def test_opens_nothing_sealed_afterwards_with_the_key_it_kept(self, end):
        case_ref = stories.contact(POLICE, words="First words.")
        stories.described(POLICE, case_ref, names="Before Then")
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", PARTS)
        stories.answered(SHELTER, case_ref, referral)
        kept = held_keys(SHELTER, case_ref)
        assert ("D2", 1) in kept

        if end == "withdrawal":
            given = stories.newest(POLICE, case_ref, "consent_given")
            stories.withdrawn(POLICE, case_ref, given)
        else:
            with as_administrator() as connection:
                connection.execute(
                    "UPDATE nrm.access SET until = clock_timestamp() WHERE offer_fact = %s",
                    [referral],
                )
        stories.described(POLICE, case_ref, names="After Then")

        before, after = [one for one in sealed_parts(case_ref) if one.part == "D2"]
        assert opened(before, kept[("D2", 1)]) == {"names": "Before Then"}
        for private in (*kept.values(), *private_keys(SHELTER)):
            for version in (1, 2):
                with pytest.raises(SealBroken):
                    opened(after, private, version=version)
        assert held_keys(SHELTER, case_ref) == {}
        page = queries.case_page(signed_in(POLICE), case_ref, at=NOW, opened=("D2",))
        names = [entry.told["names"] for entry in page.timeline if entry.told]
        assert names == ["After Then", "Before Then"]

    def test_does_not_read_what_was_said_when_the_consent_was_taken_back(self):
        case_ref = stories.contact(POLICE)
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", PARTS)
        stories.answered(SHELTER, case_ref, referral)
        kept = (*held_keys(SHELTER, case_ref).values(), *private_keys(SHELTER))
        given = stories.newest(POLICE, case_ref, "consent_given")

        note = Withdrawal(consent=given, withdrawn_on=stories.TODAY, note="She fears one of them.")
        stories.do(withdraw_consent, POLICE, case_ref=case_ref, withdrawal=note)

        (said,) = [one for one in sealed_parts(case_ref) if one.part == "D10"]
        assert opened(said, held_keys(POLICE, case_ref)[("D10", said.version)])
        for private in kept:
            with pytest.raises(SealBroken):
                opened(said, private)

    def test_finds_no_wrap_made_for_it_afterwards(self):
        case_ref = stories.contact(POLICE)
        referral = stories.referred(POLICE, case_ref, SHELTER, "CM", PARTS)
        stories.answered(SHELTER, case_ref, referral)
        given = stories.newest(POLICE, case_ref, "consent_given")
        stories.withdrawn(POLICE, case_ref, given)
        stories.described(POLICE, case_ref, names="After Then")

        with as_administrator() as connection:
            wraps = connection.execute(
                "SELECT compartment, version, ciphertext FROM nrm.wrap "
                "JOIN nrm.access USING (access_ref) WHERE case_ref = %s",
                [case_ref],
            ).fetchall()
        for part, version, ciphertext in wraps:
            for private in private_keys(SHELTER):
                with pytest.raises(SealBroken):
                    unseal(bytes(ciphertext), private, wrap_purpose(case_ref, part, version))


class TestTheKeyOfASession:
    """What lies in the database opens nothing without the secret the browser holds."""

    def test_is_not_opened_by_the_token_or_its_hash(self):
        session = raw.fresh_session(POLICE)
        with as_administrator() as connection:
            token_hash, locked = connection.execute(
                "SELECT token_hash, session_key FROM nrm.sign_in "
                "WHERE token_hash = sha256(convert_to(%s, 'UTF8'))",
                [session.token],
            ).fetchone()
        purpose = f"opennrm account 1|{POLICE.account}".encode()

        guesses = (session.token.encode(), bytes(token_hash), bytes.fromhex(session.token), b"")
        for guess in guesses:
            with pytest.raises(SealBroken):
                unlock(bytes(locked), branch(guess, KEY), purpose)
        for guess in (bytes(token_hash), bytes.fromhex(session.token)):
            with pytest.raises(SealBroken):
                unlock(bytes(locked), guess, purpose)
