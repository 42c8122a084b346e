"""What was seen to be crooked in the published files of the standard, one test for each."""

from pathlib import Path

from opennrm.exchange.htcds.imported import CaseStatus, ImportedCase, ReferralReason
from opennrm.exchange.htcds.mapping import OURS
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.standard import code_list, fields, values
from opennrm.exchange.htcds.writing import Asked, Carrier, Wording, table_of
from opennrm.vocabulary.exploitation import MeansOfControl
from opennrm.vocabulary.industry import Sector
from tests.exchange.test_htcds_writing import there_and_back
from tests.exchange.workbooks import HEADERS, LABELS, person, template, written

ADDRESS = ImportedCase(
    first_name="Amina",
    street="Lipa 3",
    city="Ohrid",
    state="Southwest",
    postal_code="6000",
    country="MK",
)


def read_one(path: Path) -> ImportedCase:
    """Read the one case of a workbook."""
    return next(read_workbook(path).rows).case


def cells(case: ImportedCase, asked: Asked) -> dict[str, object]:
    """Write one case and return its cells under the first row of headers."""
    table = table_of([case], asked)
    return dict(zip(table.headers[0], table.rows[0], strict=True))


class TestTraps:
    def test_01_streets_stand_under_the_label_street_both_ways(self) -> None:
        table = table_of([ADDRESS], Asked())
        shown = dict(zip(table.headers[1], table.rows[0], strict=True))

        assert (shown["Mailing Street"], shown["Mailing City"]) == ("Lipa 3", "Ohrid")
        assert shown["Mailing Country"] == "North Macedonia"
        assert there_and_back([ADDRESS], Asked())[0] == [ADDRESS]

    def test_02_a_name_without_its_g_and_a_column_without_a_name_are_known(
        self, book: Path
    ) -> None:
        assert "vic_TraffickinStatusDecisionMakingOrg" in HEADERS
        assert HEADERS[LABELS.index("Reason for Outgoing Referral")] == ""

        rows = [
            person(
                Trafficking_Status_Decision_Making_Organization="NGO",
                Reason_for_Outgoing_Referral="Other",
            )
        ]
        case = read_one(template(book, rows))

        assert (case.deciding_body, case.outgoing_reason) == ("ngo", ReferralReason.OTHER)

    def test_03_values_are_written_as_the_sheets_lists_have_them(self, book: Path) -> None:
        case = ImportedCase(
            first_name="Amina",
            gender=OURS["prs_Gender"]["TransgenderFeminine"],  # type: ignore[arg-type]
            case_status=CaseStatus.FOLLOW_UP,
            incoming_reason=ReferralReason.MIGRATION_OR_CHANGE_OF_LOCATION,
        )

        sheet = cells(case, Asked())

        assert sheet["prs_Gender"] == "TransgenderFeminine"
        assert sheet["cas_Status"] == "Follow up"
        assert sheet["cas_ReasonForIncomingReferral"] == "Migration Or Change Of Location"
        for said in ("Migration or Change of Location", "Migration Or Change Of Location"):
            row = person(Reason_for_Incoming_Referral=said, Status="Follow Up")
            again = read_one(template(book, [row]))
            assert (again.incoming_reason, again.case_status) == (
                case.incoming_reason,
                case.case_status,
            )

    def test_04_several_values_stand_apart_by_semicolon_and_blank(self) -> None:
        case = ImportedCase(first_name="Amina", citizenships=("MD", "RO"))

        assert cells(case, Asked())["prs_Citizenship"] == "Moldova, Republic of; Romania"
        assert cells(case, Asked(wording=Wording.CODES))["prs_Citizenship"] == "MD; RO"

    def test_05_the_form_has_names_and_blanks_of_its_own(self, book: Path) -> None:
        case = ImportedCase(
            first_name="Amina",
            second_name="Kovač",
            title="Cook",
            means_of_control=(MeansOfControl.DEBT_BONDAGE, MeansOfControl.FALSE_PROMISES),
        )

        form = cells(case, Asked(Carrier.FORM))

        assert (form["prs_First_Name"], form["prs_Second_Name"]) == ("Amina", "Kovač")
        assert form["vic_Methods_of_Control"] == "DebtBondage FalsePromises"
        labels = ["First Name", "Second Name", "Gender", "Second Name"]
        found = read_one(written(book, [labels, ["Amina", "Kovač", "Feminine", "Cook"]]))
        assert (found.second_name, found.title) == ("Kovač", "Cook")

    def test_06_one_and_many_differ_by_carrier(self) -> None:
        case = ImportedCase(
            first_name="Amina",
            consent=True,
            citizenships=("MD", "RO"),
            sectors=(Sector.CONSTRUCTION, Sector.AGRICULTURE),
            incoming_reason=ReferralReason.OTHER,
        )

        form, single = cells(case, Asked(Carrier.FORM)), cells(case, Asked(Carrier.SINGLE))

        assert (form["prs_Citizenship"], single["prs_Citizenship"]) == (
            "MD",
            "Moldova, Republic of",
        )
        assert len(str(form["vic_ForcedLabourIndustry"]).split()) == 2
        assert single["vic_ForcedLabourIndustry"] == "Construction"
        assert (form["con_Consent"], single["con_Consent"]) == ("TRUE", True)
        assert there_and_back([case], Asked(Carrier.FORM))[0][0].incoming_reason == "other"

    def test_07_the_form_has_31_of_the_38_fields(self) -> None:
        names = table_of([], Asked(Carrier.FORM, additions=False)).headers[0][1:]

        assert len(names) == 31
        assert "cas_CaseOwner" not in names

    def test_08_restricted_movement_is_a_value_and_goes_out_as_other(self) -> None:
        case = ImportedCase(
            first_name="Amina", means_of_control=(MeansOfControl.RESTRICTS_MOVEMENT,)
        )

        sheet = cells(case, Asked())

        assert "MethodsOfControlRestrictsMovement" not in values("vic_MethodsOfControl")
        assert sheet["vic_MethodsOfControl"] == "Other"
        assert sheet["nrm_MethodsOfControl"] == "Movement restricted"
        assert there_and_back([case], Asked())[0][0].means_of_control == case.means_of_control

    def test_09_the_spelling_of_the_source_is_kept_and_its_blank_is_not(self, book: Path) -> None:
        assert "Unaquainted" in code_list("vic_RelationshipToTrafficker").values()
        assert "DebtBondage" in values("vic_MethodsOfControl")

        case = read_one(template(book, [person(Methods_of_Control="DebtBondage ")]))

        assert case.means_of_control == (MeansOfControl.DEBT_BONDAGE,)

    def test_10_places_of_recruitment_and_exploitation_are_words_not_countries(
        self, book: Path
    ) -> None:
        row = person(Location_of_Recruitment="A bar", Location_of_Exploitation="Albania")

        case = read_one(template(book, [row]))

        assert (case.recruitment_location, case.exploitation_location) == ("A bar", "Albania")

    def test_11_what_the_standard_lacks_has_a_column_of_ours(self) -> None:
        headers = table_of([], Asked()).headers[0]

        assert {"nrm_Sex", "nrm_RegistrationDate", "nrm_Reference"} <= set(headers)
        assert not {name for name in fields() if "Registration" in name or name[4:] == "Sex"}
