/** Taking a photograph: what the camera sees, and why there is none. */
export default {
  photo: {
    title: 'Take a photo',
    why: 'The photo opens here. It is not put into the gallery of this device.',
    take: 'Take the photo',
    again: 'Try again',
    cancel: 'Do not take one',
    opening: 'Opening the camera…',
    own: 'The camera is on until the photo is taken.',
    call: 'This is the picture of your call. Its camera stays on.',
    off: 'The camera is off.',
    name: 'Photo {time}',
    sees: 'What the camera sees',
  },
  failures: {
    denied: 'The browser does not let Bedside use the camera. Allow it beside the address, then try again.',
    missing: 'No camera was found. Check that it is plugged in and switched on.',
    taken: 'Another program is using the camera. Close it and try again.',
    ended: 'The camera stopped: it was unplugged, or the call is over. Try again.',
    'no-picture': 'No picture comes from the camera. Try again. If none comes then, restart this device.',
    'not-made':
      'The photo could not be made: this device has too little memory free. Close other pages, then try again.',
    unfetched: 'What opens the camera could not be fetched. Check the network, then try again.',
  },
} as const
