// Shows a quiet line two minutes before the session ends, so that nobody is surprised.
export function warnBeforeTimeOut (page) {
  const notice = page.querySelector('[data-op-time-out]')
  if (!notice) { return }
  const seconds = Number(notice.dataset.opTimeOut) - 120
  window.setTimeout(() => { notice.hidden = false }, Math.max(seconds, 0) * 1000)
}
