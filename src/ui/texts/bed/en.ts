/** To the patient: second person, no jargon, no blame. To staff who stand there: what to do. */
export default {
  idle: {
    starting: 'Starting…',
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
