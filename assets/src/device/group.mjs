// People met together: the place is one draft, and each person is a draft that belongs to it.
export const MOST = 100

export function fresh (together, of = null) {
  const now = Date.now()
  const draft = { ref: crypto.randomUUID(), version: 0, begun: now, saved: now, answers: {}, done: [] }
  return together ? { ...draft, together, of } : draft
}

// Each of the two pages lists its own drafts; a person is listed under the place.
export const isListed = (one, together) => Boolean(one.together) === together && !one.of

export async function peopleOf (box, ref) {
  const all = (await box.all('drafts')).filter((one) => one.of === ref)
  return all.sort((a, b) => a.begun - b.begun)
}

export const bandOf = (one) => one.answers.wristband?.[0]?.trim() ?? ''

export async function isTaken (box, draft, answers) {
  if (!draft.of) { return false }
  const others = (await peopleOf(box, draft.of)).filter((one) => one.ref !== draft.ref)
  const own = bandOf({ answers })
  return Boolean(own) && others.some((one) => bandOf(one) === own)
}
