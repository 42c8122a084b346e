// Takes the code out of the address, from where no browser sends it, and puts it into the form.
const given = window.location.hash.slice(1)
if (given) {
  document.getElementById('op-code').value = given
  window.history.replaceState(null, '', window.location.pathname)
}
