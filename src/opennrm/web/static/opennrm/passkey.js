// Says on the page that a passkey did not answer, instead of in the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  document.getElementById('op-passkey-failed').hidden = false
})
