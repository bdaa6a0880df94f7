/** Looking through what the PACS has of a patient, and fetching a series of it. */
import { expect, test } from 'vitest'
import type { PacsSeries } from '../../src/protocol/pacs.ts'
import type { Result } from '../../src/state/ports.ts'
import { createScanPacs } from '../../src/state/scan-pacs.ts'
import type { PacsPort, PacsTrouble } from '../../src/state/scan-ports.ts'

type Opening = Parameters<PacsPort['open']>
type Ended = Awaited<ReturnType<PacsPort['open']>>

const head: PacsSeries = { series: '1.2.3', number: 2, modality: 'CT', description: 'head', images: 60 }
const found = { studies: [], withheld: 0, isAll: true, askedMs: 5 }

/** A PACS that answers when the test does. */
function openPacs() {
  const asked: string[] = []
  const answers: ((answer: Result<readonly PacsSeries[], PacsTrouble>) => void)[] = []
  const openings: { readonly opening: Opening; readonly end: (ended: Ended) => void }[] = []
  const port: PacsPort = {
    async studies(admissionId) {
      asked.push(admissionId)
      return { ok: true, value: found }
    },
    series: () => new Promise((answer) => void answers.push(answer)),
    open: (...opening) => new Promise((end) => void openings.push({ opening, end })),
  }
  const handed: number[] = []
  const pacs = createScanPacs(port, 'stay-1', (sources) => void handed.push(sources.length))
  const come = (at: number, images: number) => {
    const [, hear] = openings[at]?.opening ?? []
    for (let one = 0; one < images; one++) hear?.came({ name: `${one}`, content: new ArrayBuffer(8) })
    hear?.progress(images * 8)
  }
  return { pacs, asked, answers, openings, handed, come }
}

test('it asks for the stay on the screen, and says how old the answer is', async () => {
  const { pacs, asked } = openPacs()
  expect(pacs.studies.value).toEqual({ type: 'asking' })
  await pacs.ask()
  expect(asked).toEqual(['stay-1'])
  expect(pacs.studies.value).toEqual({ type: 'found', found })
})

test('the series of a study that was left are not shown under another', async () => {
  const { pacs, answers } = openPacs()
  const first = pacs.show('1.2')
  const second = pacs.show('1.3')
  answers[1]?.({ ok: true, value: [head] })
  answers[0]?.({ ok: false, failure: 'slow' })
  await Promise.all([first, second])
  expect([pacs.study.value, pacs.series.value]).toEqual(['1.3', { type: 'found', found: [head] }])
})

test('the first image is handed over at once, the others by handfuls, the last with the end', async () => {
  const { pacs, answers, openings, handed, come } = openPacs()
  const shown = pacs.show('1.2')
  answers[0]?.({ ok: true, value: [head] })
  await shown
  const fetched = pacs.fetch(head)
  come(0, 60)
  expect(handed).toEqual([1, 25, 25])
  expect(pacs.fetching.value).toEqual({
    series: '1.2.3',
    images: 60,
    of: 60,
    bytes: 480,
    state: { type: 'coming' },
  })
  openings[0]?.end({ ok: true, value: { missing: 2 } })
  await fetched
  expect(handed).toEqual([1, 25, 25, 9])
  expect(pacs.fetching.value?.state).toEqual({ type: 'done', missing: 2 })
  expect(openings[0]?.opening[0]).toEqual({ admissionId: 'stay-1', study: '1.2', series: '1.2.3' })
})

test('what came before a failure stays, and the failure is said', async () => {
  const { pacs, openings, handed, come } = openPacs()
  void pacs.show('1.2')
  const fetched = pacs.fetch(head)
  come(0, 3)
  openings[0]?.end({ ok: false, failure: 'other-patient' })
  await fetched
  expect(handed).toEqual([1, 2])
  expect(pacs.fetching.value?.state).toEqual({ type: 'failed', why: 'other-patient' })
})

test('another series, or a press on Stop, ends the one before, whose late images change nothing', async () => {
  const { pacs, openings, come } = openPacs()
  void pacs.show('1.2')
  const first = pacs.fetch(head)
  const second = pacs.fetch({ ...head, series: '1.2.4' })
  expect(openings[0]?.opening[2].aborted).toBe(true)
  come(0, 5)
  openings[0]?.end({ ok: false, failure: 'stopped' })
  await first
  expect(pacs.fetching.value).toMatchObject({ series: '1.2.4', images: 0, state: { type: 'coming' } })
  pacs.stop()
  expect(openings[1]?.opening[2].aborted).toBe(true)
  expect(pacs.fetching.value).toBe(null)
  openings[1]?.end({ ok: false, failure: 'stopped' })
  await second
  expect(pacs.fetching.value).toBe(null)
})
