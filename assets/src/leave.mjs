// Leaves the page at once, by the button or by pressing Shift three times, and ends the session on the way.
// Without this script the button is a plain form that does the same in one step more.
const WITHIN_MS = 4000
const PRESSES = 3

function leave (form) {
  document.body.hidden = true
  document.title = ''
  const sent = new URLSearchParams(new FormData(form))
  sent.set('quietly', '1')
  navigator.sendBeacon(form.action, sent)
  window.location.replace(form.dataset.opLeave)
}

export function watchForLeaving (page) {
  const form = page.querySelector('[data-op-leave]')
  if (!form) { return }
  let pressed = []
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    leave(form)
  })
  page.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      pressed = []
      return
    }
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
    if (pressed.length >= PRESSES) { leave(form) }
  })
}
