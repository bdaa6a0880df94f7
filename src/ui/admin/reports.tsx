/** A patient's report, to read, print and give away: who called, knocked, overrode and looked. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import { languages } from '../../core/languages.ts'
import type { Admin } from '../../state/admin.ts'
import { type AdminReports, type AuditReport, createAdminReports } from '../../state/admin-audit.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { LanguageOptions } from '../parts/language.tsx'
import { localeNow } from '../texts/catalogue.ts'
import { appWords } from '../words.ts'
import { auditFailures, formWords, reportWords } from '../words-audit.ts'
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
      <h2>{reportWords.title}</h2>
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
            const fields = new FormData(event.currentTarget)
            const chosen = fields.get('admission')
            const language = languages.find((one) => one === fields.get('language'))
            if (typeof chosen === 'string' && language) void reports.make(chosen, language)
          }}
        >
          <label>
            {formWords.patient}
            <select name="admission">
              <Stays choices={choices} />
            </select>
          </label>
          <label>
            {appWords.language}
            <select name="language">
              <LanguageOptions selected={admin.speech.language.value} />
            </select>
          </label>
          <button type="submit" class="button primary">
            <span>{formWords.make}</span>
          </button>
          <p class="note">{reportWords.note}</p>
        </form>
      )}
      {report && <Report reports={reports} made={report} />}
    </section>
  )
}

type Made = NonNullable<AdminReports['report']['value']>

/** In its own language, which need not be the page's. */
function Report({ reports, made }: { reports: AdminReports; made: Made }) {
  const { language, title, name, about, heads, sections } = made.said
  const [identity, ...others] = about
  return (
    <article class="report" aria-label={title} lang={language}>
      <div class="actions" lang={localeNow()}>
        <Button onPress={reports.print}>{formWords.print}</Button>
        <a class="button plain" href={reports.fileAddress(made, 'html')} download>
          {formWords.page}
        </a>
        <a class="button plain" href={reports.fileAddress(made, 'csv')} download>
          {formWords.table}
        </a>
      </div>
      <h2>{title}</h2>
      <div>
        <p>
          <strong>{name}</strong>
          {`, ${identity}`}
        </p>
        {others.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {sections.map((section) => (
        <Part key={section.title} section={section} heads={heads} />
      ))}
    </article>
  )
}

function Part({ section, heads }: { section: AuditReport['sections'][number]; heads: readonly string[] }) {
  const { title, none, lines } = section
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p>{none}</p>
      ) : (
        <div class="wide">
          <table>
            <Heads of={heads} />
            <tbody>
              {lines.map(({ atMs, at, who, did, cameOut }) => (
                <tr key={`${atMs} ${who} ${did}`}>
                  <td>{at}</td>
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
