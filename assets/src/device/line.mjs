// The line to the server: what it can be asked, and what to make of an answer that never comes.
const patience = () => AbortSignal.timeout(20000)

async function asked (address, more = {}) {
  try {
    return await fetch(address, { redirect: 'manual', credentials: 'same-origin', signal: patience(), ...more })
  } catch {
    return null
  }
}

// Returns nothing without a line, and 'out' when nobody is signed in.
export async function lists (address) {
  const answer = await asked(address)
  if (!answer) { return null }
  return answer.ok && answer.type !== 'opaqueredirect' ? answer.json() : 'out'
}

// Sends a draft. Without a clear answer the state is 'unknown', and the same draft may be sent
// again: the server counts its reference once.
export async function send (address, token, draft, people) {
  const answer = await asked(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
    body: JSON.stringify({ draft: draft.ref, answers: draft.answers, people: people?.map((one) => one.answers) })
  })
  if (!answer) { return { state: 'unknown' } }
  if (answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect') { return { state: 'out' } }
  try {
    return await answer.json()
  } catch {
    return { state: 'unknown' }
  }
}
