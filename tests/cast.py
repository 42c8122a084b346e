"""One cast for all tests: invented people and organisations of one mechanism."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Organisation
from opennrm.vocabulary.roles import Role

JURISDICTION = "MK"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AGREED_UNTIL = date(2028, 1, 1)


def ref(name: str) -> UUID:
    """Make the same reference for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"https://cast.example/{name}")


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast with her organisation."""

    actor: Actor
    organisation: Organisation

    @property
    def account(self) -> UUID:
        """Return her account."""
        return self.actor.account


def organisation(
    name: str,
    kind: str,
    roles: str,
    *,
    enforcement: bool = False,
    jurisdiction: str = JURISDICTION,
) -> Organisation:
    """Make an organisation of the cast."""
    return Organisation(
        organisation=ref(name),
        name=name,
        kind=kind,
        roles=frozenset(Role(code) for code in roles.split()),
        agreement_until=None if enforcement else AGREED_UNTIL,
        jurisdiction=jurisdiction,
        is_enforcement=enforcement,
    )


def member(
    name: str, at: Organisation, roles: str, *, training: str = "", front_door: bool = False
) -> Member:
    """Make a person of the cast."""
    actor = Actor(
        account=ref(name),
        organisation=at.organisation,
        organisation_kind=at.kind,
        roles=frozenset(Role(code) for code in roles.split()),
        training=frozenset(training.split()),
        agreement_until=at.agreement_until,
        jurisdiction=at.jurisdiction,
        is_front_door=front_door,
    )
    return Member(actor, at)


CALL_LINE = organisation("Call Line", "ngo", "HL")
TOWN_POLICE = organisation("Town Police", "law_enforcement", "FR LE")
BORDER_GUARD = organisation("Border Guard", "law_enforcement", "FR")
GREEN_DOOR = organisation("Green Door", "ngo", "CM SH")
QUIET_HOUSE = organisation("Quiet House", "ngo", "CM SH ND")
AUTHORITY = organisation("Identification Office", "central_government_organisation", "CA RP")
PANEL = organisation("Review Panel", "ngo", "RP")
GUARDIANS = organisation("Guardians' Bureau", "local_government_organisation", "GU")
CHILD_SERVICE = organisation("Child Service", "local_government_organisation", "CP")
CHILD_RIGHTS = organisation("Child Rights Panel", "ngo", "BP")
CHILD_HEALTH = organisation("Child Health Panel", "health_service_organisation", "BP")
YOUTH_HOUSE = organisation("Youth House", "ngo", "SH")
LAWYERS = organisation("Open Law", "legal_service", "LA")
CLINIC = organisation("River Clinic", "health_service_organisation", "HC")
INTERPRETERS = organisation("Many Tongues", "corporate_business", "IN")
CONSULATE = organisation("Consulate", "central_government_organisation", "CO")
FIGURES_OFFICE = organisation("Figures Office", "central_government_organisation", "SO")
RAPPORTEUR_OFFICE = organisation("Rapporteur", "central_government_organisation", "NR")
MIGRATION_OFFICE = organisation("Residence Office", "central_government_organisation", "MI")
FOCAL_POINT_HERE = organisation("Focal Point", "central_government_organisation", "TF")
FOCAL_POINT_ABROAD = organisation(
    "Focal Point Abroad", "central_government_organisation", "TF SH", jurisdiction="AL"
)
DATA_OFFICE = organisation("Data Office", "central_government_organisation", "DP")
PROSECUTION = organisation("Public Prosecutor", "central_government_organisation", "PR")
COURT_COMPANIONS = organisation("Court Companions", "ngo", "VW")
TRIAL_WATCH = organisation("Trial Watch", "ngo", "TM")
FUND = organisation("Compensation Fund", "central_government_organisation", "CF")
ASSET_OFFICE = organisation("Asset Recovery Office", "law_enforcement", "AR")
COMMISSION = organisation("National Commission", "central_government_organisation", "COM")
CO_ORDINATION = organisation("National Co-ordination", "central_government_organisation", "NCO")
OSCE_OFFICE = organisation("Office of the Representative", "international_organisation", "SR OD")
SCHOOL = organisation("Training Centre", "school_or_college", "TR")
LABOUR_OFFICE = organisation("Labour Inspectorate", "central_government_organisation", "LI")
PRESS_OFFICE = organisation("Press Office", "central_government_organisation", "MD")
REMOVALS = organisation("Removals Unit", "immigration_enforcement", "IE MI", enforcement=True)

HELPLINE_WORKER = member(
    "Besa at Call Line", CALL_LINE, "HL", training="indicators-basic crisis-counselling"
)
FRONT_DOOR = member("Front door of Call Line", CALL_LINE, "HL", front_door=True)
POLICE_OFFICER = member("Goran at Town Police", TOWN_POLICE, "FR", training="indicators-basic")
POLICE_COLLEAGUE = member("Vesna at Town Police", TOWN_POLICE, "FR", training="indicators-basic")
UNTRAINED_OFFICER = member("Petar at Town Police", TOWN_POLICE, "FR")
DETECTIVE = member("Ilir at Town Police", TOWN_POLICE, "LE")
BORDER_OFFICER = member("Mila at Border Guard", BORDER_GUARD, "FR", training="indicators-basic")
CASE_MANAGER = member(
    "Elena at Green Door", GREEN_DOOR, "CM SH", training="case-management safety"
)
SHELTER_WITHOUT_CONSENT = member("Jana at Quiet House", QUIET_HOUSE, "CM SH")
NIGHT_WORKER = member("Ilir, nights at Quiet House", QUIET_HOUSE, "ND")
NIGHT_COLLEAGUE = member("Drita, nights at Quiet House", QUIET_HOUSE, "ND")
DECIDING_OFFICER = member("Arben at the Authority", AUTHORITY, "CA")
SECOND_READER = member("Lea at the Authority", AUTHORITY, "CA RP")
PANEL_READER = member("Nora at the Panel", PANEL, "RP")
GUARDIAN = member("Dijana at the Guardians", GUARDIANS, "GU")
CHILD_WORKER = member("Sara at Child Service", CHILD_SERVICE, "CP")
PANEL_OF_RIGHTS = member("Hana at Child Rights", CHILD_RIGHTS, "BP")
SECOND_OF_RIGHTS = member("Bojan at Child Rights", CHILD_RIGHTS, "BP")
THIRD_OF_RIGHTS = member("Mira at Child Rights", CHILD_RIGHTS, "BP")
PANEL_OF_HEALTH = member("Irina at Child Health", CHILD_HEALTH, "BP")
SECOND_OF_HEALTH = member("Luan at Child Health", CHILD_HEALTH, "BP")
YOUTH_WORKER = member("Dana at Youth House", YOUTH_HOUSE, "SH")
LAWYER = member("Kaya at Open Law", LAWYERS, "LA")
HEALTH_WORKER = member("Rea at River Clinic", CLINIC, "HC")
INTERPRETER = member("Mei at Many Tongues", INTERPRETERS, "IN")
CONSUL = member("Ivo at the Consulate", CONSULATE, "CO")
ANALYST = member("Filip at Figures Office", FIGURES_OFFICE, "SO")
RAPPORTEUR = member("Ana, Rapporteur", RAPPORTEUR_OFFICE, "NR")
SECOND_RAPPORTEUR = member("Beti at the Rapporteur", RAPPORTEUR_OFFICE, "NR")
MIGRATION_OFFICER = member("Tanja at the Residence Office", MIGRATION_OFFICE, "MI")
FOCAL_OFFICER = member(
    "Stefan at the Focal Point", FOCAL_POINT_HERE, "TF", training="return-principles"
)
FOCAL_OFFICER_ABROAD = member(
    "Arta at the Focal Point Abroad", FOCAL_POINT_ABROAD, "TF SH", training="return-principles"
)
DATA_OFFICER = member("Tea at the Data Office", DATA_OFFICE, "DP")
PROSECUTOR = member("Boris at the Prosecutor", PROSECUTION, "PR", training="trafficking-law")
WITNESS_CO_ORDINATOR = member(
    "Sanja at Court Companions", COURT_COMPANIONS, "VW", training="court-support"
)
TRIAL_OBSERVER = member("Emil at Trial Watch", TRIAL_WATCH, "TM", training="observation-ethics")
FUND_OFFICER = member("Lira at the Fund", FUND, "CF")
ASSET_INVESTIGATOR = member("Oliver at Asset Recovery", ASSET_OFFICE, "AR")
COMMISSIONER = member("Suzana at the Commission", COMMISSION, "COM")
CO_ORDINATOR = member("Maja, Co-ordinator", CO_ORDINATION, "NCO")
OSCE_OFFICER = member("Ines at the Office", OSCE_OFFICE, "SR OD")
TRAINER = member("Vera at the Training Centre", SCHOOL, "TR")
SECOND_TRAINER = member("Niko at the Training Centre", SCHOOL, "TR")
LABOUR_INSPECTOR = member("Sonja at the Labour Inspectorate", LABOUR_OFFICE, "LI")
PRESS_OFFICER = member("Dafina at the Press Office", PRESS_OFFICE, "MD")
# New at the border: no training yet, and some on the way to it.
NEWCOMER = member("Dragan at Border Guard", BORDER_GUARD, "FR")
OSCE_COLLEAGUE = member("Paul at the Office", OSCE_OFFICE, "SR")
IMMIGRATION_OFFICER = member("Zoran at Removals", REMOVALS, "IE MI")

MEMBERS: tuple[Member, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Member)
)
ORGANISATIONS: tuple[Organisation, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Organisation)
)
