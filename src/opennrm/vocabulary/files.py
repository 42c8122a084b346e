"""Words about files kept with a case: what kinds may be kept at all."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class FileType(Code):
    """What a file is, told by its content and never by its name."""

    PDF = "pdf", "PDF document", "Written anew, without scripts and attachments."
    JPEG = "jpeg", "Picture (JPEG)", "Drawn anew, without what the camera wrote into it."
    PNG = "png", "Picture (PNG)", "Drawn anew, without what the program wrote into it."
    DOCX = "docx", "Word document", "Kept as it is; one with macros is refused."
    XLSX = "xlsx", "Excel workbook", "Kept as it is; one with macros is refused."
    ODT = "odt", "OpenDocument text", "Kept as it is; one with macros is refused."
    ODS = "ods", "OpenDocument spreadsheet", "Kept as it is; one with macros is refused."


LISTS = (
    CodeList(
        "file_type",
        "Type of file",
        "What may be kept with a case as a file.",
        "Project",
        Verification.PROJECT,
        FileType,
    ),
)
