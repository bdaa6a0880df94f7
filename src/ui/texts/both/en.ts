/** English, and by its type every other language. Tests look for these very words. */
export default {
  app: {
    product: 'Bedside',
    language: 'Language',
    demoWard: 'Demo ward',
    emergency: 'Emergency: use the red call button',
    forStaff: 'Staff: {text}',
    close: 'Close',
    noStore: 'Bedside needs a browser window that may keep data, on HTTPS or on this computer itself.',
  },
  roles: { nurse: 'nurse', doctor: 'doctor', interpreter: 'interpreter', admin: 'administrator' },
  guestKinds: {
    family: 'family',
    interpreter: 'interpreter',
    other: 'guest',
    visitor: 'patient',
    relative: 'family',
  },
  places: {
    bed: 'Bed {label}',
    bedInWard: 'Bed {label} · {ward}',
    beds: '{count, plural, one {Bed {labels}} other {Beds {labels}}}',
  },
  incoming: {
    ringing: 'Incoming call from {name}, {role}',
    knocking: 'Knock from {name}, {role}',
    wish: 'would like to see you',
    continued: 'is still on the call. Continue?',
    offUntilAnswer: 'Your camera is off until you answer.',
    offUntilEntry: 'Your camera is off until then.',
    comesIn: 'The call starts in {count, plural, one {# second} other {# seconds}}',
    enters: '{name} comes in after {count, plural, one {# second} other {# seconds}}',
    answer: 'Answer',
    notNow: 'Not now',
  },
  tracks: {
    both: 'Camera and microphone on',
    camera: 'Camera on, microphone off',
    microphone: 'Microphone on, camera off',
    none: 'Camera and microphone off',
    atRest: 'Camera and microphone are off.',
    cameraOff: 'Turn camera off',
    cameraOn: 'Turn camera on',
    end: 'End call',
  },
  stage: {
    patient: 'Patient video',
    staff: 'Staff video',
    own: 'Your video',
    muted: '{name}’s microphone is off',
    weak: 'Weak connection',
    held: 'Your picture is paused.',
    inspected: 'Your picture is sharper now.',
    replaced: 'Unplugged. In use now: {device}',
    cameraGone: 'Your camera was unplugged.',
    microphoneGone: 'Your microphone was unplugged: you are not heard.',
  },
  cameraTroubles: {
    denied: {
      said: 'The browser does not let Bedside use the camera and microphone.',
      steps:
        'Touch the sign to the left of the address, or open this app’s settings.\nSet Camera and Microphone to Allow.',
    },
    missing: {
      said: 'No camera or no microphone was found.',
      steps: 'Check that both are plugged in and switched on.\nRestart the device if they are built in.',
    },
    taken: {
      said: 'Another program is using the camera or the microphone.',
      steps: 'Close other apps and tabs that show a picture.',
    },
  },
  refusals: {
    'bad-request': {
      said: 'This link is not complete.',
      todo: 'Scan or copy the whole link and open it again.',
    },
    'foreign-origin': {
      said: 'This page was opened under a wrong address.',
      todo: 'Open the link exactly as it was printed.',
    },
    'too-many': {
      said: 'There were too many tries from here.',
      todo: 'Wait one minute, then open the link again.',
    },
    'not-ready': {
      said: 'The ward’s server is still starting.',
      todo: 'Open the link again in a few seconds.',
    },
    'wrong-credentials': { said: 'That was not right.', todo: 'Try again, or use another way to sign in.' },
    'signed-out': { said: 'You are not signed in.', todo: 'Sign in again.' },
    locked: { said: 'This browser is locked.', todo: 'Unlock it, then try again.' },
    forbidden: { said: 'Your role does not allow this.', todo: 'Ask an administrator if it should.' },
    'not-found': {
      said: 'There is nothing here by that name.',
      todo: 'It may have been changed. Look again.',
    },
    conflict: {
      said: 'Something stands against this now.',
      todo: 'Look at how it is now, then decide again.',
    },
    outdated: {
      said: 'This page is an older version than the server speaks.',
      todo: 'Reload it. What you wrote is kept.',
    },
    unavailable: {
      said: 'Another of the hospital’s servers does not answer.',
      todo: 'Wait a minute, then try again.',
    },
    'storage-full': {
      said: 'There is no room for it on the ward’s server.',
      todo: 'Ask IT for room, or send less.',
    },
    unreachable: {
      said: 'The ward’s server did not answer.',
      todo: 'Check the network, then open the link again.',
    },
  },
} as const
