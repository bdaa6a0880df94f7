import { describe, expect, test, vi } from 'vitest'
import type { CallView } from '../../src/protocol/call.ts'
import type { Guest } from '../../src/state/guest.ts'
import { code, guestWorld, kaisa } from '../fakes/guest.ts'
import { anna, bedOne, ringingAt, signedChain, welcomeOf } from '../fakes/ports.ts'

const invitation = { guest: kaisa, by: anna, ward: 'Ward 4B' }
const table = { tableId: 'call-0', joins: 'callee', by: anna } as const
const withAnna: CallView = ringingAt('callee', { phase: 'accepted', peer: anna, stay: null, table })
const withPatient: CallView = ringingAt('caller', {
  callId: 'call-2',
  peer: bedOne,
  table: { ...table, joins: 'caller' },
})
const admitted = { type: 'guest.admitted', chain: signedChain, seal: 's'.repeat(43) } as const

async function opened(secret: string | null = code) {
  const made = guestWorld()
  made.world.secret = secret
  made.world.answers = { '/join/look': invitation, '/join': { guest: kaisa } }
  const guest = made.begin()
  await made.world.settle()
  return { ...made, guest }
}

async function waiting() {
  const made = await opened()
  await made.guest.join()
  made.world.socket?.welcomed(welcomeOf(kaisa))
  return made
}

/** The server says this call, and the guest is in it. */
async function seated(calls: CallView[] = [withAnna]) {
  const made = await waiting()
  made.world.socket?.received(admitted)
  await made.world.settle()
  for (const call of calls) made.world.socket?.received({ type: 'call.changed', call })
  await vi.dynamicImportSettled()
  return made
}

const whyOver = ({ visit: { value } }: Guest) => (value.type === 'over' ? value.why : null)

describe('from a code to an invitation', () => {
  test('[JOIN-1] a link says who invites, before anything is used up', async () => {
    const { world, device, guest } = await opened()
    expect(guest.visit.value).toEqual({ type: 'invited', invitation, problem: null })
    expect(world.asked.map(({ path }) => path)).toEqual(['/join/look'])
    expect(device.prepared).toEqual([])
  })

  test('[JOIN-1] without a link a code is typed, or pasted with its link', async () => {
    const { world, guest } = await opened(null)
    expect(guest.visit.value).toEqual({ type: 'no-code', typed: 'nothing' })
    guest.typeCode('too short')
    await world.settle()
    expect(guest.visit.value).toEqual({ type: 'no-code', typed: 'wrong' })
    expect(world.asked).toEqual([])
    guest.typeCode(`https://bedside.example/join#${code}`)
    await world.settle()
    expect(guest.visit.value.type).toBe('invited')
  })

  test.each([
    ['unknown-code', 'unknown-code'],
    ['used-code', 'used-code'],
    ['not-found', 'gone'],
    ['conflict', 'gone'],
  ] as const)(
    '[JOIN-1] a code that is %s is told as what it is, and another may be typed',
    async (refusal, why) => {
      const made = guestWorld()
      made.world.secret = code
      made.world.answers = { '/join/look': refusal }
      const guest = made.begin()
      await made.world.settle()
      expect(whyOver(guest)).toBe(why)
      guest.another()
      expect(guest.visit.value.type).toBe('no-code')
    },
  )

  test('[JOIN-1] a server that does not answer is asked again', async () => {
    const made = guestWorld()
    made.world.secret = code
    const guest = made.begin()
    await made.world.settle()
    expect(guest.visit.value).toEqual({ type: 'looking', problem: 'unreachable' })
    made.world.answers = { '/join/look': invitation }
    guest.lookAgain()
    await made.world.settle()
    expect(guest.visit.value.type).toBe('invited')
  })
})

