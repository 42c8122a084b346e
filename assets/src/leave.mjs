// Leaves the page at once, by the button or by pressing Shift three times, and ends the session on the way.
const WITHIN_MS = 4000
const PRESSES = 3

function endSession (link) {
  const address = link.dataset.opSignOut
  if (address) { navigator.sendBeacon(address) }
}

function leave (link) {
  document.body.hidden = true
  document.title = ''
  endSession(link)
  window.location.replace(link.href)
}

export function watchForLeaving (page) {
  const link = page.querySelector('[data-op-leave]')
  if (!link) { return }
  let pressed = []
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave(link)
  })
  page.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      pressed = []
      return
    }
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
    if (pressed.length >= PRESSES) { leave(link) }
  })
}
