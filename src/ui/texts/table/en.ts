/** A call of more than two, as patients, staff and guests all read it; `asked` is to the patient. */
export default {
  table: {
    people: 'In this call: {people}',
    video: '{name}’s video',
    muted: 'Muted',
    lost: 'Connection lost',
    reaching: 'Reaching {who}…',
    ringing: 'Ringing {who}…',
    patientAsked: 'The patient is asked…',
    elapsed: '{count} s',
    takeBack: 'Take back',
    takeBackWho: 'Take back: {who}',
    askedTo: 'asks you to come to a call with {place}',
    askedIn: 'asks you to come to a call',
  },
  /** Where the name stands beside it, in a small picture. */
  covers: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    waiting: 'Waiting for the picture…',
    stopped: 'Picture stopped',
    cameraOff: 'Camera off',
    held: 'Picture paused',
  },
  asked: {
    label: '{name} would like to bring in: {who}',
    wish: '{name} would like to bring in:',
    off: 'Nobody comes in before you say so.',
    comesIn: 'Comes in after {count, plural, one {# second} other {# seconds}}',
    yes: 'Let them in',
    no: 'No',
  },
  /** Of whoever left, or did not come, while the others go on. */
  parted: {
    left: '{name} has left the call.',
    lost: 'The connection to {name} was lost.',
    declined: '{name} cannot come now.',
    unanswered: '{name} did not answer.',
    unwanted: 'The patient did not want {name} to come in.',
    unheard: 'The patient did not answer, so {name} did not come in.',
    busy: '{name} is in another call.',
    full: 'There are four in the call already: {name} could not be asked.',
    unverified: 'It was not certain that it was {name}, so they were not let in.',
    notIn: '{name} did not come in.',
    notAsked: '{name} could not be asked.',
  },
} as const
