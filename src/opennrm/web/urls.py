"""Where each page lives; addresses carry references and plain words, never a name."""

from django.urls import URLPattern, path

from opennrm.web import (
    acts,
    calendar_feed,
    case,
    confirmations,
    decision_letter,
    desk,
    errors,
    evidence,
    figures,
    files,
    front_door,
    hidden_figures,
    houses,
    indicators,
    join,
    looked,
    members,
    night,
    open_exports,
    open_figures,
    oversight,
    own_account,
    own_factors,
    places,
    programs,
    receipt,
    release_desk,
    rule_figures,
    rules,
    safety_sheet,
    second_factor,
    services,
    sign_in,
    yearly_report,
)
from opennrm.web.coordination import home as coordination
from opennrm.web.forms.page import ActView


def _act_pages() -> list[URLPattern]:
    on_a_case = [act for act in acts.ACTS.values() if not act.starts_case]
    return [
        path(f"case/<uuid:case_ref>/{act.address}/", ActView.as_view(act=act), name=act.name)
        for act in on_a_case
    ]


urlpatterns = [
    path("", desk.worklist, name="worklist"),
    path("find/", desk.find, name="find"),
    path("notices/", desk.notices, name="notices"),
    path("notices/<uuid:notice>/", confirmations.answer, name="answer_notice"),
    path("account/", desk.account, name="account"),
    path("account/calendar/", calendar_feed.page, name="calendar"),
    path("calendar/<str:secret>.ics", calendar_feed.feed, name="calendar_feed"),
    path("account/programs/", programs.page, name="programs"),
    path("account/programs/<uuid:program_ref>/close/", programs.close, name="close_program"),
    path("night/", night.page, name="night"),
    path("night/<uuid:case_ref>/", night.part_page, name="night_part"),
    path("night/<uuid:case_ref>/<uuid:asked>/", night.agree_page, name="night_agree"),
    path("who-reads/", oversight.page, name="who_reads"),
    path("contact/", ActView.as_view(act=acts.ACTS["record_contact"]), name="record_contact"),
    path("notify/", ActView.as_view(act=acts.ACTS["notify_without_identity"]), name="notify"),
    path("case/<uuid:case_ref>/", case.page, name="case"),
    path("case/<uuid:case_ref>/file/", evidence.page, name="evidence"),
    path(
        "case/<uuid:case_ref>/letter/<uuid:decision>/",
        decision_letter.page,
        name="decision_letter",
    ),
    path(
        "case/<uuid:case_ref>/letter/<uuid:decision>/letter.pdf",
        decision_letter.pdf,
        name="decision_letter_pdf",
    ),
    path("case/<uuid:case_ref>/who-looked/", looked.page, name="who_looked"),
    path("case/<uuid:case_ref>/sheet/", safety_sheet.page, name="safety_sheet"),
    path("case/<uuid:case_ref>/files/", files.page, name="files"),
    path("case/<uuid:case_ref>/files/save/", files.save, name="save_file"),
    path("case/<uuid:case_ref>/note/", receipt.choose, name="receipt"),
    path("case/<uuid:case_ref>/note/<uuid:consent>.pdf", receipt.pdf, name="receipt_pdf"),
    *_act_pages(),
    path("figures/", figures.page, name="figures"),
    path("figures/table.csv", figures.as_csv, name="figures_csv"),
    path("figures/rules/", rule_figures.page, name="rule_figures"),
    path("figures/rules/table.csv", rule_figures.as_csv, name="rule_figures_csv"),
    path("figures/indicators/", indicators.page, name="indicators"),
    path("figures/indicators/indicators.csv", indicators.as_csv, name="indicators_csv"),
    path("figures/quality/", indicators.quality, name="quality"),
    path("figures/hidden/", hidden_figures.page, name="hidden_figure"),
    path("figures/desk/", release_desk.page, name="release_desk"),
    path("figures/desk/ask/", release_desk.ask_page, name="ask_release"),
    path("figures/desk/<uuid:request_ref>/", release_desk.one, name="release_request"),
    path(
        "figures/desk/<uuid:request_ref>/publish/",
        release_desk.publish_it,
        name="publish_release",
    ),
    path(
        "figures/desk/<uuid:request_ref>/send-back/",
        release_desk.send_it_back,
        name="send_back_release",
    ),
    path("open-figures/", open_figures.every, name="open_figures"),
    path("open-figures/<int:number>/release.json", open_figures.as_data, name="open_data"),
    path(
        "open-figures/<int:number>/<slug:table>/chart.svg", open_figures.chart, name="open_chart"
    ),
    path("open-figures/<int:number>/<slug:table>/table.csv", open_figures.as_csv, name="open_csv"),
    path("open-figures/<int:number>/report/", yearly_report.page, name="yearly_report"),
    path("open-figures/<int:number>/report.pdf", yearly_report.as_pdf, name="report_pdf"),
    path("open-figures/<int:number>/report.docx", yearly_report.as_docx, name="report_docx"),
    path("open-figures/<int:number>/exports/", open_exports.page, name="open_exports"),
    path(
        "open-figures/<int:number>/exports/<slug:layout>.csv",
        open_exports.as_csv,
        name="open_export",
    ),
    path("open-figures/<int:number>/<slug:table>/", open_figures.one, name="open_figure"),
    path("services/", services.page, name="services"),
    path("services/places/", places.page, name="places"),
    *coordination.addresses(),
    path("rules/", rules.every, name="rules"),
    path("rules/<str:rule>/", rules.one, name="rule"),
    path("periods/", rules.periods, name="periods"),
    path("periods/check/", rules.check, name="check_periods"),
    path("help/", front_door.ask, name="ask_for_help"),
    path("help/thanks/", front_door.thanks, name="help_asked"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/second/", second_factor.show, name="mfa_authenticate"),
    path("sign-in/again/", second_factor.again, name="step_up"),
    path("account/second-factor/", own_factors.index, name="mfa_index"),
    path("account/second-factor/app/", own_factors.add_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", own_factors.drop_app, name="mfa_deactivate_totp"),
    path("account/second-factor/passkey/", own_factors.add_passkey, name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkey/<int:pk>/remove/",
        own_factors.drop_passkey,
        name="mfa_remove_webauthn",
    ),
    path("account/second-factor/codes/", own_factors.codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        own_factors.new_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("join/", join.page, name="join"),
    path("people/", members.page, name="members"),
    path("people/invite/", members.invite, name="invite"),
    path("people/keys/", members.keys, name="member_keys"),
    path("people/<uuid:member>/", members.one, name="member"),
    path("organisations/", houses.page, name="houses"),
    path("organisations/new/", houses.enrol, name="enrol_house"),
    path("organisations/<uuid:house>/", houses.one, name="house"),
    path("account/passphrase/", own_account.passphrase, name="passphrase"),
    path("account/sessions/", own_account.own_sessions, name="own_sessions"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("leave/", sign_in.leave, name="leave"),
]
handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
