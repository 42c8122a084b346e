// Keeps the pages for work without a line, and nothing else: the same pages for everybody who may
// meet people, without a name, a draft or an organisation. Every visit with a line renews it.
const KEPT = 'op-page'
const PAGE = '/steps/device/'
const PARTS = [
  PAGE,
  `${PAGE}together/`,
  ...['opennrm.css', 'opennrm-rtl.css', 'opennrm.js', 'device.js', 'icon.svg'].map((name) => `/static/opennrm/${name}`),
  ...['talk', 'notes', 'share', 'choice', 'help', 'free', 'back', 'see', 'ask'].map((name) => `/static/opennrm/say-${name}.svg`)
]

// A page that sends one elsewhere, such as to the sign-in page, is not kept.
async function renewed (address) {
  const answer = await fetch(address, { redirect: 'error', credentials: 'same-origin' })
  if (!answer.ok) { throw new Error('not there') }
  const kept = await caches.open(KEPT)
  await kept.put(address, answer.clone())
  return answer
}

async function answered (event, address) {
  const kept = await (await caches.open(KEPT)).match(address, { ignoreVary: true })
  if (!kept) { return fetch(event.request) }
  event.waitUntil(renewed(address).catch(() => null))
  return kept
}

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all(PARTS.map(renewed)).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => { event.waitUntil(self.clients.claim()) })
self.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url)
  const own = address.origin === self.location.origin && PARTS.includes(address.pathname)
  if (event.request.method === 'GET' && own) { event.respondWith(answered(event, address.pathname)) }
})
