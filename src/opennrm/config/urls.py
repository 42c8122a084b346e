"""Every address of an installation: the pages, and the door for programs beside them."""

from django.urls import path

from opennrm.api.between import deliver
from opennrm.api.door import addresses
from opennrm.web import urls as pages
from opennrm.web.coordination.registers import REGISTERS

urlpatterns = [
    *pages.urlpatterns,
    path("api/v1/", addresses(REGISTERS)),
    path("between/v1/messages", deliver, name="between"),
]
handler400, handler403 = pages.handler400, pages.handler403
handler404, handler500 = pages.handler404, pages.handler500
