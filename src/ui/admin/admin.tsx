/** Mounts the administrator's pages: one section at a time, only those the person's role allows. */
import '../tokens.css'
import '../parts.css'
import '../station.css'
import '../admin.css'
import '../sign-in.css'
import { signal } from '@preact/signals'
import lock from 'lucide-static/icons/lock.svg?raw'
import signOut from 'lucide-static/icons/log-out.svg?raw'
import { type ComponentChildren, render } from 'preact'
import type { Action } from '../../core/permissions.ts'
import type { Admin } from '../../state/admin.ts'
import { Button } from '../parts/button.tsx'
import { LockPanel } from '../parts/lock.tsx'
import { PersonName } from '../parts/person.tsx'
import { SignInPage } from '../parts/sign-in.tsx'
import { type Advice, demoWard, productName } from '../words.ts'
import { adminTitle, keysWords, noSections, staffWords, wardWords } from '../words-admin.ts'
import { auditName, reportsName } from '../words-audit.ts'
import { overrideWords } from '../words-glass.ts'
import { shareWords } from '../words-share.ts'
import { lockWords } from '../words-sign-in.ts'
import { tabletsPage } from '../words-tablets.ts'
import { AuditSection } from './audit.tsx'
import { KeysSection } from './keys.tsx'
import { OverridesSection } from './overrides.tsx'
import { ReportsSection } from './reports.tsx'
import { ShareSection } from './share.tsx'
import { StaffSection } from './staff.tsx'
import { Tablets } from './tablets.tsx'
import { WardSection } from './ward.tsx'

export type Section = {
  readonly name: string
  readonly needs: Action
  readonly show: (props: { admin: Admin }) => ComponentChildren
}

/** In the order of the menu. */
const sections: readonly Section[] = [
  { name: wardWords.title, needs: 'ward.change', show: WardSection },
  { name: staffWords.title, needs: 'staff.manage', show: StaffSection },
  { name: tabletsPage.title, needs: 'tablet.see', show: Tablets },
  { name: keysWords.title, needs: 'certificate.sign', show: KeysSection },
  { name: auditName, needs: 'audit.read', show: AuditSection },
  { name: reportsName, needs: 'audit.read', show: ReportsSection },
  { name: shareWords.section, needs: 'plan.share', show: ShareSection },
  { name: overrideWords.section, needs: 'glass.review', show: OverridesSection },
]

const chosen = signal<string | null>(null)

export function mountAdmin(admin: Admin, root: HTMLElement): void {
  root.classList.add('station')
  render(<Screen admin={admin} />, root)
}

function Screen({ admin }: { admin: Admin }) {
  const access = admin.access.value
  if (admin.lock.locked.value) {
    const name = access.type === 'signed-in' ? access.me.name : null
    return (
      <main class="entry">
        <LockPanel lock={admin.lock} name={name} onSignOut={() => void admin.signOut()} />
      </main>
    )
  }
  switch (access.type) {
    case 'starting':
      return null
    case 'signed-out':
      return <SignInPage entry={admin.entry} />
    case 'signed-in':
      return <Sections admin={admin} access={access} />
  }
}

function Sections({
  admin,
  access,
}: {
  admin: Admin
  access: Extract<Admin['access']['value'], { type: 'signed-in' }>
}) {
  const open = sections.filter(({ needs }) => admin.mayEver(needs))
  const shown = open.find(({ name }) => name === chosen.value) ?? open[0]
  return (
    <>
      <header class="top-bar">
        <h1>{adminTitle}</h1>
        <p>{access.ward}</p>
        {access.demo && <p class="demo">{demoWard}</p>}
        <span class="gap" />
        <PersonName party={access.me} />
        {canLock(admin) && (
          <Button icon={lock} onPress={() => void admin.lock.lock()}>
            {lockWords.lock}
          </Button>
        )}
        <Button icon={signOut} onPress={() => void admin.signOut()}>
          Sign out
        </Button>
      </header>
      <main class="admin">
        <nav aria-label={adminTitle}>
          {open.map(({ name }) => (
            <button
              key={name}
              type="button"
              class="button plain"
              aria-current={name === shown?.name ? 'page' : undefined}
              onClick={() => {
                chosen.value = name
              }}
            >
              {name}
            </button>
          ))}
        </nav>
        {shown ? <shown.show admin={admin} /> : <Page advice={noSections} />}
      </main>
    </>
  )
}

function canLock({ lock }: Admin): boolean {
  const ways = lock.ways.value
  return ways !== null && (ways.passkey || ways.password || ways.provider !== null)
}

function Page({ advice }: { advice: Advice }) {
  return (
    <div class="entry">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <p class="entry-name">{productName}</p>
      <h2>{advice.said}</h2>
      <p>{advice.todo}</p>
    </div>
  )
}
