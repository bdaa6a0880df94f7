/**
 * [STRIP-1] The attributes that leave with a scan: what showing, ordering and labelling it needs, and nothing that a person
 * typed. What is not in this list does not leave, whoever invented it; what is in it leaves only in the form it has here.
 */
import { photometrics } from './scan.ts'
import { type Tag, tags } from './tags.ts'

export type Rule =
  /** Binary words; never more of them than the attribute has values. */
  | { readonly type: 'words'; readonly vr: 'US' | 'US or SS'; readonly most: number }
  /** Texts that are numbers, each by itself. */
  | { readonly type: 'numbers'; readonly vr: 'DS' | 'IS'; readonly most: number }
  /** Terms of the standard: one that is not known leaves its place empty, or becomes `other`. */
  | {
      readonly type: 'terms'
      readonly vr: 'CS' | 'LO'
      readonly terms: ReadonlySet<string>
      readonly most: number
      readonly other?: string
    }
  /** A UID that names an instance of something: another one in its place. */
  | { readonly type: 'uid' }
  /** A lookup table's entries, as many as its descriptor says. */
  | { readonly type: 'entries'; readonly descriptor: Tag }
  | { readonly type: 'items'; readonly rules: Rules; readonly most: number }

export type Rules = readonly (readonly [Tag, Rule])[]

const word: Rule = { type: 'words', vr: 'US', most: 1 }
const sample: Rule = { type: 'words', vr: 'US or SS', most: 1 }
const descriptor: Rule = { type: 'words', vr: 'US or SS', most: 3 }
const uid: Rule = { type: 'uid' }
const decimals = (most: number): Rule => ({ type: 'numbers', vr: 'DS', most })
const integers = (most: number): Rule => ({ type: 'numbers', vr: 'IS', most })
const entries = (descriptor: Tag): Rule => ({ type: 'entries', descriptor })
const terms = (words: string, most = 1, other?: string): Rule => {
  const rule = { type: 'terms', vr: 'CS', terms: new Set(words.split(' ')), most } as const
  return other === undefined ? rule : { ...rule, other }
}

/** PS3.3 C.7.3.1.1.1, with those that are retired. */
const modalities =
  'AR AS AU BDUS BI BMD CD CF CP CR CS CT DD DF DG DM DMS DOC DS DX EC ECG EPS ES FA FS GM HC HD IO IOL IVOCT IVUS KER LEN LP ' +
  'LS MA MG MR MS NM OAM OCT OP OPM OPR OPT OPTBSV OPTENF OPV OT POS PR PT PX REG RESP RF RG SC SM SMR SRF SR ST STAIN TG US VA ' +
  'VF VL XA XC XRV'

/** PS3.3 C.7.3.1.1.2. */
const positions = 'HFP HFS HFDR HFDL FFDR FFDL FFP FFS LFP LFS RFP RFS AFDR AFDL PFDR PFDL SITTING'

/** PS3.3 C.7.6.1.1.1: up to three of these letters a direction. */
const directions = ['A', 'P', 'R', 'L', 'H', 'F'].flatMap((one) => [
  one,
  ...['A', 'P', 'R', 'L', 'H', 'F'].flatMap((two) => [
    one + two,
    ...['A', 'P', 'R', 'L', 'H', 'F'].map((three) => one + two + three),
  ]),
])

const photometric: Rule = { type: 'terms', vr: 'CS', terms: new Set<string>(photometrics), most: 1 }

/** What machines call their windows and tables. Anything else is somebody's own word, and could be a name. */
const windowNames = new Set(
  [
    ...['WINDOW', 'ALGO', 'USER', 'CUSTOM'].flatMap((name) => [1, 2, 3, 4, 5, 6].map((n) => `${name}${n}`)),
    ...['NORMAL', 'HARDER', 'SOFTER', 'SOFT', 'SOFT TISSUE', 'TISSUE', 'DEFAULT', 'STANDARD', 'WINDOW'],
    ...['BRAIN', 'HEAD', 'STROKE', 'SUBDURAL', 'BONE', 'SPINE', 'NECK', 'LUNG', 'CHEST', 'THORAX'],
    ...['MEDIASTINUM', 'ABDOMEN', 'LIVER', 'PELVIS', 'ANGIO', 'VESSEL', 'HIGH', 'MEDIUM', 'LOW'],
  ].flatMap((name) => [name, `${name.charAt(0)}${name.slice(1).toLowerCase()}`, name.toLowerCase()]),
)
const windowName = (most: number): Rule => ({ type: 'terms', vr: 'LO', terms: windowNames, most })

