// The page that works without a line: drafts under a passphrase, the guided screens, sending by hand.
import * as box from './device/box.mjs'
import * as group from './device/group.mjs'
import * as line from './device/line.mjs'
import * as screens from './device/screens.mjs'

const root = document.querySelector('[data-op-device]')
const words = JSON.parse(document.getElementById('op-words').textContent)
const ways = JSON.parse(document.getElementById('op-ways').textContent)
const DAY = 24 * 60 * 60 * 1000
const IDLE = 5 * 60 * 1000
const SHORTEST = 12
const part = (name) => root.querySelector(`[data-op-part="${name}"]`)
const ASKING = ['refer', 'protect', 'notify']
// On the page for people met together a draft is the place, and each person is a draft of it.
const together = root.dataset.opKind === 'together'
const wayOf = (answers, of) => together ? [of ? 'person' : 'place'] : screens.wayFor(ways, answers)

let opened = null
let draft = null
let here = ''
let saving = Promise.resolve()
let idle = 0

function element (tag, text, classes = '') {
  const made = document.createElement(tag)
  made.textContent = text
  if (classes) { made.className = classes }
  return made
}

function button (text, then, classes = 'govuk-button govuk-button--secondary') {
  const made = element('button', text, classes)
  made.type = 'button'
  made.addEventListener('click', then)
  return made
}

function show (name) {
  for (const one of root.querySelectorAll('[data-op-part]')) { one.hidden = one.dataset.opPart !== name }
  const heading = part(name).querySelector('h1, h2, [data-op-focus]')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
  window.scrollTo(0, 0)
}

function tell (text) {
  root.querySelector('[data-op-status]').textContent = text
}

// --- the box -------------------------------------------------------------------------------------

async function begin () {
  if (!window.isSecureContext || !window.indexedDB || !navigator.serviceWorker) { return show('unsupported') }
  await register()
  show(await box.isMade() ? 'locked' : 'new')
}

async function register () {
  const address = root.dataset.opWorker
  const policy = window.trustedTypes?.createPolicy('op-worker', { createScriptURL: () => address })
  try {
    await navigator.serviceWorker.register(policy ? policy.createScriptURL('') : address, { scope: root.dataset.opScope })
  } catch {
    tell(words.not_kept)
  }
}

async function make (form) {
  const [first, second] = [form.elements.first.value, form.elements.second.value]
  if (first.length < SHORTEST) { return tell(words.too_short) }
  if (first !== second) { return tell(words.not_alike) }
  form.reset()
  opened = await box.made(first)
  await renew() // Ready to leave only once the lists are here.
  await enter()
}

async function unlock (form) {
  const found = await box.unlocked(form.elements.passphrase.value)
  form.reset()
  if (!found) { return tell(words.wrong) }
  opened = found
  await enter()
}

async function enter () {
  tell('')
  root.querySelector('[data-op-lock]').hidden = false
  stir()
  if (draft && here) { return go(here) }
  await list()
}

async function lock () {
  if (!opened) { return }
  await keep()
  opened = null
  root.querySelector('[data-op-lock]').hidden = true
  part('screen').querySelector('form').reset()
  part('check').querySelector('[data-op-answers]').replaceChildren()
  part('list').querySelector('[data-op-drafts]').replaceChildren()
  draft = draft ? { ref: draft.ref } : null
  show('locked')
}

function stir () {
  window.clearTimeout(idle)
  idle = window.setTimeout(lock, IDLE)
}

// --- the drafts ----------------------------------------------------------------------------------

async function list () {
  draft = null
  here = ''
  const rows = part('list').querySelector('[data-op-drafts]')
  rows.replaceChildren()
  const all = (await opened.all('drafts')).filter((one) => group.isListed(one, together))
  for (const one of all.sort((a, b) => b.saved - a.saved)) { rows.append(row(one)) }
  part('list').querySelector('[data-op-none]').hidden = all.length > 0
  show('list')
  await renew()
}

function row (one) {
  const made = element('div', '', 'op-panel')
  const called = together ? words.together : one.answers.called?.[0] || words.no_name
  made.append(element('h2', called, 'govuk-heading-s'))
  const old = Date.now() - one.begun > DAY
  const state = one.ready ? words.waits : words.unsent
  made.append(element('p', `${state} ${new Date(one.saved).toLocaleString(document.documentElement.lang)}`, 'govuk-body'))
  if (old) { made.append(element('p', words.old, 'govuk-body')) }
  const group = element('div', '', 'govuk-button-group')
  group.append(button(words.go_on, () => take(one.ref)), button(words.drop, () => forget(one.ref)))
  made.append(group)
  return made
}