describe('Join', () => {
  test.each(['denied', 'missing', 'taken'] as const)(
    '[JOIN-2] a camera that is %s uses no code up, and may be tried again',
    async (failure) => {
      const { world, device, guest } = await opened()
      world.camera = failure
      await guest.join()
      expect(guest.visit.value).toEqual({ type: 'invited', invitation, problem: failure })
      expect(device.prepared).toEqual([])
      world.camera = null
      await guest.join()
      expect(guest.visit.value.type).toBe('joining')
    },
  )

  test('[JOIN-2] nobody is asked for a camera before it is pressed (HZ-2)', async () => {
    const { world, guest } = await opened()
    expect(world.did.filter((act) => act.includes('camera'))).toEqual([])
    await guest.join()
    expect(guest.visit.value).toEqual({ type: 'joining', invitation })
    expect(world.cameraOn, 'and until the call it is off again').toBe(false)
  })

  test('[JOIN-1] an answer that was lost is asked for again with the same code', async () => {
    const { world, device, guest } = await opened()
    world.answers = {}
    await guest.join()
    expect(guest.visit.value).toEqual({ type: 'invited', invitation, problem: 'unreachable' })
    world.answers = { '/join': { guest: kaisa } }
    await guest.join()
    expect(guest.visit.value.type).toBe('joining')
    expect(device.prepared).toEqual([code, code])
  })

  test('[JOIN-6] a code that somebody else used meanwhile leaves no key behind', async () => {
    const { world, device, guest } = await opened()
    world.answers = { '/join': 'used-code' }
    await guest.join()
    expect(whyOver(guest)).toBe('used-code')
    expect(device.visit).toBeNull()
    expect(world.did).toContain('forget the visit')
  })

  test('[JOIN-1] a browser that may keep nothing says so', async () => {
    const { device, guest } = await opened()
    device.broken = true
    await guest.join()
    expect(whyOver(guest)).toBe('no-store')
  })

  test('[JOIN-2] the hello is signed with the key of the visit', async () => {
    const { world } = await waiting()
    expect(await world.socket?.hello('nonce')).toEqual({
      client: 'guest',
      guestId: 'guest-1',
      signature: 'signed nonce',
      claims: [],
    })
  })
})

describe('waiting to be let in', () => {
  test('[JOIN-4] who lets them in is said at once, and after a minute that nobody has', async () => {
    const { world, guest } = await waiting()
    expect(guest.visit.value).toEqual({ type: 'waiting', invitation, long: false })
    world.advance(59_000)
    expect(guest.visit.value).toMatchObject({ long: false })
    world.advance(1_000)
    expect(guest.visit.value).toEqual({ type: 'waiting', invitation, long: true })
  })

  test('[JOIN-4] a connection that comes back begins no new minute', async () => {
    const { world, guest } = await waiting()
    world.advance(50_000)
    world.socket?.lost()
    world.socket?.welcomed(welcomeOf(kaisa, { resumed: true }))
    world.advance(10_000)
    expect(guest.visit.value).toMatchObject({ type: 'waiting', long: true })
  })

  test('[JOIN-3] no call begins before the certificates were found true (HZ-10)', async () => {
    const { world, guest } = await waiting()
    world.socket?.welcomed(welcomeOf(kaisa, { snapshot: { beds: [], calls: [withAnna] } }))
    expect(guest.visit.value.type).toBe('waiting')
    expect(world.cameraOn).toBe(false)
    world.socket?.received(admitted)
    await world.settle()
    expect(guest.visit.value.type).toBe('seated')
    expect(world.cameraOn).toBe(true)
  })

  test('[JOIN-3] certificates that nobody sealed end the visit, and nothing was open (HZ-10)', async () => {
    const { world, device, guest } = await waiting()
    device.truth = false
    world.socket?.received(admitted)
    world.socket?.welcomed(welcomeOf(kaisa, { snapshot: { beds: [], calls: [withAnna] } }))
    await world.settle()
    expect(whyOver(guest)).toBe('unverified')
    expect(world.did.filter((act) => act.startsWith('open'))).toEqual([])
    expect(device.visit).toBeNull()
  })

  test('[JOIN-7] a station that cannot let them in is told of', async () => {
    const { world, guest } = await waiting()
    world.socket?.received({ type: 'guest.refused' })
    expect(whyOver(guest)).toBe('refused')
    expect(world.did).toContain('close socket')
  })

  test('[JOIN-2] whoever waits may look at themselves, and the call has that camera (HZ-2)', async () => {
    const { world, guest } = await waiting()
    guest.turnMirror('on')
    expect(world.did).toContain('open camera mirror')
    guest.turnMirror('off')
    await world.settle()
    expect(world.cameraOn).toBe(false)
    guest.turnMirror('on')
    world.socket?.received(admitted)
    world.socket?.received({ type: 'call.changed', call: withAnna })
    await world.settle()
    expect(guest.visit.value.type).toBe('seated')
    expect(guest.mirror.value).toBe('off')
    expect(world.did.lastIndexOf('release mirror')).toBeGreaterThan(world.did.indexOf('open camera call-1'))
    expect(world.cameraOn).toBe(true)
    guest.turnMirror('on')
    expect(guest.mirror.value, 'it is no second switch for the camera of a call').toBe('off')
  })

  test('[JOIN-6] whoever leaves while looking at themselves has no camera on (HZ-2)', async () => {
    const { world, guest } = await waiting()
    guest.turnMirror('on')
    guest.leave()
    await world.settle()
    expect(world.cameraOn).toBe(false)
  })

  test('[JOIN-6] whoever leaves while waiting leaves nothing', async () => {
    const { world, device, guest } = await waiting()
    guest.leave()
    expect(whyOver(guest)).toBe('left')
    expect(device.visit).toBeNull()
    world.advance(60_000)
    expect(whyOver(guest)).toBe('left')
  })
})

