// The screens on the page: which come for these answers, what is typed into them, what it says.
const on = (answers, name) => Boolean(answers[name]?.length)
const first = (answers, name) => answers[name]?.[0] ?? ''

export const isChild = (answers) => first(answers, 'majority') !== 'adult' || on(answers, 'age_in_doubt')

// The server has worked out the way for every answer on which it depends; this only looks it up.
export function wayFor (ways, answers) {
  const key = [on(answers, 'left_early'), isChild(answers), on(answers, 'alone')].map(Number).join('')
  return ways[`${key}${first(answers, 'wish') || 'later'}`]
}

export function variantFor (answers) {
  if (!isChild(answers)) { return 'adult' }
  return first(answers, 'wish') === 'protect' ? 'protect' : 'child'
}

export function sectionFor (page, name, answers) {
  const all = [...page.querySelectorAll(`[data-op-screen="${name}"]`)]
  return all.find((one) => one.dataset.opVariants.split(' ').includes(variantFor(answers))) ?? all[0]
}

// Hides what is not asked of this person; what is hidden counts as not there.
export function narrow (section, answers) {
  const variant = variantFor(answers)
  for (const [asked, variants] of Object.entries(JSON.parse(section.dataset.opOnly))) {
    const [name, value] = asked.split('=')
    const input = section.querySelector(`[name="${name}"]${value ? `[value="${value}"]` : ''}`)
    const part = input?.closest(value ? '.govuk-checkboxes__item' : '.govuk-form-group')
    if (part) { part.hidden = !variants.includes(variant) }
  }
  for (const one of section.querySelectorAll('[data-op-for]')) { one.hidden = one.dataset.opFor !== variant }
}

const inputs = (section) => [...section.querySelectorAll('input[name], select[name], textarea[name]')]
  .filter((one) => !one.closest('.govuk-form-group[hidden], .govuk-checkboxes__item[hidden]'))

export function namesIn (section) {
  return [...new Set(inputs(section).map((one) => one.name))]
}

export function typedInto (section) {
  const answers = {}
  for (const one of inputs(section)) {
    const chosen = one.type === 'radio' || one.type === 'checkbox' ? one.checked : one.value.trim() !== ''
    if (chosen) { (answers[one.name] ??= []).push(one.value) }
  }
  return answers
}

export function fill (section, answers, wasAsked) {
  for (const one of inputs(section)) {
    const kept = answers[one.name] ?? []
    if (!wasAsked && !kept.length) { begin(one, section) } else if (one.type === 'radio' || one.type === 'checkbox') {
      one.checked = kept.includes(one.value)
    } else { one.value = kept[0] ?? '' }
  }
}

// What stands in a field at the start; a day counts from today, however old this page is.
function begin (one, section) {
  if (one.type === 'radio' || one.type === 'checkbox') {
    one.checked = one.defaultChecked
    return
  }
  const [name, box] = one.name.split(/-(?=day$|month$|year$)/)
  const days = box ? JSON.parse(section.dataset.opDays)[name] : undefined
  if (days === undefined) {
    one.value = one.tagName === 'SELECT' ? [...one.options].find((each) => each.defaultSelected)?.value ?? '' : one.defaultValue
    return
  }
  const day = new Date()
  day.setDate(day.getDate() + days)
  one.value = { day: day.getDate(), month: day.getMonth() + 1, year: day.getFullYear() }[box]
}

function labelOf (one) {
  const set = one.closest('fieldset')?.querySelector('legend')
  const own = one.labels?.[0]
  return (set && one.type !== 'text' ? set : own ?? set)?.textContent.trim() ?? one.name
}

export function questionsIn (section) {
  const asked = new Map()
  for (const one of inputs(section)) {
    const name = one.name.replace(/-(day|month|year)$/, '')
    const legend = one.closest('.govuk-date-input') ? one.closest('fieldset').querySelector('legend').textContent.trim() : labelOf(one)
    if (!asked.has(name)) { asked.set(name, { legend, said: [] }) }
  }
  return asked
}

// Says the answers of a section in the words of its own labels.
export function saidIn (section, answers) {
  const asked = questionsIn(section)
  for (const one of inputs(section)) {
    const kept = answers[one.name] ?? []
    const entry = asked.get(one.name.replace(/-(day|month|year)$/, ''))
    if (one.type === 'radio' || one.type === 'checkbox') {
      if (kept.includes(one.value)) { entry.said.push(one.labels[0].textContent.trim()) }
    } else if (one.tagName === 'SELECT') {
      const chosen = [...one.options].find((each) => each.value && each.value === kept[0])
      if (chosen) { entry.said.push(chosen.textContent.trim()) }
    } else if (kept[0]) { entry.said.push(kept[0]) }
  }
  return [...asked.values()].map(({ legend, said }) => [legend, said.join(', ')])
}

export function missingIn (section, answers) {
  const required = section.dataset.opRequired.split(' ').filter(Boolean)
  const asked = questionsIn(section)
  return required
    .filter((name) => asked.has(name) && !Object.keys(answers).some((one) => one === name || one.startsWith(`${name}-`)))
    .map((name) => asked.get(name)?.legend ?? name)
}
