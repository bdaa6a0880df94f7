/** To staff who bring a tablet to its bed, step by step. */

export default {
  setup: {
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
    astray: {
      said: 'This tablet has been away from its power or network. Names are hidden.',
      todo: 'Staff: check that it lies at this bed. Then open the bed at a station and type these digits.',
    },
  },
} as const
