/** Whom somebody cares for today. */
export default {
  care: {
    mine: 'I care for this bed',
  },
  line: {
    label: 'Write to the patient',
    show: 'Show',
    shown: 'They read: {text}',
    takeBack: 'Take it back',
  },
  outcome: {
    title: 'What comes of it?',
    means: 'One tap, or none. It is kept with the call.',
    noted: 'Noted.',
    notedOffline: 'Not on record yet. Keep this page open until the server is back.',
  },
  outcomes: {
    done: 'Done',
    visit: 'Go there',
    later: 'Call later',
    nothing: 'Nothing needed',
  },
  round: {
    title: 'Round',
    start: 'Call round',
    next: 'Next: bed {label}',
    callNext: 'Call bed {label}',
    left: '{count, plural, one {the last one} other {{count} beds to go}}',
    end: 'End round',
    over: 'The round is over.',
    talked:
      '{count, plural, =0 {You talked to nobody.} one {You talked to 1 patient.} other {You talked to {count} patients.}}',
    missed: 'Not reached',
    one: 'Bed {label}: {why}',
    sofar: 'Not reached so far: {beds}',
  },
  missed: {
    privacy: 'privacy',
    offline: 'offline',
    busy: 'in another call',
    'in-person': 'in person only',
    unanswered: 'no answer',
  },
} as const
