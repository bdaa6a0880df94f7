/** What staff's screens ask of their page beside what every screen does: the lock that its tabs share, and printing. */
import type { CommonPage, PagePort } from '../state/ports.ts'
import { createTouches, watchTouches } from './touches.ts'

function lockDebt(): 'owed' | 'paid' {
  return sessionStorage.getItem('lockDebt') === 'owed' ? 'owed' : 'paid'
}

function languageKey(staffId: string | null): string {
  return staffId === null ? 'language' : `language ${staffId}`
}

export function createStaffPage(page: CommonPage): PagePort {
  const tabs = new BroadcastChannel('lock')
  const touches = createTouches(localStorage, Date.now)
  watchTouches(touches)
  // Back from the sign-in provider: the touches there were not seen here.
  if (sessionStorage.getItem('left') !== null) touches.anew()
  sessionStorage.removeItem('left')
  return {
    ...page,
    goTo(address) {
      sessionStorage.setItem('left', '1')
      location.assign(address)
    },
    lastTouchMs: touches.lastMs,
    touchAnew: touches.anew,
    onLateTouch: touches.onLate,
    shareLock: (state) => tabs.postMessage(state),
    onLockShared(hear) {
      tabs.onmessage = ({ data }) => {
        if (data === 'locked' || data === 'open') hear(data)
      }
    },
    lockDebt,
    saveLockDebt: (debt) => sessionStorage.setItem('lockDebt', debt),
    chosenLanguage: (staffId) => localStorage.getItem(languageKey(staffId)),
    chooseLanguage: (staffId, language) => localStorage.setItem(languageKey(staffId), language),
    print: () => window.print(),
  }
}
