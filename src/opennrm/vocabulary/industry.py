"""Words about the sector of work: the sections of the international classification (ISIC)."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class Sector(Code):
    """A section of ISIC, revision 4."""

    AGRICULTURE = "isic_a", "Agriculture, forestry and fishing"
    MINING = "isic_b", "Mining and quarrying"
    MANUFACTURING = "isic_c", "Manufacturing"
    ENERGY = "isic_d", "Electricity, gas, steam and air conditioning"
    WATER_AND_WASTE = "isic_e", "Water supply, sewerage and waste"
    CONSTRUCTION = "isic_f", "Construction"
    TRADE = "isic_g", "Wholesale and retail trade, repair of vehicles"
    TRANSPORT = "isic_h", "Transportation and storage"
    HOSPITALITY = "isic_i", "Accommodation and food service"
    INFORMATION = "isic_j", "Information and communication"
    FINANCE = "isic_k", "Financial and insurance activities"
    REAL_ESTATE = "isic_l", "Real estate activities"
    PROFESSIONAL = "isic_m", "Professional, scientific and technical activities"
    ADMINISTRATIVE = "isic_n", "Administrative and support services"
    PUBLIC = "isic_o", "Public administration and defence"
    EDUCATION = "isic_p", "Education"
    HEALTH = "isic_q", "Human health and social work"
    ARTS = "isic_r", "Arts, entertainment and recreation"
    OTHER_SERVICES = "isic_s", "Other service activities"
    HOUSEHOLDS = "isic_t", "Households as employers"
    EXTRATERRITORIAL = "isic_u", "Extraterritorial organisations"


class RecruitmentMethod(Code):
    """Where or how a person was recruited."""

    AT_A_PLACE_OF_BUSINESS = "at_a_place_of_business", "At a place of business"
    AT_AN_EDUCATIONAL_INSTITUTION = "at_an_educational_institution", "At a school or college"
    AT_WORK = "at_work", "At work"
    ONLINE_SOCIAL_NETWORKS = "online_social_networks", "Through online social networks"
    ONLINE_ADVERTISEMENT = "online_advertisement", "Through an online advertisement"
    TELEVISION_ADVERT = "television_advert", "Through a television advert"
    NEWSPAPER_ADVERT = "newspaper_advert", "Through a newspaper advert"
    FAMILY_OR_FAMILY_EVENTS = "family_or_family_events", "Through family or family events"
    FRIENDS_OR_SOCIAL_EVENTS = "friends_or_social_events", "Through friends or social events"
    OTHER = "other", "Other"


LISTS = (
    CodeList(
        "sector",
        "Sector of work",
        "Sections of the International Standard Industrial Classification, revision 4.",
        "UN Statistics Division, ISIC Rev. 4",
        Verification.PUBLIC_TEXT,
        Sector,
    ),
    CodeList(
        "recruitment_method",
        "Method of recruitment",
        "Where or how a person was recruited.",
        "Human Trafficking Case Data Standard 2.0, vic_MethodOfRecruitment",
        Verification.PUBLIC_TEXT,
        RecruitmentMethod,
    ),
)