async function take (ref) {
  draft = await opened.one(ref)
  if (!draft) { return list() }
  if (together) { return everybody(ref) }
  const way = wayOf(draft.answers, draft.of)
  const open = way.find((name) => !draft.done.includes(name))
  return open ? go(open) : check()
}

function start () {
  draft = group.fresh(together)
  return go(wayOf({})[0])
}

async function forget (ref) {
  if (!window.confirm(words.drop_sure)) { return }
  for (const one of await group.peopleOf(opened, ref)) { await opened.drop(one.ref) }
  await opened.drop(ref)
  await list()
}

// --- people met together -------------------------------------------------------------------------

async function everybody (ref) {
  draft = await opened.one(ref)
  if (!draft) { return list() }
  here = ''
  const people = await group.peopleOf(opened, ref)
  part('group').querySelector('[data-op-people]').replaceChildren(...people.map(member))
  part('group').querySelector('[data-op-nobody]').hidden = people.length > 0
  part('group').querySelector('[data-op-do=split]').hidden = !people.length
  part('group').querySelector('[data-op-do=add]').hidden = people.length >= group.MOST
  show('group')
}

function member (one) {
  const made = element('div', '', 'op-panel')
  made.append(element('h2', `${words.wristband} ${group.bandOf(one)}`, 'govuk-heading-s'))
  const buttons = element('div', '', 'govuk-button-group')
  buttons.append(button(words.go_on, () => meet(one.ref)), button(words.drop, () => leaveOut(one)))
  made.append(buttons)
  return made
}

async function meet (ref) {
  draft = await opened.one(ref)
  return draft ? go('person') : list()
}

function add () {
  draft = group.fresh(true, draft.ref)
  return go('person')
}

async function leaveOut (one) {
  if (!window.confirm(words.drop_sure)) { return }
  await opened.drop(one.ref)
  await everybody(one.of)
}

// Where one goes from a screen that is left: to the list of those who were met, or to the drafts.
function leave () {
  return together && draft?.answers ? everybody(draft.of ?? draft.ref) : list()
}

// --- one screen ----------------------------------------------------------------------------------

async function go (name) {
  if (!draft.answers) { draft = await opened.one(draft.ref) }
  if (!draft) { return list() }
  const section = screens.sectionFor(root, name, draft.answers)
  await offer(section)
  screens.narrow(section, draft.answers)
  screens.fill(section, draft.answers, draft.done.includes(name))
  await aloud(section)
  here = name
  for (const one of root.querySelectorAll('[data-op-screen]')) { one.hidden = one !== section }
  const way = wayOf(draft.answers, draft.of)
  part('screen').querySelector('[data-op-number]').textContent = `${way.indexOf(name) + 1} / ${way.length + 1}`
  part('screen').querySelector('[data-op-missing]').replaceChildren()
  part('screen').querySelector('[data-op-before]').hidden = way.indexOf(name) === 0
  show('screen')
  const heading = section.querySelector('h1')
  heading.setAttribute('tabindex', '-1')
  heading.focus()
}

// The organisations are kept sealed, not in the page; so are the longest lists.
async function offer (section) {
  const wanted = [...section.querySelectorAll('select')].filter((one) => one.options.length === 1)
  const select = section.querySelector('select[name="recipient"]')
  const all = select ? [...new Set([...wanted, select])] : wanted
  if (!all.length) { return }
  const lists = await opened.lists() ?? {}
  for (const one of all) {
    const own = `${one.name} ${screens.variantFor(draft.answers)}`
    one.replaceChildren(new Option('', ''))
    for (const [value, label] of lists[own] ?? lists[one.name] ?? []) { one.add(new Option(label, value)) }
  }
}

// Reads the text to the person in her language, beside the same pictures.
async function aloud (section) {
  const shown = section.querySelector('[data-op-aloud]')
  if (!shown) { return }
  const texts = (await opened.lists())?.aloud ?? {}
  const text = texts[(draft.answers.language?.[0] ?? '').split('-')[0]] ?? texts.en
  if (!text) { return }
  shown.lang = text.lang
  shown.dir = text.dir
  shown.querySelectorAll('span').forEach((one, place) => { one.textContent = text.said[place] })
}

function taken () {
  const section = root.querySelector('[data-op-screen]:not([hidden])')
  const names = screens.namesIn(section)
  const kept = Object.fromEntries(Object.entries(draft.answers).filter(([name]) => !names.includes(name)))
  return { ...kept, ...screens.typedInto(section) }
}

// Each save waits for the one before it, so that none overtakes another.
function inTurn (work) {
  saving = saving.then(work, work)
  return saving
}

