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
import { LanguagePicker } from '../parts/language.tsx'
import { LockPanel } from '../parts/lock.tsx'
import { PersonName } from '../parts/person.tsx'
import { SignInPage } from '../parts/sign-in.tsx'
import { speakAs } from '../texts/catalogue.ts'
import { type Advice, appWords } from '../words.ts'
import { adminWords, keysWords, noSections, staffWords, tabletsPage, wardWords } from '../words-admin.ts'
import { auditWords, reportWords } from '../words-audit.ts'
import { feedWords } from '../words-feed.ts'
import { keepingWords } from '../words-keeping.ts'
import { overrideWords } from '../words-overrides.ts'
import { serviceWords } from '../words-service.ts'
import { shareWords } from '../words-share.ts'
import { lockWords } from '../words-sign-in.ts'
import { AuditSection } from './audit.tsx'
import { FeedSection } from './feed.tsx'
import { KeepingSection } from './keeping.tsx'
import { KeysSection } from './keys.tsx'
import { OverridesSection } from './overrides.tsx'
import { ReportsSection } from './reports.tsx'
import { ServiceSection } from './service.tsx'
import { ShareSection } from './share.tsx'
import { StaffSection } from './staff.tsx'
import { Tablets } from './tablets.tsx'
import { WardSection } from './ward.tsx'

export type Section = {
  readonly name: string
  readonly words: { readonly title: string }
  readonly needs: Action
  readonly show: (props: { admin: Admin }) => ComponentChildren
}

/** In the order of the menu. */
const sections: readonly Section[] = [
  { name: 'ward', words: wardWords, needs: 'ward.change', show: WardSection },
  { name: 'feed', words: feedWords, needs: 'admission.change', show: FeedSection },
  { name: 'staff', words: staffWords, needs: 'staff.manage', show: StaffSection },
  { name: 'tablets', words: tabletsPage, needs: 'tablet.see', show: Tablets },
  { name: 'keys', words: keysWords, needs: 'certificate.sign', show: KeysSection },
  { name: 'audit', words: auditWords, needs: 'audit.read', show: AuditSection },
  { name: 'reports', words: reportWords, needs: 'audit.read', show: ReportsSection },
  { name: 'service', words: serviceWords, needs: 'service.read', show: ServiceSection },
  { name: 'keeping', words: keepingWords, needs: 'service.read', show: KeepingSection },
  { name: 'share', words: shareWords, needs: 'plan.share', show: ShareSection },
  { name: 'overrides', words: overrideWords, needs: 'glass.review', show: OverridesSection },
]

const chosen = signal<string | null>(null)

export async function mountAdmin(admin: Admin, root: HTMLElement): Promise<void> {
  root.classList.add('station')
  await speakAs(admin.speech.language)
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
      return <SignInPage entry={admin.entry} speech={admin.speech} />
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
        <h1>{adminWords.title}</h1>
        <p>{access.ward}</p>
        {access.demo && <p class="demo">{appWords.demoWard}</p>}
        <span class="gap" />
        <LanguagePicker speech={admin.speech} />
        <PersonName party={access.me} />
        {canLock(admin) && (
          <Button icon={lock} onPress={() => void admin.lock.lock()}>
            {lockWords.lock}
          </Button>
        )}
        <Button icon={signOut} onPress={() => void admin.signOut()}>
          {lockWords.signOut}
        </Button>
      </header>
      <main class="admin">
        <nav aria-label={adminWords.title}>
          {open.map(({ name, words }) => (
            <button
              key={name}
              type="button"
              class="button plain"
              aria-current={name === shown?.name ? 'page' : undefined}
              onClick={() => {
                chosen.value = name
              }}
            >
              {words.title}
            </button>
          ))}
          <a class="note" href="/licences.txt" target="_blank" rel="noopener">
            {adminWords.licences}
          </a>
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
      <p class="entry-name">{appWords.product}</p>
      <h2>{advice.said}</h2>
      <p>{advice.todo}</p>
    </div>
  )
}
