/** Specific Character Set (PS3.3 C.12.1.1.2) as what `TextDecoder` calls it. */

const encodings: Readonly<Record<string, string>> = {
  ISO_IR_100: 'iso-8859-1',
  ISO_IR_101: 'iso-8859-2',
  ISO_IR_109: 'iso-8859-3',
  ISO_IR_110: 'iso-8859-4',
  ISO_IR_144: 'iso-8859-5',
  ISO_IR_127: 'iso-8859-6',
  ISO_IR_126: 'iso-8859-7',
  ISO_IR_138: 'iso-8859-8',
  ISO_IR_148: 'windows-1254',
  ISO_IR_203: 'iso-8859-15',
  ISO_IR_166: 'windows-874',
  ISO_IR_13: 'shift_jis',
  ISO_IR_192: 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  ISO_IR_87: 'iso-2022-jp',
  ISO_IR_149: 'euc-kr',
  ISO_IR_58: 'gb18030',
}

/**
 * A decoder for texts of a data set. Of several sets (ISO 2022) the first that says anything counts, save that escapes of
 * Japanese and the upper half of Korean and Chinese are read where one of them is named.
 */
export function textDecoderOf(characterSet: string): TextDecoder {
  const names = characterSet.split('\\').map((name) =>
    name
      .trim()
      .replace(/^ISO 2022 IR /, 'ISO_IR ')
      .replaceAll(' ', '_'),
  )
  const known = names.flatMap((name) => (Object.hasOwn(encodings, name) ? (encodings[name] ?? []) : []))
  const wide = known.find((name) => ['iso-2022-jp', 'euc-kr', 'gb18030'].includes(name))
  return new TextDecoder(wide ?? known[0] ?? 'iso-8859-1')
}
