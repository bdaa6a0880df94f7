/** [PROOF-8] Two browsers find the words that their people compare; whoever stands between them is heard to be there. */
import { expect, test } from 'vitest'
import { wordsCompared, wordsToChooseFrom } from '../../src/core/compared.ts'
import { createComparison } from '../../src/io/compare.ts'

type Words = readonly number[] | null

/** One end; what it says waits in `said` until the test hands it on. */
function end() {
  const said: string[] = []
  const found: Words[] = []
  return {
    said,
    found,
    ...createComparison(
      (text) => said.push(text),
      (words) => found.push(words),
    ),
  }
}

/** Hands everything on until nobody says anything more. */
async function talk(a: ReturnType<typeof end>, b: ReturnType<typeof end>): Promise<void> {
  await Promise.all([a.settled(), b.settled()])
  while (a.said.length + b.said.length > 0) {
    for (const text of a.said.splice(0)) b.hear(text)
    await b.settled()
    for (const text of b.said.splice(0)) a.hear(text)
    await a.settled()
  }
}

test('[PROOF-8] both ends find the same three words, of sixty-four', async () => {
  const [doctor, patient] = [end(), end()]
  doctor.begin({ isFirst: true, own: 'key-d', theirs: 'key-p' })
  patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-d' })
  await talk(doctor, patient)
  expect(doctor.found).toHaveLength(1)
  expect(doctor.found).toEqual(patient.found)
  expect(doctor.found[0]).toHaveLength(wordsCompared)
  for (const word of doctor.found[0] ?? []) expect(word).toBeLessThan(wordsToChooseFrom)
})

test('what comes before this end knows who is there waits for it', async () => {
  const [doctor, patient] = [end(), end()]
  doctor.begin({ isFirst: true, own: 'key-d', theirs: 'key-p' })
  await doctor.settled()
  for (const text of doctor.said.splice(0)) patient.hear(text)
  await patient.settled()
  expect(patient.said).toEqual([])
  patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-d' })
  await talk(doctor, patient)
  expect(patient.found).toEqual(doctor.found)
})

test('other words in another call, with the same keys', async () => {
  const found = new Set<string>()
  for (let call = 0; call < 6; call += 1) {
    const [doctor, patient] = [end(), end()]
    doctor.begin({ isFirst: true, own: 'key-d', theirs: 'key-p' })
    patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-d' })
    await talk(doctor, patient)
    found.add(String(doctor.found[0]))
  }
  expect(found.size).toBeGreaterThan(4)
})

test('whoever stands between with keys of their own and hands everything on makes the words differ', async () => {
  let alike = 0
  for (let call = 0; call < 20; call += 1) {
    const [doctor, patient] = [end(), end()]
    doctor.begin({ isFirst: true, own: 'key-d', theirs: 'key-of-the-middle' })
    patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-of-the-middle' })
    await talk(doctor, patient)
    if (String(doctor.found[0]) === String(patient.found[0])) alike += 1
  }
  expect(alike).toBeLessThanOrEqual(1)
})

test('a nonce that is not the one committed to is a lie', async () => {
  const patient = end()
  const nonce = (letter: string) => letter.repeat(43)
  patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-d' })
  patient.hear(JSON.stringify({ type: 'compare', step: 'commit', commitment: nonce('A') }))
  await patient.settled()
  patient.hear(JSON.stringify({ type: 'compare', step: 'reveal', nonce: nonce('B') }))
  await patient.settled()
  expect(patient.found).toEqual([null])
})

test('nobody commits, answers or reveals twice: whoever could would try until the words fit', async () => {
  const [doctor, patient] = [end(), end()]
  doctor.begin({ isFirst: true, own: 'key-d', theirs: 'key-p' })
  patient.begin({ isFirst: false, own: 'key-p', theirs: 'key-d' })
  const nonce = (letter: string) => letter.repeat(43)
  await doctor.settled()
  for (const text of doctor.said.splice(0)) patient.hear(text)
  await patient.settled()
  const answers = patient.said.splice(0)
  patient.hear(JSON.stringify({ type: 'compare', step: 'commit', commitment: nonce('C') }))
  await patient.settled()
  expect(patient.said, 'one answer').toEqual([])
  for (const text of answers) doctor.hear(text)
  doctor.hear(JSON.stringify({ type: 'compare', step: 'answer', nonce: nonce('D') }))
  await doctor.settled()
  const reveals = doctor.said.splice(0)
  expect(reveals, 'one nonce is revealed').toHaveLength(1)
  for (const text of reveals) patient.hear(text)
  await patient.settled()
  expect(patient.found).toEqual(doctor.found)
})

test('what is no part of it is somebody else’s', () => {
  const patient = end()
  for (const text of ['', '{}', '{"type":"line","text":"compare"}', '{"type":"compare","step":"commit"}'])
    expect(patient.hear(text)).toBe(false)
})