describe('in the call', () => {
  test('[JOIN-6] Leave stops the camera, tells the server, and then forgets everything (HZ-2)', async () => {
    const { world, device, guest } = await seated()
    expect(guest.visit.value.type).toBe('seated')
    expect(world.cameraOn).toBe(true)
    guest.leave()
    await world.settle()
    expect(whyOver(guest)).toBe('left')
    expect(world.cameraOn).toBe(false)
    expect(world.sent).toContainEqual({ type: 'call.end', callId: 'call-1', reason: 'hung-up' })
    const order = world.did.filter((act) => act.startsWith('release') || act === 'close socket')
    expect(order).toEqual(['release call-1', 'close socket'])
    expect(device.visit).toBeNull()
    expect(guest.me.value).toBeNull()
    expect(guest.ward.value).toBe('')
    expect(guest.calls.seats.value).toEqual([])
  })

  test('[JOIN-6] the end of the call ends the visit', async () => {
    const { world, device, guest } = await seated()
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'hung-up', by: 'peer' })
    await world.settle()
    expect(whyOver(guest)).toBe('ended')
    expect(world.cameraOn).toBe(false)
    expect(device.visit).toBeNull()
  })

  test('[JOIN-6] what the guest’s own screen finds out reaches the server before the socket is closed', async () => {
    const { world, guest } = await seated()
    world.media?.unverified('call-1', 'untrusted')
    await world.settle()
    expect(whyOver(guest)).toBe('unverified')
    expect(world.sent).toContainEqual({ type: 'call.end', callId: 'call-1', reason: 'verification-failed' })
  })

  test('[JOIN-6] a camera that is taken away is told as what ended it', async () => {
    const { world, guest } = await seated()
    world.media?.cameraFailed('call-1', 'denied')
    await world.settle()
    expect(guest.visit.value).toEqual({ type: 'over', why: 'camera', camera: 'denied' })
  })

  test.each([
    ['declined', 'declined'],
    ['no-answer', 'unanswered'],
    ['privacy-on', 'unanswered'],
  ] as const)('[JOIN-7] a patient whose answer is %s ends the visit with that', async (reason, why) => {
    const { world, guest } = await seated()
    world.socket?.received({ type: 'call.changed', call: withPatient })
    world.socket?.received({ type: 'call.ended', callId: 'call-2', reason, by: 'peer' })
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason, by: 'server' })
    await world.settle()
    expect(whyOver(guest)).toBe(why)
  })

  test('[JOIN-7] a patient who said yes and leaves later has not refused', async () => {
    const { world, guest } = await seated()
    world.socket?.received({ type: 'call.changed', call: withPatient })
    world.socket?.received({ type: 'call.changed', call: { ...withPatient, phase: 'accepted' } })
    world.socket?.received({ type: 'call.ended', callId: 'call-2', reason: 'hung-up', by: 'peer' })
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'hung-up', by: 'peer' })
    await world.settle()
    expect(whyOver(guest)).toBe('ended')
  })

  test('[JOIN-6] when the nurse leaves first the others go on, and the visit with them', async () => {
    const { world, guest } = await seated([withAnna, { ...withPatient, phase: 'accepted' }])
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'hung-up', by: 'peer' })
    await world.settle()
    expect(guest.visit.value.type).toBe('seated')
    world.socket?.received({ type: 'call.ended', callId: 'call-2', reason: 'hung-up', by: 'peer' })
    await world.settle()
    expect(whyOver(guest)).toBe('ended')
  })

  test('[JOIN-7] while the patient is asked, that is what the screen knows', async () => {
    const { guest } = await seated([withAnna, withPatient])
    expect(guest.visit.value.type).toBe('seated')
    expect(guest.calls.seats.value.map(({ peer, state }) => [peer.type, state.value.type])).toEqual([
      ['staff', 'connecting'],
      ['bed', 'calling'],
    ])
  })
})

