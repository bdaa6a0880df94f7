/** The attributes that a scan is shown by (PS3.6), and how they are asked for, whoever has parsed them. */

export const tags = {
  characterSet: 'x00080005',
  sopClass: 'x00080016',
  sopInstance: 'x00080018',
  studyDate: 'x00080020',
  modality: 'x00080060',
  conversionType: 'x00080064',
  studyDescription: 'x00081030',
  seriesDescription: 'x0008103e',
  patientName: 'x00100010',
  patientId: 'x00100020',
  patientBirthDate: 'x00100030',
  frameTime: 'x00181063',
  study: 'x0020000d',
  series: 'x0020000e',
  seriesNumber: 'x00200011',
  instanceNumber: 'x00200013',
  imagePosition: 'x00200032',
  imageOrientation: 'x00200037',
  frameOfReference: 'x00200052',
  samplesPerPixel: 'x00280002',
  photometric: 'x00280004',
  planar: 'x00280006',
  frames: 'x00280008',
  rows: 'x00280010',
  columns: 'x00280011',
  pixelSpacing: 'x00280030',
  aspectRatio: 'x00280034',
  bitsAllocated: 'x00280100',
  bitsStored: 'x00280101',
  highBit: 'x00280102',
  signedness: 'x00280103',
  burnedIn: 'x00280301',
  windowCentre: 'x00281050',
  windowWidth: 'x00281051',
  intercept: 'x00281052',
  slope: 'x00281053',
  windowName: 'x00281055',
  voiFunction: 'x00281056',
  redDescriptor: 'x00281101',
  greenDescriptor: 'x00281102',
  blueDescriptor: 'x00281103',
  redPalette: 'x00281201',
  greenPalette: 'x00281202',
  bluePalette: 'x00281203',
  lossy: 'x00282110',
  lossyRatio: 'x00282112',
  modalityLut: 'x00283000',
  lutDescriptor: 'x00283002',
  lutExplanation: 'x00283003',
  lutData: 'x00283006',
  voiLut: 'x00283010',
  presentationShape: 'x20500020',
  planePosition: 'x00209113',
  planeOrientation: 'x00209116',
  pixelMeasures: 'x00289110',
  frameVoi: 'x00289132',
  frameTransformation: 'x00289145',
  sharedGroups: 'x52009229',
  perFrameGroups: 'x52009230',
  pixelData: 'x7fe00010',
} as const

export type Tag = (typeof tags)[keyof typeof tags]

/** One data set or sequence item. What is absent, empty or unreadable is null or an empty list. */
export type Attributes = {
  /** The value as written, in Unicode, without padding; several values keep their backslash. */
  readonly text: (tag: Tag) => string | null
  /** Of a decimal or integer string (DS, IS): every value that is a finite number. */
  readonly numbers: (tag: Tag) => readonly number[]
  /** 16-bit words (US, SS, OW), unsigned, in the data set's byte order. */
  readonly words: (tag: Tag) => readonly number[]
  readonly items: (tag: Tag) => readonly Attributes[]
}
