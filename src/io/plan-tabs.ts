/** The tabs of one person: which of them asks the server (a Web Lock), and what they tell each other. */
import type { Tabs, TabWord } from '../state/plan-ports.ts'

export function openTabs(staffId: string): Tabs {
  const name = `bedside-plan-${staffId}`
  const channel = new BroadcastChannel(name)
  const ended = new AbortController()
  const { signal } = ended
  // Where there are no locks each tab asks for itself, which costs requests and nothing else.
  let isLeader = !navigator.locks
  let awake = () => {}
  let release = () => {}

  // A task later: it keeps a slow device busy for a frame, and the store is asked first.
  setTimeout(() => {
    navigator.locks
      ?.request(name, { signal }, () => {
        isLeader = true
        awake()
        return new Promise<void>((done) => {
          release = done
        })
      })
      .catch(() => {})
  })

  const wake = () => {
    if (document.visibilityState === 'visible') awake()
  }
  addEventListener('online', wake, { signal })
  addEventListener('pageshow', wake, { signal })
  document.addEventListener('visibilitychange', wake, { signal })

  return {
    isLeader: () => isLeader,
    tell: (word) => {
      if (!signal.aborted) channel.postMessage(word)
    },
    listen(hear) {
      channel.onmessage = ({ data }: MessageEvent<TabWord>) => hear(data)
    },
    onAwake(then) {
      awake = then
    },
    close() {
      ended.abort()
      release()
      channel.close()
    },
  }
}
