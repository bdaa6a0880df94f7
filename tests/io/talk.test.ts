import { expect, test } from 'vitest'
import { createTalkDesk, openTalk } from '../../src/io/talk.ts'
import { maxTalk } from '../../src/protocol/talk.ts'

type FakeChannel = {
  label: string
  init: RTCDataChannelInit
  readyState: string
  bufferedAmount: number
  onopen: () => void
  onclose: () => void
  onmessage: (event: { data: unknown }) => void
  send(text: string): void
}

function fakePc() {
  const channels: FakeChannel[] = []
  const sent: string[] = []
  const createDataChannel = (label: string, init: RTCDataChannelInit) => {
    const channel: FakeChannel = {
      ...{ label, init, readyState: 'connecting', bufferedAmount: 0 },
      onopen() {},
      onclose() {},
      onmessage() {},
      send(text) {
        if (text === 'too much') throw new DOMException('', 'OperationError')
        sent.push(`${label}: ${text}`)
      },
    }
    channels.push(channel)
    return channel
  }
  const open = (which: number) => {
    const channel = channels[which]
    if (!channel) throw new Error('no such channel')
    channel.readyState = 'open'
    channel.onopen()
    return channel
  }
  // A fake stands for the two methods that are used.
  return { pc: { createDataChannel } as unknown as RTCPeerConnection, channels, sent, open }
}

function hearing() {
  const heard: string[] = []
  return {
    heard,
    hear: {
      said: (text: string, manner: string) => void heard.push(`${manner}: ${text}`),
      opened: () => void heard.push('opened'),
      closed: () => void heard.push('closed'),
    },
  }
}

test('both channels are named by both ends, and opened is said once both are open', () => {
  const { pc, channels, open } = fakePc()
  const { heard, hear } = hearing()
  const talk = openTalk(pc, hear)
  expect(channels.map(({ init }) => init)).toEqual([
    { negotiated: true, id: 64, ordered: true },
    { negotiated: true, id: 65, ordered: false, maxRetransmits: 0 },
  ])
  open(0)
  expect([heard, talk.say('early', 'steady')]).toEqual([[], false])
  open(1)
  expect([heard, talk.say('now', 'steady')]).toEqual([['opened'], true])
})

test('what is fleeting and would wait is dropped; what is steady waits within a bound, and a full queue throws nothing', () => {
  const { pc, sent, open } = fakePc()
  const talk = openTalk(pc, hearing().hear)
  const [steady, fleeting] = [open(0), open(1)]
  fleeting.bufferedAmount = 5_000
  steady.bufferedAmount = 5_000
  expect([talk.say('a', 'fleeting'), talk.say('b', 'steady')]).toEqual([false, true])
  steady.bufferedAmount = 2_000_000
  expect(talk.say('c', 'steady')).toBe(false)
  steady.bufferedAmount = 0
  expect(talk.say('too much', 'steady')).toBe(false)
  expect(sent).toEqual(['steady: b'])
})

test('bytes, and a text longer than any of ours, are not read', () => {
  const { pc, open } = fakePc()
  const { heard, hear } = hearing()
  openTalk(pc, hear)
  const [steady] = [open(0), open(1)]
  steady.onmessage({ data: new ArrayBuffer(8) })
  steady.onmessage({ data: 'x'.repeat(maxTalk + 1) })
  steady.onmessage({ data: 'hello' })
  expect(heard).toEqual(['opened', 'steady: hello'])
})

test('whoever listens late is told of what is open; nothing is said to a call whose link is gone', () => {
  const heard: string[] = []
  const desk = createTalkDesk(() => ({ say: () => true }))
  desk.opened('one')
  desk.said('one', 'before anybody listens', 'steady')
  desk.port.listen({
    said: (callId, text) => void heard.push(`${callId} ${text}`),
    opened: (callId) => void heard.push(`${callId} opened`),
    closed: (callId) => void heard.push(`${callId} closed`),
  })
  desk.said('one', 'hello', 'fleeting')
  expect(desk.port.say('one', 'x', 'steady')).toBe(true)
  desk.closed('one')
  desk.closed('one')
  expect([desk.port.say('one', 'x', 'steady'), desk.port.isOpen('one')]).toEqual([false, false])
  expect(heard).toEqual(['one opened', 'one hello', 'one closed'])
})

test('each listener hears all until it is through', () => {
  const desk = createTalkDesk(() => ({ say: () => true }))
  const heard: string[] = []
  const listener = (name: string) => ({
    said: (_callId: string, text: string) => void heard.push(`${name}: ${text}`),
    opened: () => void heard.push(`${name} opened`),
    closed: () => void heard.push(`${name} closed`),
  })
  desk.port.listen(listener('scans'))
  const stop = desk.port.listen(listener('photos'))
  desk.opened('one')
  desk.said('one', 'hello', 'steady')
  stop()
  desk.said('one', 'again', 'steady')
  desk.closed('one')
  expect(heard).toEqual([
    ...['scans opened', 'photos opened', 'scans: hello', 'photos: hello'],
    ...['scans: again', 'scans closed'],
  ])
})
