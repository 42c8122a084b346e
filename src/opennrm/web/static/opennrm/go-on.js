// Presses the button of a long piece of work again, so that nobody has to; without this script she does.
const form = document.querySelector('[data-op-go-on]')
if (form) window.setTimeout(() => form.requestSubmit(), 100)
