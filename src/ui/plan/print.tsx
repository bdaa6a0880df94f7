/** The plan on paper, for the hours in which nothing works: by bed, with its age and what was not confirmed (HZ-7). */
import type { BedRow, Entry } from '../../state/plan.ts'
import { dayOfDate } from '../../state/plan-days.ts'
import { usePrinting } from '../parts/printing.ts'
import { patientWord, printWords } from '../words-changes.ts'
import { bedWord, clockWord, dayWord, lookWords, momentWord, spanWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { whereOf, whoOf } from './lines.ts'
import { InterpreterLine } from './no-interpreter.tsx'

export function PrintPage({ desk, date, ward }: { desk: Desk; date: string; ward: string }) {
  const { plan } = desk
  const zone = plan.zone.value
  const day = dayOfDate(date, zone)
  const all = plan.entries(day, { type: 'all' })
  const { age, unsent } = plan.status.value
  const heading = printWords.heading({ ward, day: dayWord(day.startMs, zone) })
  usePrinting(heading, desk.close)
  return (
    <div class="paper">
      <h1>{heading}</h1>
      <p class="paper-age">
        {age.type === 'never' ? printWords.never : printWords.asOf({ moment: momentWord(age.asOfMs, zone) })}
      </p>
      {unsent > 0 && <p>{printWords.unsent({ count: unsent })}</p>}
      {plan.beds.value.map((bed) => (
        <Bed key={bed.id} desk={desk} bed={bed} entries={plan.entries(day, { type: 'bed', id: bed.id })} />
      ))}
      <section>
        <h2>{printWords.elsewhere}</h2>
        <Lines desk={desk} entries={all.filter(({ row }) => row.stops.length === 0)} />
      </section>
      <p class="paper-age">{printWords.printed({ moment: momentWord(plan.nowMs(), zone) })}</p>
    </div>
  )
}

function Bed({ desk, bed, entries }: { desk: Desk; bed: BedRow; entries: readonly Entry[] }) {
  const patient = bed.stay?.patient
  return (
    <section>
      <h2>
        {bedWord(bed.label)}
        {patient && <span>{` · ${patientWord(patient.name, patient.born, patient.number)}`}</span>}
      </h2>
      <Lines desk={desk} entries={entries} />
    </section>
  )
}

function Lines({ desk, entries }: { desk: Desk; entries: readonly Entry[] }) {
  const { plan } = desk
  const zone = plan.zone.value
  if (entries.length === 0) return <p class="none">{printWords.none}</p>
  return (
    <table>
      <thead>
        <tr>
          {[printWords.time, printWords.what, printWords.who, printWords.where, printWords.state].map(
            (word) => (
              <th key={word}>{word}</th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.key} class={entry.look}>
            <td>{spanWord(entry.startMs, entry.endMs, zone)}</td>
            <td>
              {entry.row.title}
              {entry.row.kind === 'round' && entry.row.when.type === 'at' && (
                <small>{` (${clockWord(entry.row.when.startMs, zone)})`}</small>
              )}
              {entry.row.interpreter && (
                <small>
                  {' · '}
                  <InterpreterLine plan={plan} row={entry.row} />
                </small>
              )}
            </td>
            <td>{whoOf(plan, entry.row)}</td>
            <td>{whereOf(plan, { ...entry.row, stops: [] })}</td>
            <td>{lookWords[entry.look]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
