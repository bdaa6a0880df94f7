/** What is asked and shown beside a call: the curtain, the forgotten call. */
export default {
  /** To the patient: the drawn curtain. */
  privacy: {
    title: 'Privacy',
    ask: 'How long do you want to be alone?',
    means: 'Nobody can call you here. Your red call button works as always.',
    length: '{count} minutes',
    until: 'Nobody can call until {time}.',
    soon: 'Two minutes left.',
    more: '15 more',
    end: 'End privacy',
    back: 'Back',
  },
  still: {
    title: 'Still talking?',
    why: 'Nobody has touched the station for a while. Without a reply the call ends in a minute, and camera and microphone go off.',
    yes: 'Yes',
  },
  /** To the patient: their own list. */
  ledger: {
    title: 'Who called me',
    asked: 'One moment…',
    outOfReach: 'The list needs the hospital network.',
    nobody: 'Nobody has called you here.',
    more: 'Older calls are left out. Ask staff for all of them.',
    rang: 'Called',
    knocked: 'Knocked',
    overrode: 'Called although you wanted to be alone',
    rangOut: 'You called',
    goesOn: 'Not over yet',
    talkedMin: '{count, plural, one {You talked for # minute.} other {You talked for # minutes.}}',
    talkedSec: 'You talked for less than a minute.',
  },
  ledgerEnds: {
    'hung-up': 'Not answered',
    cancelled: 'They stopped calling.',
    declined: 'You said not now.',
    'no-answer': 'You did not answer.',
    'privacy-on': 'They were told that you want to be alone.',
    away: 'They were told that you are away.',
    'device-unready': 'It did not reach this tablet.',
    'permission-lost': 'A camera was not allowed.',
    busy: 'There was another call.',
    'rung-too-often': 'They had called too often.',
    'taken-elsewhere': 'Answered on another screen',
    'verification-failed': 'It was not certain who it was, so it was stopped.',
    overridden: 'They came in with an override.',
    'connection-lost': 'The connection was lost.',
    forgotten: 'It ended because nobody said that it goes on.',
    left: 'It ended.',
  },
  /** To staff, but for `told`. */
  override: {
    open: 'Override privacy',
    why: 'Why can it not wait?',
    words: 'In your own words, at least 10 characters',
    means:
      'It rings like any call. The patient is told your name and this reason, may say Not now, and reads it later. It is on record.',
    ring: 'Ring bed {label}',
    back: 'Cancel',
    told: '{name} overrides your privacy.',
  },
  /** As the patient reads it. */
  toldWhys: {
    worried: 'Worried about you',
    treatment: 'A treatment cannot wait',
    asked: 'You or a relative asked for it',
    other: 'Another reason',
  },
  overrideWhys: {
    worried: 'I am worried about the patient',
    treatment: 'A treatment cannot wait',
    asked: 'The patient or a relative asked for it',
    other: 'Another reason',
  },
  /** `name` is the other person’s; `by` says whose act it was. */
  patientEndings: {
    'hung-up': '{by, select, me {You ended the call.} other {{name} ended the call.}}',
    cancelled: '{by, select, me {You stopped the call.} other {{name} stopped calling.}}',
    declined: '{by, select, me {You said not now to {name}.} other {{name} cannot talk now.}}',
    'no-answer': 'You missed a call from {name}.',
    'privacy-on': '{name} called and was told that you want to be alone.',
    away: '{name} called and was told that you are away.',
    'device-unready':
      '{by, select, me {The camera did not start, so the call ended.} other {{name}’s camera did not start.}}',
    'permission-lost':
      '{by, select, me {This tablet may not use its camera, so the call ended.} other {{name}’s camera did not start.}}',
    busy: '{name} is in another call.',
    'rung-too-often': 'You called {name} many times. Please wait a minute.',
    'taken-elsewhere': 'The call was answered on another screen.',
    'verification-failed':
      'The call was stopped: it was not certain that it was {name}. To get help, use the red call button.',
    overridden: '{name} came in with an override. It is on record.',
    'connection-lost': 'The connection to {name} was lost.',
    forgotten: 'The call ended because nobody said that it goes on.',
    left: '{by, select, server {The call ended: somebody else has this bed now.} me {You left the call.} other {{name} left the call.}}',
  },
  /** Under the ending, when the tablet’s own camera was the cause. */
  cameraEndings: {
    denied: 'Staff: allow the camera and the microphone for this page.',
    missing: 'Staff: no camera or microphone was found on this tablet.',
    taken: 'Staff: another app on this tablet is using the camera.',
  },
  /** The raw reason, readable. */
  ended: {
    'hung-up': 'Call ended: hung up',
    cancelled: 'Call ended: cancelled',
    declined: 'Call ended: declined',
    'no-answer': 'Call ended: no answer',
    'privacy-on': 'Call ended: privacy on',
    away: 'Call ended: away',
    'device-unready': 'Call ended: device unready',
    'permission-lost': 'Call ended: permission lost',
    busy: 'Call ended: busy',
    'rung-too-often': 'Call ended: rung too often',
    'taken-elsewhere': 'Call ended: taken elsewhere',
    'verification-failed': 'Call ended: verification failed',
    overridden: 'Call ended: overridden',
    'connection-lost': 'Call ended: connection lost',
    forgotten: 'Call ended: forgotten',
    left: 'Call ended: left',
  },
  /** By whose act, and what to do. `server`: the bed was not there to be rung. */
  staffEndings: {
    'hung-up': '{by, select, me {You ended the call.} other {{who} ended the call.}}',
    cancelled: '{by, select, me {You stopped ringing.} other {{who} stopped ringing.}}',
    declined:
      '{by, select, me {You said not now to {who}.} other {{who} said not now. Try later or go in person.}}',
    'no-answer': '{who} did not answer. Call again or go in person.',
    'privacy-on': '{who} has drawn the privacy curtain. Knock on the real door.',
    away: '{who} is away from the bed.',
    'device-unready':
      '{by, select, me {Your camera did not open.} server {{who} cannot be reached. Go in person.} other {The camera of {who} did not open. Go in person.}}',
    'permission-lost':
      '{by, select, me {Your camera is not allowed.} other {{who} may not use its camera. Go and press Start there.}}',
    busy: '{who} is already in a call, or you are on another screen. Call again when it is over.',
    'rung-too-often': 'You rang {who} many times. Wait a minute, or go in person.',
    'taken-elsewhere': 'It was answered on another screen.',
    'verification-failed': 'It was not certain that this was {who}. Tell your IT, go in person.',
    overridden: 'The call with {who} was overridden. The reason is on record.',
    'connection-lost': 'The connection to {who} was lost. Call again or go in person.',
    forgotten: 'Nobody said that the call with {who} goes on, so it ended.',
    left: '{by, select, server {The patient at {who} has changed. Look again.} me {You left the call.} other {{who} left the call.}}',
  },
  sound: {
    softer: 'Softer',
    louder: 'Louder',
    level: 'Loudness {step} of {steps}',
  },
} as const
