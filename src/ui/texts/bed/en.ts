/** To the patient: second person, no jargon, no blame. To staff who stand there: what to do. */
export default {
  setup: {
    starting: 'Starting…',
    start: 'Start',
    why: 'Start asks once for the camera and the microphone. Nothing is on until you answer a call.',
    trying: 'Allow the camera and the microphone when the browser asks.',
    again: 'Then press Start again.',
    stillBound: 'It is still the tablet of Bed\u00a0{label}.',
    stay: 'Go on as this bed',
  },
  unbound: {
    said: 'This tablet has no bed yet.',
    todo: 'Open the bed’s enrolment link on it, or type the bed’s code.',
  },
  binding: {
    'unknown-code': {
      said: 'This enrolment link or code is not known here, or its ten minutes are over.',
      todo: 'Ask for a new one for this bed and open it on this tablet.',
    },
    'used-code': {
      said: 'This enrolment link or code was already used.',
      todo: 'Each works once. Ask for a new one for this bed and open it on this tablet.',
    },
    over: {
      said: 'This tablet was not confirmed in time.',
      todo: 'Ask for a new code for this bed and type it here.',
    },
    'storage-lost': {
      said: 'This tablet’s memory was cleared, and its bed with it.',
      todo: 'Ask for a new link for this bed and open it on this tablet.',
    },
  },
  code: {
    label: 'Code of the bed',
    hint: 'Eight letters and digits, from the administrator. They work for ten minutes.',
    send: 'Use this code',
    wrong: 'This is not a whole code: it has eight letters and digits.',
  },
  /** For staff, while the tablet waits for its six digits to be typed. */
  waiting: {
    code: {
      said: 'Staff: confirm this tablet.',
      todo: 'Check that it lies at this bed. Then open the bed at a station and type these digits.',
    },
    lost: {
      said: 'This tablet has lost its key and cannot be called.',
      todo: 'Staff: open this bed at a station and type these digits.',
    },
    cloned: {
      said: 'Another tablet uses this tablet’s key. It cannot be called.',
      todo: 'Staff: open this bed at a station and type these digits. Tell your IT.',
    },
  },
  idle: {
    forServer: 'Looking for the hospital network.',
    touchOnce: 'Touch the screen once so that Bedside can ring aloud.',
    useHere: 'Use it here',
  },
  readiness: {
    ready: { said: 'Ready', more: 'A nurse can call you here.' },
    connecting: { said: 'Connecting', more: 'Looking for the hospital network.' },
    uncertified: {
      said: 'Cannot be called yet',
      more: 'This tablet waits for an administrator’s signature. Staff: ask for it under Keys.',
    },
    unreachable: {
      said: 'Cannot be called since {time}',
      more: 'This tablet has lost the hospital network. It keeps trying.',
    },
    replaced: { said: 'Not in use here', more: 'Bedside is open in another window of this tablet.' },
    revoked: {
      said: 'Cannot be called',
      more: 'This tablet is no longer bound to Bed\u00a0{label}. Staff: open the bed’s new link on it.',
    },
    updating: { said: 'Updating', more: 'Bedside is fetching its newest version. This takes a moment.' },
  },
  care: { withYou: 'With you today' },
  knock: {
    legend: 'When a nurse calls:',
    ring: 'Ring and wait for my answer',
    knock: 'Knock, then come in after 10 seconds',
  },
  sound: { asked: 'Did you hear that?', yes: 'Yes', louder: 'Louder' },
  call: { mute: 'Mute me', unmute: 'Unmute me' },
  myPlan: {
    title: 'My plan today',
    nothing: 'Nothing more is planned for you today.',
    touch: 'Touch to see what and who.',
    close: 'Close',
    who: 'Who comes',
    where: 'Where',
    cancelled: 'Cancelled',
    requested: 'Not certain yet',
    now: 'Now',
    more: '{count, plural, one {and 1 more} other {and {count} more}}',
    asOf: 'As of {time}. It may have changed.',
  },
  /** Neighbours may read along: what it is about needs a touch. */
  myEntries: {
    'bed-call': 'Somebody comes to see you',
    round: 'The round comes to you',
    visit: 'An appointment',
    note: 'For you to know',
  },
} as const
