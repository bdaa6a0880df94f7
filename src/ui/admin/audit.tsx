/** The audit's page: how the chain stands, a search, and what it found. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import {
  type AdminAudit,
  type AuditLine,
  type AuditState,
  createAdminAudit,
} from '../../state/admin-audit.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import {
  aboutWord,
  actWord,
  auditFailures,
  auditWords,
  byWord,
  chainProblem,
  collectorProblem,
  collectorWord,
  formWords,
  foundWord,
  headWord,
  lineHeads,
  momentOf,
  verdictWord,
} from '../words-audit.ts'
import { AuditForm } from './audit-form.tsx'
import { Heads } from './heads.tsx'

export function AuditSection({ admin }: { admin: Admin }) {
  const audit = useMemo(() => createAdminAudit(admin.ports, admin.speech), [admin])
  useEffect(() => void audit.load(), [audit])
  const failure = audit.failure.value
  const chain = audit.chain.value
  return (
    <section aria-label={auditWords.title}>
      <h2>{auditWords.title}</h2>
      {failure && (
        <Banner
          tone="waits"
          icon={alert}
        >{`${auditFailures[failure].said} ${auditFailures[failure].todo}`}</Banner>
      )}
      {chain && <Chain audit={audit} chain={chain} />}
      {audit.choices.value && <AuditForm audit={audit} choices={audit.choices.value} />}
      <FoundLines audit={audit} />
    </section>
  )
}

function Chain({ audit, chain }: { audit: AdminAudit; chain: AuditState }) {
  const verdict = audit.verdict.value
  const isBroken = verdict !== null && verdict !== 'checking' && verdict.type === 'broken'
  const problem = chainProblem(chain)
  const undelivered = collectorProblem(chain)
  return (
    <>
      {problem && (
        <Banner tone="lost" icon={alert}>
          {problem}
        </Banner>
      )}
      {undelivered && (
        <Banner tone="waits" icon={alert}>
          {undelivered}
        </Banner>
      )}
      {isBroken && (
        <Banner tone="lost" icon={alert}>
          {verdictWord(verdict)}
        </Banner>
      )}
      <dl aria-label={formWords.state}>
        <dt>{formWords.signed}</dt>
        <dd>{headWord(chain)}</dd>
        <dt>{formWords.collector}</dt>
        <dd>{collectorWord(chain)}</dd>
        <dt>{formWords.key}</dt>
        <dd>{chain.key}</dd>
      </dl>
      <div class="actions">
        <Button disabled={verdict === 'checking'} onPress={() => void audit.check()}>
          {formWords.check}
        </Button>
        <p role="status">{verdict !== null && !isBroken && verdictWord(verdict)}</p>
      </div>
    </>
  )
}

function FoundLines({ audit }: { audit: AdminAudit }) {
  const found = audit.found.value
  if (!found) return <p>{auditWords.nothingAsked}</p>
  if (found.lines.length === 0) return <p role="status">{auditWords.nothingFound}</p>
  return (
    <>
      <div class="actions">
        <p role="status">{foundWord(found.lines.length, audit.filter.value)}</p>
        <a class="button plain" href={audit.exportAddress('fhir')} download>
          {formWords.fhir}
        </a>
        <a class="button plain" href={audit.exportAddress('csv')} download>
          {formWords.csv}
        </a>
      </div>
      <div class="wide audit-lines">
        <table>
          <Heads of={lineHeads()} />
          <tbody>
            {found.lines.map((line) => (
              <Line key={line.seq} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {found.next !== null && <Button onPress={() => void audit.more()}>{formWords.more}</Button>}
    </>
  )
}

function Line({ line }: { line: AuditLine }) {
  return (
    <tr>
      <td>{momentOf(line.atMs)}</td>
      <td>{actWord(line)}</td>
      <td>{byWord(line)}</td>
      <td>{line.peer}</td>
      <td>{line.patient?.name}</td>
      <td>{aboutWord(line)}</td>
    </tr>
  )
}
