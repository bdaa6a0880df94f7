/** Languages that browsers have no names for. */
export default {
  sign: {
    fse: 'Finnish Sign Language',
    fss: 'Finland-Swedish Sign Language',
    swl: 'Swedish Sign Language',
    dse: 'Sign Language of the Netherlands',
    ise: 'Italian Sign Language',
    bfi: 'British Sign Language',
    ils: 'International Sign',
  },
} as const
