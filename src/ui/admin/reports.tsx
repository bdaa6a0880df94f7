/** A patient's report, to read, print and give away: who called, knocked, overrode and looked. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { type AdminReports, type AuditReport, createAdminReports } from '../../state/admin-audit.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { auditFailures, formWords, momentOf, periodWord, reportHeads, reportWords } from '../words-audit.ts'
import { bornWord } from '../words-station.ts'
import { Stays } from './audit-form.tsx'
import { Heads } from './heads.tsx'

export function ReportsSection({ admin }: { admin: Admin }) {
  const reports = useMemo(() => createAdminReports(admin.ports), [admin])
  useEffect(() => void reports.load(), [reports])
  const failure = reports.failure.value
  const choices = reports.choices.value
  const report = reports.report.value
  return (
    <section aria-label={reportWords.title}>
      <h2>{report ? reportWords.reportTitle : reportWords.title}</h2>
      {failure && (
        <Banner
          tone="waits"
          icon={alert}
        >{`${auditFailures[failure].said} ${auditFailures[failure].todo}`}</Banner>
      )}
      {choices?.stays.length === 0 && <p>{reportWords.noStays}</p>}
      {choices && choices.stays.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const chosen = new FormData(event.currentTarget).get('admission')
            if (typeof chosen === 'string') void reports.make(chosen)
          }}
        >
          <label>
            {formWords.patient}
            <select name="admission">
              <Stays choices={choices} />
            </select>
          </label>
          <button type="submit" class="button primary">
            <span>{formWords.make}</span>
          </button>
          <p class="note">{reportWords.note}</p>
        </form>
      )}
      {report && <Report reports={reports} admissionId={report.admissionId} said={report.said} />}
    </section>
  )
}

function Report({
  reports,
  admissionId,
  said,
}: {
  reports: AdminReports
  admissionId: string
  said: AuditReport
}) {
  const { patient, madeMs } = said
  return (
    <article class="report" aria-label={reportWords.reportTitle}>
      <div class="actions">
        <Button onPress={reports.print}>{formWords.print}</Button>
        <a class="button plain" href={reports.fileAddress(admissionId, 'html')} download>
          {formWords.page}
        </a>
        <a class="button plain" href={reports.fileAddress(admissionId, 'csv')} download>
          {formWords.table}
        </a>
      </div>
      <div>
        <p>
          <strong>{patient.name}</strong>
          {`, ${bornWord(patient)}, ${reportWords.number({ number: patient.number })}`}
        </p>
        <p>{periodWord(said)}</p>
        <p class="note">{reportWords.made({ time: momentOf(madeMs) })}</p>
      </div>
      {said.sections.map((section) => (
        <Part key={section.title} section={section} />
      ))}
    </article>
  )
}

function Part({ section }: { section: AuditReport['sections'][number] }) {
  const { title, none, lines } = section
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p>{none}</p>
      ) : (
        <div class="wide">
          <table>
            <Heads of={reportHeads()} />
            <tbody>
              {lines.map(({ atMs, who, did, cameOut }) => (
                <tr key={`${atMs} ${who} ${did}`}>
                  <td>{momentOf(atMs)}</td>
                  <td>{who}</td>
                  <td>{did}</td>
                  <td>{cameOut}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
