/** To relatives and interpreters from outside: second person, no jargon, what is on and what to do. */
export default {
  code: {
    title: 'Join a call',
    lead: 'Open the link that the ward sent you, or type its code here.',
    label: 'Code',
    hint: '26 letters and digits. Capitals, spaces and dashes do not matter.',
    wrong: 'This is not a whole code: it has 26 letters and digits.',
    send: 'Go on',
  },
  looking: {
    starting: 'Starting…',
    title: 'Looking for your call…',
    again: 'Try again',
  },
  invited: {
    title: '{name}, {role}, invites you to a call',
    you: 'You join as {name}, {role}.',
    notYou: 'Is that not you? Close this page and tell whoever gave you the link.',
    before: 'Nothing is on yet. When you press Join, your browser asks for your camera and microphone.',
    join: 'Join',
    again: 'Then press Join again.',
  },
  trying: {
    title: 'Trying your camera and microphone…',
    todo: 'If your browser asks, choose Allow. Both go off again until you are let in.',
  },
  joining: {
    title: 'Connecting to the ward…',
    lost: 'The hospital does not answer. This page keeps trying; check your network.',
  },
  waiting: {
    title: '{name} is letting you in',
    titleWard: '{ward} is letting you in',
    off: 'Your camera and microphone are off until you are in the call.',
    look: 'See yourself',
    lookAway: 'Turn my picture off',
    onlyYou: 'Only you see this. Nobody sees or hears you yet.',
    long: 'Nobody has let you in yet.',
    longTodo:
      'They may be busy with the patient. You can wait here, or telephone the ward. Your link is used up, so keep this page open.',
  },
  call: {
    title: 'Your call',
    people: 'In the call',
    you: 'You: {name}, {role}',
    leave: 'Leave',
    mute: 'Mute me',
    unmute: 'Unmute me',
    lost: 'The hospital does not answer just now. The call goes on as long as it can.',
  },
  /** Why it is over, or never began. */
  over: {
    left: { said: 'You left the call.', todo: 'To come back, ask the ward for a new link.' },
    ended: { said: 'The call is over.', todo: 'You can close this page.' },
    refused: {
      said: 'You were not let in.',
      todo: 'The call may be over, or the nurse was called away. Telephone the ward if you still want to join.',
    },
    declined: {
      said: 'The patient would rather not have anybody join now.',
      todo: 'It is their choice, and it says nothing about you. The ward can tell you when another time is good.',
    },
    unanswered: {
      said: 'The patient did not answer, so you could not join.',
      todo: 'They may be resting. Ask the ward for a new link later.',
    },
    'unknown-code': {
      said: 'This link or code does not work, or no longer.',
      todo: 'It is good for ten minutes, while the call lasts. Ask whoever gave it to you for a new one.',
    },
    'used-code': {
      said: 'This link was already used.',
      todo: 'Each works once. If it was not you, tell the ward. Ask for a new one.',
    },
    gone: {
      said: 'The call that this link was for is over.',
      todo: 'Ask the ward for a new link if you need one.',
    },
    full: {
      said: 'There are four in the call already.',
      todo: 'Ask the ward to let you know when there is room.',
    },
    unverified: {
      said: 'It was not certain that this was the hospital, so nothing was begun.',
      todo: 'Nobody saw or heard you. Telephone the ward and ask for a new link.',
    },
    'connection-lost': {
      said: 'The connection to the call was lost.',
      todo: 'Check your network, then ask the ward for a new link.',
    },
    camera: {
      said: 'Your camera or microphone stopped, so you left the call.',
      todo: 'Ask the ward for a new link.',
    },
    elsewhere: { said: 'Your call is open in another window.', todo: 'It goes on there.' },
    'no-store': {
      said: 'This browser window may keep nothing, so it cannot join.',
      todo: 'Open the link in a usual window, not a private one, or on another device.',
    },
  },
  after: {
    another: 'Type another code',
    useHere: 'Use it here',
  },
} as const