const keep = () => inTurn(async () => {
  if (!opened || !draft?.answers || part('screen').hidden) { return true }
  const answers = taken()
  if (JSON.stringify(answers) === JSON.stringify(draft.answers) && draft.version) { return true }
  const before = draft.answers
  draft.answers = answers
  return write(before)
})
const put = () => inTurn(() => write())

async function write (before = draft.answers) {
  draft.saved = Date.now()
  const quicker = await opened.keep(draft)
  if (!quicker) {
    tell(`${words.saved} ${new Date(draft.saved).toLocaleTimeString(document.documentElement.lang)}`)
    return true
  }
  if (quicker.gone) {
    draft.version = 0
    await list()
    tell(words.gone)
    return false
  }
  differ(quicker)
  draft.answers = before
  return false
}

let typing = 0
function soon () {
  stir()
  window.clearTimeout(typing)
  typing = window.setTimeout(keep, 400)
}

async function onward () {
  window.clearTimeout(typing)
  const section = root.querySelector('[data-op-screen]:not([hidden])')
  const missing = screens.missingIn(section, screens.typedInto(section))
  const told = part('screen').querySelector('[data-op-missing]')
  if (await group.isTaken(opened, draft, screens.typedInto(section))) { missing.push(words.taken) }
  told.replaceChildren(...missing.map((label) => element('p', label === words.taken ? label : `${label}: ${words.needed}`, 'govuk-error-message')))
  if (!await keep() || missing.length) { return told.focus() }
  if (!draft.done.includes(here)) {
    draft.done.push(here)
    if (!await put()) { return }
  }
  const way = wayOf(draft.answers, draft.of)
  const next = way[way.indexOf(here) + 1]
  if (next) { return go(next) }
  return together ? leave() : check()
}

async function backward () {
  if (!await keep()) { return }
  const way = wayOf(draft.answers, draft.of)
  return go(way[Math.max(way.indexOf(here) - 1, 0)])
}

// Shows two versions field by field; nothing was overwritten, and each field is chosen.
function differ (there) {
  const mine = draft.answers
  const rows = part('changed').querySelector('[data-op-differences]')
  rows.replaceChildren()
  const way = [...new Set([...wayOf(there.answers, there.of), ...wayOf(mine, there.of)])]
  for (const name of way) {
    const section = screens.sectionFor(root, name, mine)
    const [left, right] = [screens.saidIn(section, there.answers), screens.saidIn(section, mine)]
    left.forEach(([label, theirs], place) => {
      const ours = right[place][1]
      if (theirs !== ours) { rows.append(choice(section, place, label, theirs, ours, there, mine)) }
    })
  }
  if (!rows.children.length) {
    draft = there
    return go(here)
  }
  part('changed').querySelector('[data-op-settle]').onclick = () => settle(there, mine, rows)
  show('changed')
}

function choice (section, place, label, theirs, ours, there, mine) {
  const set = element('fieldset', '', 'govuk-fieldset op-ask')
  set.append(element('legend', label, 'govuk-fieldset__legend govuk-fieldset__legend--s'))
  const name = [...screens.questionsIn(section).keys()][place]
  set.dataset.opField = name
  for (const [from, text] of [['there', theirs], ['here', ours]]) {
    const line = element('label', '', 'govuk-label op-choice')
    const radio = document.createElement('input')
    Object.assign(radio, { type: 'radio', name: `differs ${name}`, value: from, checked: from === 'here' })
    line.append(radio, ` ${from === 'there' ? words.other_window : words.this_window}: ${text || words.nothing}`)
    set.append(line)
  }
  return set
}

async function settle (there, mine, rows) {
  const answers = { ...there.answers }
  for (const set of rows.children) {
    const field = set.dataset.opField
    const from = set.querySelector('input:checked').value === 'here' ? mine : there.answers
    for (const name of [field, `${field}-day`, `${field}-month`, `${field}-year`]) {
      delete answers[name]
      if (from[name]) { answers[name] = from[name] }
    }
  }
  draft = { ...there, answers }
  if (await put()) { await go(here) }
}

// --- checking and sending ------------------------------------------------------------------------

