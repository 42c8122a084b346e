// The locked box on this device: drafts, lists and receipts, readable only under a passphrase.
// The key is derived with PBKDF2 and never stored; what lies in the browser's database is sealed.
const NAME = 'op-device'
const ROUNDS = 600000
const STORES = ['box', 'drafts', 'receipts']
const CHECK = 'opens'

const bytes = (text) => new TextEncoder().encode(text)

function promised (request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function opened () {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    for (const store of STORES) { request.result.createObjectStore(store) }
  }
  return promised(request)
}

async function within (store, mode, work) {
  const database = await opened()
  try {
    const transaction = database.transaction(store, mode)
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
    const answer = await work(transaction.objectStore(store))
    await done
    return answer
  } finally {
    database.close()
  }
}

async function derived (passphrase, salt) {
  const material = await crypto.subtle.importKey('raw', bytes(passphrase), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function sealed (key, purpose, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const how = { name: 'AES-GCM', iv, additionalData: bytes(purpose) }
  return { iv, data: await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(content))) }
}

async function unsealed (key, purpose, { iv, data }) {
  const how = { name: 'AES-GCM', iv, additionalData: bytes(purpose) }
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, data)))
}

export async function exists () {
  const all = indexedDB.databases ? await indexedDB.databases() : [{ name: NAME }]
  return all.some((one) => one.name === NAME)
}

export async function isMade () {
  return await exists() && Boolean(await within('box', 'readonly', (store) => promised(store.get('key'))))
}

export async function unsent () {
  return await exists() ? within('drafts', 'readonly', (store) => promised(store.count())) : 0
}

export async function made (passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const key = await derived(passphrase, salt)
  const check = await sealed(key, CHECK, CHECK)
  await within('box', 'readwrite', (store) => promised(store.put({ salt, check }, 'key')))
  return new Box(key)
}

// Returns nothing when the passphrase does not open the box.
export async function unlocked (passphrase) {
  const kept = await within('box', 'readonly', (store) => promised(store.get('key')))
  const key = await derived(passphrase, kept.salt)
  try {
    await unsealed(key, CHECK, kept.check)
  } catch {
    return null
  }
  return new Box(key)
}

export async function wiped () {
  await promised(indexedDB.deleteDatabase(NAME))
  for (const name of await caches.keys()) { await caches.delete(name) }
  for (const one of await navigator.serviceWorker.getRegistrations()) { await one.unregister() }
}

export class Box {
  #key

  constructor (key) { this.#key = key }

  async lists () {
    const kept = await within('box', 'readonly', (store) => promised(store.get('lists')))
    return kept ? unsealed(this.#key, 'lists', kept) : null
  }

  async keepLists (lists) {
    const content = await sealed(this.#key, 'lists', lists)
    await within('box', 'readwrite', (store) => promised(store.put(content, 'lists')))
  }

  async all (store) {
    const [names, kept] = await within(store, 'readonly', async (rows) =>
      Promise.all([promised(rows.getAllKeys()), promised(rows.getAll())]))
    return Promise.all(kept.map((one, place) => unsealed(this.#key, `${store} ${names[place]}`, one)))
  }

  async one (ref) {
    const kept = await within('drafts', 'readonly', (store) => promised(store.get(ref)))
    return kept ? unsealed(this.#key, `drafts ${ref}`, kept) : null
  }

  // Keeps a draft over the version that was seen. Where another window was quicker, nothing is
  // overwritten, and what stands there is returned.
  async keep (draft) {
    const next = { ...draft, version: draft.version + 1 }
    const content = { ...await sealed(this.#key, `drafts ${draft.ref}`, next), version: next.version }
    const quicker = await within('drafts', 'readwrite', async (store) => {
      const there = await promised(store.get(draft.ref))
      if ((there?.version ?? 0) !== draft.version) { return there ?? { gone: true } }
      await promised(store.put(content, draft.ref))
      return null
    })
    if (!quicker) {
      draft.version = next.version
      return null
    }
    return quicker.gone ? { gone: true } : unsealed(this.#key, `drafts ${draft.ref}`, quicker)
  }

  async drop (ref) {
    await within('drafts', 'readwrite', (store) => promised(store.delete(ref)))
  }

  async keepReceipt (receipt) {
    const content = await sealed(this.#key, `receipts ${receipt.ref}`, receipt)
    await within('receipts', 'readwrite', (store) => promised(store.put(content, receipt.ref)))
  }
}
