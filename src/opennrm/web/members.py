"""The people of one's own organisation: who they are, what waits, and what officers may do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.lifecycle.calendars import local_day
from opennrm.records import sessions
from opennrm.records.people import first_officers, group_keys, joining, members, recovery
from opennrm.records.people.asking import PeopleRefused
from opennrm.records.people.joining import NewMember
from opennrm.records.people.members import Member
from opennrm.records.sessions import Session
from opennrm.web import member_directory, people, words
from opennrm.web.forms import fields as ask
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest


def role_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return roles as choices."""
    return [(code, people.role_name(code)) for code in sorted(codes)]


class InvitationForm(forms.Form):
    """Whom an officer invites."""

    sign_in_name = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,64}$",
        label=_("Sign-in name"),
        help_text=_("Letters, digits, dots and dashes. It need not be her own name."),
    )
    display_name = forms.CharField(label=_("Name colleagues see"), max_length=200)

    def __init__(self, *args: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})
        self.fields["roles"] = ask.several(_("Roles"), role_choices(roles), required=False)
        self.fields["is_officer"] = ask.yes(
            _("Officer of the organisation"),
            hint=_("Invites members, gives roles, and lets people back in with another officer."),
        )


class RolesForm(forms.Form):
    """The roles of one member."""

    def __init__(self, *args: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})
        self.fields["roles"] = ask.several(_("Roles"), role_choices(roles), required=False)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the members, whose keys wait, and what was asked of the viewer."""
    return render(request, "members.html", _everything(request))


@require_http_methods(["GET", "POST"])
@freshly
def invite(request: WorkRequest) -> HttpResponse:
    """Invite a member; her code is shown once, on this page."""
    _require_officer(request)
    form = InvitationForm(request.POST or None, roles=request.work.organisation_roles)
    shown: dict[str, Any] = {"form": form, "code": ""}
    if request.method == "POST" and form.is_valid():
        shown |= invited(request, form, request.work.actor.organisation)
    return render(request, "invite.html", shown, status=422 if form.errors else 200)


def invited(request: WorkRequest, form: Any, house: UUID, *, officer: bool = False) -> Any:
    """Invite whom a form names, and return what the page shows of it."""
    typed = form.cleaned_data
    new = NewMember(
        sign_in_name=typed["sign_in_name"],
        display_name=typed["display_name"],
        roles=tuple(typed["roles"]),
        organisation=house,
        is_officer=officer or bool(typed.get("is_officer")),
        language=request.work.actor.language,
    )
    today = local_day(request.work.actor.jurisdiction, request.at)
    try:
        members.require_apart(new.display_name, new.roles, on=today)
        return {"code": joining.invite(request.work, new), "name": new.sign_in_name}
    except PeopleRefused as refused:
        form.add_error(None, words.said(refused))
        return {}


@require_http_methods(["GET", "POST"])
@freshly
def one(request: WorkRequest, member: UUID) -> HttpResponse:
    """Show one member to an officer: change her roles, close her account, let her back in."""
    _require_officer(request)
    found = _member(request, member)
    roles = request.work.organisation_roles
    form = RolesForm(request.POST or None, roles=roles, initial={"roles": list(found.roles)})
    shown: dict[str, Any] = {"half": "", "refusal": ""}
    asked = request.POST.get("do", "")
    try:
        if asked == "roles" and form.is_valid():
            today = local_day(request.work.actor.jurisdiction, request.at)
            members.set_roles(request.work, found, form.cleaned_data["roles"], on=today)
            return redirect("members")
        if asked == "close":
            alone = members.close_account(request.work, member)
            return render(request, "closed.html", {"member": found, "alone": alone})
        if asked == "sign_out":
            members.end_sessions(request.work, member)
            return redirect("members")
        if asked == "recover":
            shown["half"] = recovery.ask_for(request.work, "member", account=member)
    except PeopleRefused as refused:
        shown["refusal"] = words.said(refused)
    status = 422 if shown["refusal"] else 200
    page = {**shown, "member": found, "form": RolesForm(roles=roles, initial=form.initial)}
    page |= member_directory.shown_to(request, member)
    return render(request, "member.html", page, status=status)


@require_POST
@freshly
def keys(request: WorkRequest) -> HttpResponse:
    """Do one thing with keys: make, share, pass on, renew, or finish what an officer asked."""
    asked, _colon, about = request.POST.get("do", "").partition(":")
    try:
        code = _done(request, asked, about)
    except PeopleRefused as refused:
        shown = {**_everything(request), "refusal": words.said(refused)}
        return render(request, "members.html", shown, status=422)
    if code:
        return render(request, "half_code.html", {"code": code})
    return redirect("members")


OF_ONESELF: Mapping[str, Callable[[Any], Any]] = {
    "make": recovery.make_keys,
    "keep": recovery.keep_own,
    "agree": first_officers.agree,
}


def _done(request: WorkRequest, asked: str, about: str) -> str | None:
    work = request.work
    if asked in OF_ONESELF:
        OF_ONESELF[asked](work)
    elif asked == "share":
        recovery.ask_for(work, "officers")
    elif asked == "revive":
        recovery.ask_for(work, "group", role=about)
    elif asked == "propose":
        first_officers.propose(work, _reference(about))
    elif asked == "finish":
        return recovery.finish(work, _reference(about))
    elif asked in ("hand", "renew", "withdraw"):
        _with_a_group(request, asked, about)
    return None


def _with_a_group(request: WorkRequest, asked: str, about: str) -> None:
    if asked == "renew":
        group_keys.renew(request.work, about)
    elif asked == "withdraw":
        joining.withdraw(request.work, _reference(about))
    else:
        role, _colon, account = about.partition(":")
        group_keys.hand_over(request.work, role, _reference(account))


def _everything(request: WorkRequest) -> dict[str, Any]:
    """Return what the page shows, read at one moment and so bound to its reader once."""
    with sessions.reading(request.work.token):
        return _read(request.work)


def _read(work: Session) -> dict[str, Any]:
    held = {role for _house, role in work.keyring.groups} if work.keyring else set()
    everybody = members.members(work)
    stands = recovery.standing(work)
    names = {one.account: one.display_name for one in everybody}
    officers = [one for one in everybody if one.is_officer]
    return {
        "members": [_row(one, held) for one in everybody],
        "invitations": joining.invitations(work),
        "renewals": group_keys.to_renew(work),
        "asked": [_asked(one, names) for one in recovery.asked(work)],
        "stands": stands,
        "officers": [one.display_name for one in officers],
        "proposal": _proposal(work, officers),
        "may_make": work.is_officer and not stands.has_recovery and len(officers) > 1,
        "unshared": [one for one in officers if one.account not in stands.shared_with],
        "is_kept": recovery.is_kept_for(work),
        "orphans": _orphans(everybody),
        "refusal": "",
        "role_name": people.role_name,
    }


def _proposal(work: Any, officers: Sequence[Member]) -> dict[str, Any] | None:
    """Tell how far the first officers are, where there is none yet."""
    if officers:
        return None
    mine = [p for p in first_officers.proposals(work) if p.organisation == work.actor.organisation]
    one = mine[0] if mine else None
    return {
        "names": [one.first_name, one.second_name] if one else [],
        "is_agreed": bool(one and one.is_agreed),
        "is_mine": bool(one and one.second == work.actor.account and not one.is_agreed),
    }


def _orphans(everybody: Sequence[Member]) -> list[str]:
    """Return roles that somebody has and whose key nobody holds."""
    wanted = {role for one in everybody for role in one.waits_for}
    return sorted(wanted - {role for one in everybody for role in one.holds})


def _row(one: Member, held: set[str]) -> dict[str, Any]:
    return {
        "account": one.account,
        "name": one.display_name,
        "sign_in_name": one.sign_in_name,
        "is_officer": one.is_officer,
        "roles": [people.role_name(role) for role in one.roles],
        "has_factor": one.factors > 0,
        "waits_for": [
            {"role": role, "name": people.role_name(role), "is_mine": role in held}
            for role in one.waits_for
        ],
    }


def _asked(one: recovery.Asked, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "reference": one.recovery_ref,
        "purpose": one.purpose,
        "about": names.get(one.about_account) if one.about_account else "",
        "role": people.role_name(one.about_role) if one.about_role else "",
        "by": names.get(one.asked_by, ""),
        "at": one.asked_at,
        "is_mine": one.part is not None,
    }


def _member(request: WorkRequest, account: UUID) -> Member:
    for found in members.members(request.work):
        if found.account == account:
            return found
    raise Http404


def _require_officer(request: WorkRequest) -> None:
    if not request.work.is_officer:
        raise Http404


def _reference(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None