async function check () {
  here = 'check'
  if (!draft.answers) { draft = await opened.one(draft.ref) }
  const told = part('check').querySelector('[data-op-answers]')
  told.replaceChildren()
  for (const name of wayOf(draft.answers)) {
    const section = screens.sectionFor(root, name, draft.answers)
    await offer(section)
    screens.narrow(section, draft.answers)
    told.append(element('h2', section.querySelector('h1').textContent, 'govuk-heading-m'))
    const said = document.createElement('dl')
    said.className = 'govuk-summary-list'
    for (const [label, text] of screens.saidIn(section, draft.answers)) {
      if (!text) { continue }
      const line = element('div', '', 'govuk-summary-list__row')
      line.append(element('dt', label, 'govuk-summary-list__key'), element('dd', text, 'govuk-summary-list__value'))
      said.append(line)
    }
    told.append(said, button(words.change, () => go(name)))
  }
  show('check')
}

// Nothing goes out before somebody has said that it was asked about again.
function ask () {
  const wish = draft.answers.wish?.[0] ?? 'later'
  if (!ASKING.includes(wish)) { return deliver() }
  show('agree')
}

async function refused () {
  delete draft.answers.wish
  draft.done = draft.done.filter((name) => name !== 'wish')
  draft.ready = false
  if (await put()) { await go('wish') }
}

async function later () {
  draft.ready = true
  if (await put()) {
    await list()
    tell(words.waits_long)
  }
}

async function deliver () {
  tell(words.sending)
  const lists = await line.lists(root.dataset.opLists)
  if (!lists) { return wait(words.no_line) }
  if (lists === 'out') { return wait(words.signed_out, true) }
  const kept = await opened.lists()
  if (kept && kept.account !== lists.account) { return wait(words.not_yours) }
  const people = together ? await group.peopleOf(opened, draft.ref) : null
  return arrived(await line.send(root.dataset.opSend, lists.token, draft, people), people)
}

async function arrived (answer, people) {
  if (answer.state === 'sent') { return receipt(answer, people ?? []) }
  if (answer.state === 'unknown') { return wait(words.unknown) }
  if (answer.state === 'out') { return wait(words.signed_out, true) }
  part('problem').querySelector('[data-op-says]').textContent = answer.says ?? words.open
  const where = part('problem').querySelector('[data-op-where]')
  where.replaceChildren(...(answer.screens ?? []).map(([name, title]) => button(title, () => people?.[name] ? meet(people[name].ref) : go(name))))
  tell('')
  return show('problem')
}

async function receipt (answer, people) {
  await opened.keepReceipt({ ref: draft.ref, sent: Date.now(), reference: answer.reference, address: answer.address })
  for (const one of [...people, draft]) { await opened.drop(one.ref) }
  draft = null
  here = ''
  const told = part('sent').querySelector('[data-op-reference]')
  told.textContent = answer.reference
  part('sent').querySelector('[data-op-case]').href = answer.address
  tell('')
  show('sent')
}

async function wait (text, out = false) {
  draft.ready = true
  await put()
  root.querySelector('[data-op-sign-in]').hidden = !out
  await list()
  tell(text)
}

// When the line is back the page asks; it sends nothing by itself. What is older than a day is
// not even asked about: it must be opened and checked first.
async function back () {
  if (!opened || draft) { return }
  const own = (await opened.all('drafts')).filter((one) => group.isListed(one, together))
  const waiting = own.filter((one) => one.ready && Date.now() - one.begun < DAY)
  if (!waiting.length) { return }
  draft = waiting[0]
  if (together) { return everybody(draft.ref) }
  ask()
}

// --- lists and the end ---------------------------------------------------------------------------

async function renew () {
  const found = await line.lists(root.dataset.opLists)
  if (!found || found === 'out' || !opened) { return }
  const kept = await opened.lists()
  if (kept && kept.account !== found.account) { return tell(words.not_yours) }
  const { token, ...rest } = found
  await opened.keepLists(rest)
}

async function wipe () {
  opened = draft = null
  await box.wiped()
  show('wiped')
}

const DEEDS = { start, onward, backward, check, ask, deliver, refused, later, list: async () => { await keep(); await leave() }, drafts: list, add, split: deliver, place: () => go('place'), lock, wipe, sure: () => show('sure'), shut: begin }

root.addEventListener('click', (event) => {
  const deed = event.target.closest('[data-op-do]')?.dataset.opDo
  if (deed) { DEEDS[deed]() }
})
root.addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.target
  if (form.dataset.opForm === 'new') { make(form) } else if (form.dataset.opForm === 'locked') { unlock(form) } else { onward() }
})
root.addEventListener('input', () => { if (opened && !part('screen').hidden) { soon() } else { stir() } })
root.addEventListener('change', () => { if (opened && !part('screen').hidden) { soon() } })
window.addEventListener('keydown', () => { if (opened) { stir() } })
document.addEventListener('visibilitychange', () => { if (document.hidden) { keep() } })
window.addEventListener('pagehide', () => { keep() })
window.addEventListener('online', back)

begin()
