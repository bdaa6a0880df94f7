/** The invitation on paper, in the patient's own language: when, by which link, what to do, and never why. */
import { useEffect, useState } from 'preact/hooks'
import { type Language, languageFrom } from '../../core/languages.ts'
import type { Station } from '../../state/station.ts'
import { usePrinting } from '../parts/printing.ts'
import { QrCode } from '../parts/qr.tsx'
import { localeOf } from '../texts/catalogue.ts'
import { letterIn } from '../words-visits.ts'
import type { Printed } from './desk.ts'

type Words = Awaited<ReturnType<typeof letterIn>>
type LetterProps = { station: Station; printed: Printed; onDone: () => void }

export function Letter({ station, printed, onDone }: LetterProps) {
  const [words, setWords] = useState<Words | null>(null)
  const language = languageFrom([printed.language, station.speech.language.value])
  useEffect(() => {
    // What cannot be fetched is not printed: the press is there to be made again.
    letterIn(language).then(setWords, onDone)
  }, [language])
  return words && <Paper {...{ station, printed, onDone, words, language }} />
}

function Paper({
  station,
  printed,
  onDone,
  words,
  language,
}: LetterProps & { words: Words; language: Language }) {
  const { name, link, phone } = printed
  usePrinting(words.title, onDone)
  return (
    <div class="paper letter" lang={language}>
      <h1>{words.title}</h1>
      <p>{words.dear({ name })}</p>
      <p>{words.invited({ ward: station.ward.value })}</p>
      <When printed={printed} words={words} locale={localeOf(language)} zone={station.wardTime.value.zone} />
      <section class="letter-link">
        <QrCode text={link} label={words.qr} />
        <div>
          <h2>{words.link}</h2>
          <p class="letter-address">{link}</p>
        </div>
      </section>
      <h2>{words.how}</h2>
      <ol>
        {[words.step1, words.step2, words.step3, words.step4].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{words.free}</p>
      <p>{phone === null ? words.noPhone : words.phone({ phone })}</p>
    </div>
  )
}

type WhenProps = { printed: Printed; words: Words; locale: string; zone: string | null }

/** By the clock on the hospital's wall, whose zone is named: whoever reads it may live by another. */
function When({ printed: { startMs, endMs }, words, locale, zone }: WhenProps) {
  const timeZone = zone ?? undefined
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone }).format(startMs)
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  return (
    <p class="letter-when">
      <b>{words.when({ day, from: clock.format(startMs), to: clock.format(endMs) })}</b>
      {zone !== null && <span> {words.zone({ zone: zoneName(locale, zone, startMs) })}</span>}
    </p>
  )
}

/** `Eastern European Standard Time (Europe/Helsinki)`, of that day. */
function zoneName(locale: string, zone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'long', timeZone: zone }).formatToParts(ms)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value
  return name === undefined ? zone : `${name} (${zone})`
}
