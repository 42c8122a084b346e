// Makes the forms kinder where scripts run; nothing on any page depends on this file.
import {
  Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll
} from 'govuk-frontend/dist/govuk/all.mjs'

import { watchForLeaving } from './leave.mjs'
import { warnBeforeTimeOut } from './time-out.mjs'
import { warnBeforeSigningOut } from './unsent.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const Component of [Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
  createAll(Component)
}
createAll(Button, { preventDoubleClick: true })
watchForLeaving(document)
warnBeforeTimeOut(document)
warnBeforeSigningOut(document)
