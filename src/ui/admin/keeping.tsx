/** What somebody has to do about the server, in plain words, and nothing when there is nothing to do. */
import alertIcon from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useMemo } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { createAdminKeeping, type KeepingAnswer } from '../../state/admin-keeping.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { auditFailures } from '../words-audit.ts'
import { alertWords, keepingLines, keepingWords } from '../words-keeping.ts'

export function KeepingSection({ admin }: { admin: Admin }) {
  const state = useMemo(() => createAdminKeeping(admin.ports), [admin])
  useEffect(() => void state.look(), [state])
  const failure = state.failure.value
  const keeping = state.keeping.value
  return (
    <section aria-label={keepingWords.title}>
      <h2>{keepingWords.title}</h2>
      <p>{keepingWords.intro}</p>
      <Button onPress={() => void state.look()}>{keepingWords.again}</Button>
      {failure && (
        <Banner
          tone="waits"
          icon={alertIcon}
        >{`${auditFailures[failure].said} ${auditFailures[failure].todo}`}</Banner>
      )}
      {!keeping && !failure && <p role="status">{keepingWords.loading}</p>}
      {keeping && <Found keeping={keeping} />}
    </section>
  )
}

function Found({ keeping }: { keeping: KeepingAnswer }) {
  return (
    <>
      {keeping.alerts.length === 0 && <p role="status">{keepingWords.none}</p>}
      {keeping.alerts.length > 0 && (
        <ul aria-label={keepingWords.list}>
          {keeping.alerts.map((alert, index) => {
            const { said, todo } = alertWords(alert)
            return (
              <li key={index}>
                <strong>{said}</strong> {todo}
              </li>
            )
          })}
        </ul>
      )}
      {keepingLines(keeping).map((line) => (
        <p key={line} class="note">
          {line}
        </p>
      ))}
    </>
  )
}
