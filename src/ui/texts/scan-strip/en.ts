/** A name in the picture. */
export default {
  strip: {
    title: 'Is a name in the picture?',
    why: 'Names, dates and numbers are often written into pictures of this kind. Whoever is shown them reads them.',
    honest:
      'Bedside takes the name out of the file. That does not make it anonymous: from scans of a head a face can be made.',
    progress: '{at} of {all}',
    first: 'First picture',
    last: 'Last picture',
    only: 'The picture',
    alike: 'A box is black in all {count} pictures.',
    how: 'Draw a box over what nobody may read, with the mouse or a finger. Or add one and use the arrow keys.',
    keys: 'Arrow keys move the box. With Shift they change its size. Delete takes it away.',
    add: 'Add a box',
    box: 'Box {number}: {left} % from the left, {top} % from the top, {width} % wide, {height} % high',
    remove: 'Take box {number} away',
    coming: 'The picture is coming…',
    failed: 'This picture cannot be shown, so it cannot leave. Leave it out.',
    looked: 'I have looked: no name in the picture',
    lookedBoxes: 'I have looked: no name beside the boxes',
    leaveOut: 'Leave this one out',
    giveUp: 'Show nothing',
  },
} as const
