// Warns before signing out that drafts on this device are not sent: signing out deletes them.
import { unsent, wiped } from './device/box.mjs'

export function warnBeforeSigningOut (page) {
  const form = page.querySelector('[data-op-sign-out]')
  const warning = page.querySelector('[data-op-unsent]')
  if (!form || !warning || !window.indexedDB) { return }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (await unsent()) {
      warning.hidden = false
      warning.focus()
    } else { form.submit() }
  })
  warning.querySelector('[data-op-all-the-same]').addEventListener('click', async () => {
    await wiped()
    form.submit()
  })
}