describe('coming back', () => {
  test('[JOIN-5] a page that is reloaded in the call is back in it without a touch', async () => {
    const made = guestWorld()
    made.device.visit = { guestId: 'guest-1', codeId: 'c'.repeat(43), isAdmitted: true }
    const guest = made.begin()
    await made.world.settle()
    expect(guest.visit.value).toEqual({ type: 'joining', invitation: null })
    made.world.socket?.welcomed(welcomeOf(kaisa, { snapshot: { beds: [], calls: [withAnna] } }))
    expect(guest.visit.value.type).toBe('seated')
    expect(guest.me.value).toEqual(kaisa)
    expect(made.world.asked).toEqual([])
  })

  test('[JOIN-5] a link that is opened again where it was used leads back', async () => {
    const made = guestWorld()
    made.world.secret = code
    made.device.visit = { guestId: 'guest-1', codeId: 'c'.repeat(43), isAdmitted: false }
    const guest = made.begin()
    await made.world.settle()
    expect(guest.visit.value.type).toBe('joining')
    expect(made.world.asked).toEqual([])
  })

  test('[JOIN-5] another window takes the visit, and it can be taken back', async () => {
    const { world, device, guest } = await seated()
    world.socket?.refused('replaced')
    await world.settle()
    expect(whyOver(guest)).toBe('elsewhere')
    expect(world.cameraOn).toBe(false)
    expect(device.visit).not.toBeNull()
    guest.useHere()
    await world.settle()
    expect(guest.visit.value.type).toBe('joining')
  })

  test('[JOIN-5] a visit that the server knows no more is over, and its key is gone', async () => {
    const made = guestWorld()
    made.device.visit = { guestId: 'guest-1', codeId: 'c'.repeat(43), isAdmitted: true }
    const guest = made.begin()
    await made.world.settle()
    made.world.socket?.refused('unauthenticated')
    expect(whyOver(guest)).toBe('gone')
    await made.world.settle()
    expect(made.device.visit).toBeNull()
  })

  test('[JOIN-5] a key that the browser lost is no way back', async () => {
    const { world, device, guest } = await waiting()
    device.keyGone = true
    await expect(world.socket?.hello('nonce')).rejects.toThrow()
    expect(whyOver(guest)).toBe('gone')
  })
})

test('the page speaks what the browser’s people read, and what they choose', async () => {
  const made = guestWorld()
  made.world.languages = ['sv-FI', 'fi']
  const guest = made.begin()
  expect(guest.speech.language.value).toBe('sv')
  guest.speech.use('it')
  expect(guest.speech.language.value).toBe('it')
})