/** PS3.3 C.11.1.1.2. */
const units: Rule = {
  type: 'terms',
  vr: 'LO',
  terms: new Set('HU US OD HU_MOD PCT Z_EFF ED EDW MGML UNSPECIFIED normalized'.split(' ')),
  most: 1,
}

const modalityLut: Rules = [
  [tags.lutDescriptor, descriptor],
  [tags.lutExplanation, windowName(1)],
  [tags.lutType, units],
  [tags.lutData, entries(tags.lutDescriptor)],
]
const voiLut: Rules = modalityLut.filter(([tag]) => tag !== tags.lutType)

const rescale: Rules = [
  [tags.intercept, decimals(1)],
  [tags.slope, decimals(1)],
  [tags.rescaleType, units],
]
const windows: Rules = [
  [tags.windowCentre, decimals(16)],
  [tags.windowWidth, decimals(16)],
  [tags.windowName, windowName(16)],
  [tags.voiFunction, terms('LINEAR LINEAR_EXACT SIGMOID')],
]
const position: Rules = [[tags.imagePosition, decimals(3)]]
const orientation: Rules = [[tags.imageOrientation, decimals(6)]]
const measures: Rules = [
  [tags.sliceThickness, decimals(1)],
  [tags.sliceSpacing, decimals(1)],
  [tags.pixelSpacing, decimals(2)],
]

const one = (rules: Rules): Rule => ({ type: 'items', rules, most: 1 })
/** What of a functional group is looked at (PS3.3 C.7.6.16), by the same lists as outside one. */
const groups: Rules = [
  [tags.planePosition, one(position)],
  [tags.planeOrientation, one(orientation)],
  [tags.pixelMeasures, one(measures)],
  [tags.frameVoi, one(windows)],
  [tags.frameTransformation, one(rescale)],
]

/** Everything but the file's own header, its pixels, and what `strip.ts` says by itself. */
export const allowed: Rules = [
  [tags.modality, terms(modalities, 1, 'OT')],
  [tags.conversionType, terms('DV DI DF WSD SD SI DRW SYN')],
  [tags.displayFrameRate, integers(1)],
  [tags.cineRate, integers(1)],
  ...measures,
  [tags.frameTime, decimals(1)],
  [tags.frameTimes, decimals(3000)],
  [tags.patientPosition, terms(positions)],
  [tags.viewPosition, terms('AP PA LL RL RLD LLD RLO LLO CC MLO ML LM LMO XCC XCCL XCCM')],
  [tags.study, uid],
  [tags.series, uid],
  [tags.seriesNumber, integers(1)],
  [tags.instanceNumber, integers(1)],
  [tags.patientOrientation, terms(directions.join(' '), 2)],
  ...position,
  ...orientation,
  [tags.frameOfReference, uid],
  [tags.laterality, terms('R L')],
  [tags.imageLaterality, terms('R L U B')],
  [tags.sliceLocation, decimals(1)],
  [tags.samplesPerPixel, word],
  [tags.photometric, photometric],
  [tags.planar, word],
  [tags.frames, integers(1)],
  [tags.rows, word],
  [tags.columns, word],
  [tags.aspectRatio, integers(2)],
  [tags.bitsAllocated, word],
  [tags.bitsStored, word],
  [tags.highBit, word],
  [tags.signedness, word],
  [tags.padding, sample],
  [tags.paddingLimit, sample],
  [tags.visibleFeatures, terms('YES NO')],
  ...windows,
  ...rescale,
  [tags.redDescriptor, descriptor],
  [tags.greenDescriptor, descriptor],
  [tags.blueDescriptor, descriptor],
  [tags.redPalette, entries(tags.redDescriptor)],
  [tags.greenPalette, entries(tags.greenDescriptor)],
  [tags.bluePalette, entries(tags.blueDescriptor)],
  [tags.lossyRatio, decimals(16)],
  [tags.lossyMethod, terms('ISO_10918_1 ISO_14495_1 ISO_15444_1 ISO_15444_15 ISO_13818_2 ISO_14496_10', 16)],
  [tags.modalityLut, one(modalityLut)],
  [tags.voiLut, { type: 'items', rules: voiLut, most: 16 }],
  [tags.presentationShape, terms('IDENTITY INVERSE')],
  [tags.sharedGroups, one(groups)],
  [tags.perFrameGroups, { type: 'items', rules: groups, most: 20_000 }],
]
